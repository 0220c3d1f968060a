//! Permissions of an app: its owner, and the people to whom the owner gives access.
//!
//! The owner pays, so the limits are those of the owner's tier. Only the owner deletes the
//! app or changes who has access. Everyone may give up their own access.

use backoffice_contract::network::{
    Collaborator as WireCollaborator, MAX_COLLABORATORS, Permissions, Role,
};
use backoffice_contract::{ApiError, op, rules};
use serde::{Deserialize, Serialize};

use crate::engine::account::user;
use crate::engine::app::App;
use crate::engine::app::activity;
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply, check, invalid, refused};
use crate::engine::{World, app};

/// A person with access. The row is named by app and user.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Collaborator {
    user: u64,
    role: Role,
}

/// A user's permissions for an app; each includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// Reads everything, config and databases included.
    Viewer,
    /// Changes everything except what only the owner may change.
    Collaborator,
    /// Deletes the app, and manages access.
    Owner,
}

/// The permissions of a user for an app; `None` for strangers.
pub(crate) fn standing(world: &World, app: &App, user: u64) -> Option<Standing> {
    if app.owner == user {
        return Some(Standing::Owner);
    }
    world.collaborators.get(&app.row(user)).map(|collaborator| match collaborator.role {
        Role::Collaborator => Standing::Collaborator,
        Role::Viewer | Role::Other(_) => Standing::Viewer,
    })
}

pub(crate) fn list(
    world: &mut World,
    cx: &Context<'_>,
    op: op::ListPermissions,
) -> Outcome<op::ListPermissions> {
    let app = app::open(world, cx, &op.app)?;
    let rows = app.rows();
    let people = world.collaborators.with_prefix(&rows);
    let collaborators = people.filter_map(|(_, collaborator)| {
        let email = user::get(world, collaborator.user).ok()?.email;
        Some(WireCollaborator { email, role: Some(collaborator.role.clone()) })
    });
    Ok(Reply::Data(Permissions {
        owner: Some(user::get(world, app.owner)?.email),
        collaborators: collaborators.collect(),
    }))
}

/// Gives a user access. Doing so again with the same role is a success; to change a role,
/// remove and add the user.
pub(crate) fn add(
    world: &mut World,
    cx: &Context<'_>,
    op: op::AddPermission,
) -> Outcome<op::AddPermission> {
    let mut app = app::open_as_owner(world, cx, &op.app)?;
    check("email", rules::email(op.body.email.trim()))?;
    let role = match op.body.role.unwrap_or(Role::Collaborator) {
        Role::Other(_) => return Err(invalid("role", "must be COLLABORATOR or VIEWER.").into()),
        role => role,
    };
    if user::get(world, app.owner)?.is_free() {
        let limit = "The free tier has no collaborators. Upgrade your account to add some.";
        return Err(refused(limit).into());
    }
    let invited =
        user::by_email(world, &op.body.email)
            .map(|user| (user.id, user.email.clone()))
            .ok_or_else(|| invalid("email", "has no account here: they must sign up first."))?;
    let (id, email) = invited;
    if id == app.owner {
        return Err(invalid("email", "is the owner's.").into());
    }
    let row = app.row(id);
    if let Some(known) = world.collaborators.get(&row) {
        if known.role == role {
            return Ok(Reply::Data(Default::default()));
        }
        let taken = format!("has access already, as {}. Remove it first.", known.role);
        return Err(invalid("email", taken).into());
    }
    if world.collaborators.with_prefix(&app.rows()).count() >= MAX_COLLABORATORS {
        return Err(invalid("email", "is one too many: an app can have 25 collaborators.").into());
    }
    activity::note(world, &mut app, cx, &format!("Gave {email} access as {role}."));
    world.collaborators.insert(row, Collaborator { user: id, role });
    app::save(world, app);
    Ok(Reply::Data(Default::default()))
}

pub(crate) fn remove(
    world: &mut World,
    cx: &Context<'_>,
    op: op::RemovePermission,
) -> Outcome<op::RemovePermission> {
    let target = user::by_email(world, &op.body.email).map(|user| (user.id, user.email.clone()));
    let own = target.as_ref().is_some_and(|(id, _)| *id == cx.user);
    let mut app =
        if own { app::open(world, cx, &op.app)? } else { app::open_as_owner(world, cx, &op.app)? };
    let (id, email) = target.ok_or_else(unknown)?;
    if id == app.owner {
        return Err(invalid("email", "is the owner's, who always has access.").into());
    }
    world.collaborators.remove(&app.row(id)).ok_or_else(unknown)?;
    activity::note(world, &mut app, cx, &format!("Took away the access of {email}."));
    app::save(world, app);
    Ok(Reply::Data(Default::default()))
}

/// Removes all access of an account to other apps.
pub(crate) fn forget(world: &mut World, user: u64) {
    world.collaborators.remove_where(|_, collaborator| collaborator.user == user);
}

fn unknown() -> ApiError {
    ApiError::new(404, "Nobody with this address has access.")
}

#[cfg(test)]
mod tests;
