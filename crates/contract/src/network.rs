//! Domains, log drains, access and canaries.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::Secret;
use crate::answer::lenient;
use crate::types::wire::{open_enum, wire};

/// The most custom domains of an app.
pub const MAX_DOMAINS: usize = 100;
/// The most log drains of an app.
pub const MAX_DRAINS: usize = 5;
/// The most people besides the owner who have access to an app.
pub const MAX_COLLABORATORS: usize = 25;

/// A custom domain. Listed as a bare name by some servers, as an object by others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Domain {
    /// The name.
    pub fqdn: String,
    /// What its CNAME or ALIAS record must point at, where the server says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cname: Option<String>,
    /// How far it has come, where the server says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<DomainState>,
}

impl<'de> Deserialize<'de> for Domain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let field = |name: &str| value.get(name).and_then(lenient::scalar_text);
        Ok(match &value {
            Value::String(fqdn) => Self { fqdn: fqdn.clone(), ..Self::default() },
            _ => Self {
                fqdn: field("fqdn").unwrap_or_default(),
                cname: field("cname").filter(|cname| !cname.is_empty()),
                state: field("state").map(|state| DomainState::from(state.as_str())),
            },
        })
    }
}

impl Domain {
    /// What the domain's record must point at: what the server says, or else what the
    /// platform's documents show.
    #[must_use]
    pub fn target(&self) -> String {
        self.cname.clone().unwrap_or_else(|| target_of(&self.fqdn))
    }
}

/// What the record of a domain points at, as the platform names it.
#[must_use]
pub fn target_of(fqdn: &str) -> String {
    format!("{fqdn}.gigalixirdns.com")
}

/// Who has access to an app. Sent as a bare list by some servers, and as owner and
/// collaborators by others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Permissions {
    /// Who pays, where the server tells.
    pub owner: Option<String>,
    /// Who else may work with the app.
    pub collaborators: Vec<Collaborator>,
}

impl<'de> Deserialize<'de> for Permissions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let people = |value: &Value| -> Vec<Collaborator> {
            value.as_array().into_iter().flatten().filter_map(Collaborator::read).collect()
        };
        Ok(match &value {
            Value::Array(_) => Self { owner: None, collaborators: people(&value) },
            _ => Self {
                owner: value.get("owner").and_then(Collaborator::read).map(|owner| owner.email),
                collaborators: value.get("collaborators").map(people).unwrap_or_default(),
            },
        })
    }
}

/// Somebody with access to an app. Sent as a bare address by some servers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Collaborator {
    /// Who.
    pub email: String,
    /// What they may do, where the server says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

impl Collaborator {
    fn read(value: &Value) -> Option<Self> {
        let field = |name: &str| value.get(name).and_then(lenient::scalar_text);
        let (email, role) = match lenient::scalar_text(value) {
            Some(email) => (email, None),
            None => (field("email")?, field("role")),
        };
        Some(Self { email, role: role.map(|role| Role::from(role.as_str())) })
    }
}

impl<'de> Deserialize<'de> for Collaborator {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::read(&Value::deserialize(deserializer)?).unwrap_or_default())
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

open_enum! {
    /// How far a custom domain has come. No server of this family is documented to say
    /// it; any other text may come.
    pub enum DomainState {
        /// Its record does not point at the platform yet.
        Pending = "PENDING",
        /// The record is found, and a certificate is being issued.
        Issuing = "ISSUING",
        /// It serves over HTTPS.
        Active = "ACTIVE",
    }
}
