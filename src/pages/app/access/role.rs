//! Names and descriptions of roles.

use backoffice_contract::network::Role;

/// A role's name and permissions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleWords {
    /// Its name.
    pub name: String,
    /// What people with this role may do.
    pub may: &'static str,
}

/// The owner's role name.
pub const OWNER: &str = "Owner";
pub const OWNER_MAY: &str =
    "Pays, deletes the app and manages access. Only support can change the owner.";

/// What a collaborator may do.
pub const COLLABORATOR_MAY: &str =
    "Deploys, rolls back, scales, sets config and opens consoles. Does not pay.";

/// What a viewer may do.
pub const VIEWER_MAY: &str = "Sees the app and its logs. Cannot change anything.";

/// A role's name and permissions; `None` is for servers that do not report it.
#[must_use]
pub fn words_of(role: Option<&Role>) -> RoleWords {
    let (name, may) = match role {
        Some(Role::Collaborator) => ("Collaborator".to_owned(), COLLABORATOR_MAY),
        Some(Role::Viewer) => ("Viewer".to_owned(), VIEWER_MAY),
        Some(Role::Other(text)) => {
            (text.to_lowercase(), "The console does not know what this role allows.")
        }
        None => ("Has access".to_owned(), "The API does not report the role."),
    };
    RoleWords { name, may }
}

/// The role that a collaborator can change to: the other of the two.
#[must_use]
pub fn other(role: Option<&Role>) -> Role {
    if role == Some(&Role::Collaborator) { Role::Viewer } else { Role::Collaborator }
}
