//! Databases of both tiers, their backups and replicas.

mod plan;

pub use plan::{
    BACKUPS_KEPT, FREE_CONNECTIONS, FREE_ROWS, PLANS, Plan, VERSIONS, major, newer_versions,
    pool_size,
};

use crate::Secret;
use crate::answer::lenient;
use crate::types::session::Tier;
use crate::types::wire::{open_enum, wire};

wire! {
    /// A database with everything that is needed to connect to it.
    pub struct Database {
        /// A UUID for free ones, a name with dashes for standard ones.
        #[serde(deserialize_with = "lenient::string")]
        pub id: String,
        /// The app it belongs to.
        #[serde(deserialize_with = "lenient::string")]
        pub app_name: String,
        /// Free or standard.
        pub tier: Tier,
        /// Where it is in its life.
        pub state: DatabaseState,
        /// The host.
        #[serde(deserialize_with = "lenient::string")]
        pub host: String,
        /// The port.
        #[serde(deserialize_with = "lenient::integer")]
        pub port: u16,
        /// The name of the database on its host.
        #[serde(deserialize_with = "lenient::string")]
        pub database: String,
        /// The user.
        #[serde(deserialize_with = "lenient::string")]
        pub username: String,
        /// The password.
        pub password: Secret,
        /// All of the above as one address, with the password in it.
        pub url: Secret,
        /// Free only: since when the row limit has made it read-only, RFC 3339.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub limited_at: Option<String>,
        /// Standard only: its size; 1 is 1 GB of memory.
        #[serde(deserialize_with = "lenient::opt_float", skip_serializing_if = "Option::is_none")]
        pub size: Option<f64>,
        /// The cloud.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub cloud: Option<String>,
        /// The region.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub region: Option<String>,
        /// The major version, for example `POSTGRES_16`.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub version: Option<String>,
        /// Standard only: `enabled` or `disabled`, where the server says so.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub high_availability: Option<String>,
    }

    /// Body of `POST /api/apps/{app}/databases`.
    pub struct CreateDatabaseRequest {
        /// The size.
        #[serde(deserialize_with = "lenient::float")]
        pub size: f64,
        /// The cloud; absent, the app's.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub cloud: Option<String>,
        /// The region; absent, the app's.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub region: Option<String>,
        /// The major version.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub version: Option<String>,
    }

    /// Body of `PUT /api/apps/{app}/databases/{database}`.
    pub struct ScaleDatabaseRequest {
        /// The size; sent as null to keep it.
        #[serde(deserialize_with = "lenient::opt_float")]
        pub size: Option<f64>,
        /// `enabled` or `disabled`; absent to keep it.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub high_availability: Option<String>,
    }

    /// Body of `POST …/read_replicas`.
    pub struct ReadReplicaRequest {
        /// The size.
        #[serde(deserialize_with = "lenient::opt_float", skip_serializing_if = "Option::is_none")]
        pub size: Option<f64>,
    }

    /// Body of `POST …/upgrade`.
    pub struct UpgradeDatabaseRequest {
        /// The major version, for example `POSTGRES_16`.
        #[serde(deserialize_with = "lenient::string")]
        pub version: String,
    }

    /// A backup of a standard database.
    pub struct Backup {
        /// What to restore it by.
        #[serde(deserialize_with = "lenient::string")]
        pub id: String,
        /// When, RFC 3339, where the server says so.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub created_at: Option<String>,
    }
}

impl Database {
    /// Whether a second machine stands by; `None` where the server does not say.
    #[must_use]
    pub fn is_highly_available(&self) -> Option<bool> {
        let said = self.high_availability.as_deref()?;
        Some(["enabled", "true", "on"].iter().any(|yes| said.eq_ignore_ascii_case(yes)))
    }

    /// The plan that it is on; `None` for free ones and sizes off the list.
    #[must_use]
    pub fn plan(&self) -> Option<&'static Plan> {
        self.size.and_then(Plan::of)
    }
}

open_enum! {
    /// Where a database is in its life. Only `AVAILABLE` and `DELETED` are documented;
    /// the others are the sandbox's names for what the platform is known to do.
    pub enum DatabaseState {
        /// Ready.
        Available = "AVAILABLE",
        /// Being made.
        Creating = "CREATING",
        /// Getting another size, or high availability on or off.
        Resizing = "RESIZING",
        /// Being stopped and started again.
        Restarting = "RESTARTING",
        /// Switched off; its data and backups are kept.
        Stopped = "STOPPED",
        /// Being switched on.
        Starting = "STARTING",
        /// Getting another major version.
        Upgrading = "UPGRADING",
        /// Being overwritten with a backup.
        Restoring = "RESTORING",
        /// Gone, but still listed.
        Deleted = "DELETED",
    }
}

impl DatabaseState {
    /// Whether it will change by itself. Of a state that this version does not know,
    /// the ending tells: what is "…ING" is under way.
    #[must_use]
    pub fn in_transition(&self) -> bool {
        match self {
            Self::Available | Self::Stopped | Self::Deleted => false,
            Self::Creating
            | Self::Resizing
            | Self::Restarting
            | Self::Starting
            | Self::Upgrading
            | Self::Restoring => true,
            Self::Other(text) => text.to_ascii_uppercase().ends_with("ING"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_state_is_read_by_its_ending() {
        assert!(DatabaseState::from("MAINTAINING").in_transition());
        assert!(!DatabaseState::from("FAILED").in_transition());
        assert!(DatabaseState::from("restoring").in_transition());
    }

    #[test]
    fn high_availability_is_read_in_any_spelling() {
        for (text, known) in
            [(Some("enabled"), Some(true)), (Some("false"), Some(false)), (None, None)]
        {
            let database =
                Database { high_availability: text.map(str::to_owned), ..Default::default() };
            assert_eq!(database.is_highly_available(), known);
        }
    }
}
