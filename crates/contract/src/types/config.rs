//! Config variables, which an app sees as its environment.

use std::collections::BTreeMap;

use crate::Secret;
use crate::answer::lenient;
use crate::types::wire::wire;

/// Names and values that the user has set.
pub type Configs = BTreeMap<String, Secret>;

/// The most that all names and values together may take, in bytes.
pub const MAX_TOTAL_BYTES: usize = 32 * 1024;

/// Names that the platform sets by itself in every container.
pub const INJECTED: &[&str] = &[
    "PORT",
    "SECRET_KEY_BASE",
    "HOME",
    "APP_NAME",
    "APP_KEY",
    "ERLANG_COOKIE",
    "LOGPLEX_TOKEN",
    "MY_POD_IP",
    "HOST_INDEX",
    "SOURCE_VERSION",
];

wire! {
    /// Body of `POST /api/apps/{app}/configs`.
    pub struct SetConfigsRequest {
        /// What to set; other names keep their values.
        #[serde(deserialize_with = "lenient::or_default")]
        pub configs: Configs,
        /// Leave the running containers as they are.
        #[serde(deserialize_with = "lenient::boolean")]
        pub avoid_restart: bool,
    }

    /// Body of `DELETE /api/apps/{app}/configs`.
    pub struct UnsetConfigRequest {
        /// The name to remove.
        #[serde(deserialize_with = "lenient::string")]
        pub key: String,
    }

    /// Body of `POST /api/apps/{app}/configs/copy`.
    pub struct CopyConfigsRequest {
        /// The app to copy from.
        #[serde(deserialize_with = "lenient::string")]
        pub from: String,
    }
}
