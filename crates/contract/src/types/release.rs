//! Releases: a slug and a config, numbered from 1.

use crate::answer::lenient;
use crate::types::wire::wire;

wire! {
    /// One release.
    pub struct Release {
        /// Its number, which some servers send as text.
        #[serde(deserialize_with = "lenient::string")]
        pub version: String,
        /// The commit that its slug was built from.
        #[serde(deserialize_with = "lenient::string")]
        pub sha: String,
        /// When, RFC 3339.
        #[serde(deserialize_with = "lenient::string")]
        pub created_at: String,
        /// What made it, in words.
        #[serde(deserialize_with = "lenient::string")]
        pub summary: String,
    }

    /// The newest release, as commands for Elixir releases need it.
    pub struct LatestRelease {
        /// The name of the application inside the release.
        #[serde(deserialize_with = "lenient::string")]
        pub customer_app_name: String,
        /// Its number.
        #[serde(deserialize_with = "lenient::string")]
        pub version: String,
        /// The commit.
        #[serde(deserialize_with = "lenient::string")]
        pub sha: String,
    }
}
