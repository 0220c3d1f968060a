//! Domains, log drains, access and canaries.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::Secret;
use crate::lenient;
use crate::wire::{open_enum, wire};

/// A custom domain. Listed as a bare name by some servers, as an object by others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Domain {
    /// The name.
    pub fqdn: String,
    /// What its CNAME or ALIAS record must point at, where the server says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cname: Option<String>,
}

impl<'de> Deserialize<'de> for Domain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let field = |name: &str| value.get(name).and_then(lenient::scalar_text);
        Ok(match &value {
            Value::String(fqdn) => Self { fqdn: fqdn.clone(), cname: None },
            _ => Self { fqdn: field("fqdn").unwrap_or_default(), cname: field("cname") },
        })
    }
}

/// Who has access to an app. Sent as a bare list of addresses by some servers,
/// and as owner and collaborators by others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Permissions {
    /// Who pays, where the server tells.
    pub owner: Option<String>,
    /// Who else may work with the app.
    pub collaborators: Vec<String>,
}

impl<'de> Deserialize<'de> for Permissions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let texts = |value: &Value| -> Vec<String> {
            value.as_array().into_iter().flatten().filter_map(lenient::scalar_text).collect()
        };
        Ok(match &value {
            Value::Array(_) => Self { owner: None, collaborators: texts(&value) },
            _ => Self {
                owner: value.get("owner").and_then(lenient::scalar_text),
                collaborators: value.get("collaborators").map(texts).unwrap_or_default(),
            },
        })
    }
}

wire! {
    /// A body that only names a domain.
    pub struct DomainRequest {
        /// The name.
        #[serde(deserialize_with = "lenient::string")]
        pub fqdn: String,
    }

    /// Where log lines are sent on to.
    pub struct Drain {
        /// Its number.
        #[serde(deserialize_with = "lenient::string")]
        pub id: String,
        /// The address, which may hold credentials.
        pub url: Secret,
        /// What the receiver knows it by.
        pub token: Secret,
    }

    /// Body of `POST /api/apps/{app}/drains`.
    pub struct AddDrainRequest {
        /// An `https:` or syslog address.
        pub url: Secret,
    }

    /// Body of `DELETE /api/apps/{app}/drains`.
    pub struct RemoveDrainRequest {
        /// The number of the drain, as text.
        #[serde(deserialize_with = "lenient::string")]
        pub drain_id: String,
    }

    /// Body of `POST /api/apps/{app}/permissions`.
    pub struct AddPermissionRequest {
        /// Who.
        #[serde(deserialize_with = "lenient::string")]
        pub email: String,
        /// What they may do.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub role: Option<Role>,
    }

    /// Another app that gets a share of the traffic.
    pub struct Canary {
        /// The other app.
        #[serde(deserialize_with = "lenient::string")]
        pub canary: String,
        /// Its share in percent.
        #[serde(deserialize_with = "lenient::integer")]
        pub weight: u32,
    }

    /// Body of `PUT /api/apps/{app}/canaries`.
    pub struct CanaryRequest {
        /// The other app; absent to keep it.
        #[serde(deserialize_with = "lenient::opt_string", skip_serializing_if = "Option::is_none")]
        pub canary: Option<String>,
        /// Its share in percent; absent to keep it.
        #[serde(deserialize_with = "lenient::opt_integer", skip_serializing_if = "Option::is_none")]
        pub weight: Option<u32>,
    }
}

open_enum! {
    /// What somebody may do with an app.
    pub enum Role {
        /// Deploys, scales, reads and changes config.
        Collaborator = "COLLABORATOR",
        /// Looks.
        Viewer = "VIEWER",
    }
}
