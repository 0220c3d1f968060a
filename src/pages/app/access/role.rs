//! Roles in words.

use backoffice_contract::network::Role;

/// A role: what it is called, and what whoever has it may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleWords {
    /// What it is called.
    pub name: String,
    /// What they may do.
    pub may: &'static str,
}

/// What the owner is called, and may do.
pub const OWNER: &str = "Owner";
pub const OWNER_MAY: &str =
    "Pays, deletes the app, and decides who has access. Only support can change who it is.";

/// What a collaborator may do.
pub const COLLABORATOR_MAY: &str =
    "Deploys, rolls back, scales, sets config, opens consoles. Does not pay.";

/// What a viewer may do.
pub const VIEWER_MAY: &str = "Looks at the app and its logs, and changes nothing.";

/// A role in words; some servers do not tell it.
#[must_use]
pub fn words_of(role: Option<&Role>) -> RoleWords {
    let (name, may) = match role {
        Some(Role::Collaborator) => ("Collaborator".to_owned(), COLLABORATOR_MAY),
        Some(Role::Viewer) => ("Viewer".to_owned(), VIEWER_MAY),
        Some(Role::Other(text)) => {
            (text.to_lowercase(), "This console does not know what the role allows.")
        }
        None => ("Has access".to_owned(), "The API does not say as what."),
    };
    RoleWords { name, may }
}

/// The role that somebody can be changed to: the other one of the two.
#[must_use]
pub fn other(role: Option<&Role>) -> Role {
    if role == Some(&Role::Collaborator) { Role::Viewer } else { Role::Collaborator }
}
