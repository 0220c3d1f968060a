//! SSH keys of an account.

use backoffice_contract::ssh_key::{self, SshKeyError};
use backoffice_contract::{ApiError, op};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::engine::World;
use crate::engine::account::user;
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply, invalid};

/// The limit of keys per account.
const MAX_KEYS: usize = 50;

/// A public key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SshKey {
    id: u64,
    /// The line as in an `authorized_keys` file.
    line: String,
}

/// Lists the keys; their ids are sent as numbers.
pub(crate) fn list(
    world: &mut World,
    cx: &Context<'_>,
    _: op::ListSshKeys,
) -> Outcome<op::ListSshKeys> {
    let keys = prefix(cx.user);
    let list: Value = world
        .ssh_keys
        .with_prefix(&keys)
        .map(|(_, key)| json!({ "id": key.id, "key": key.line }))
        .collect();
    Ok(Reply::Raw(list))
}

pub(crate) fn add(
    world: &mut World,
    cx: &Context<'_>,
    op: op::AddSshKey,
) -> Outcome<op::AddSshKey> {
    insert(world, cx.user, &op.body.ssh_key)?;
    Ok(Reply::Data(Default::default()))
}

pub(crate) fn remove(
    world: &mut World,
    cx: &Context<'_>,
    op: op::RemoveSshKey,
) -> Outcome<op::RemoveSshKey> {
    let id: Option<u64> = op.body.id.parse().ok();
    id.and_then(|id| world.ssh_keys.remove(&row(cx.user, id)))
        .ok_or_else(|| ApiError::new(404, "There is no such SSH key."))?;
    Ok(Reply::Data(Default::default()))
}

/// Whether an account has a key.
pub(crate) fn has_any(world: &World, user: u64) -> bool {
    world.ssh_keys.with_prefix(&prefix(user)).next().is_some()
}

/// Adds a key to an account.
pub(crate) fn insert(world: &mut World, user: u64, line: &str) -> Result<(), ApiError> {
    let key = ssh_key::parse(line).map_err(|error| invalid("ssh_key", fragment(error)))?;
    let keys = prefix(user);
    if world.ssh_keys.with_prefix(&keys).count() >= MAX_KEYS {
        return Err(invalid("ssh_key", "is one too many: an account can have 50."));
    }
    let same =
        |known: &SshKey| ssh_key::parse(&known.line).is_ok_and(|known| known.base64 == key.base64);
    if world.ssh_keys.with_prefix(&keys).any(|(_, known)| same(known)) {
        return Err(invalid("ssh_key", "has already been taken"));
    }
    let id = world.next_id();
    world.ssh_keys.insert(row(user, id), SshKey { id, line: line.trim().to_owned() });
    Ok(())
}

fn prefix(user: u64) -> String {
    format!("{}/", user::key(user))
}

fn row(user: u64, id: u64) -> String {
    format!("{}{id:08}", prefix(user))
}

/// The fragment after the field's name in a sentence.
fn fragment(error: SshKeyError) -> &'static str {
    match error {
        SshKeyError::Empty => "can't be blank.",
        SshKeyError::Private => {
            "is a private key. Keep it to yourself; paste the contents of the .pub file beside it."
        }
        SshKeyError::UnknownKind => "must begin with its type, such as ssh-ed25519 or ssh-rsa.",
        SshKeyError::Damaged => "is damaged: copy the whole line again.",
        SshKeyError::SeveralLines => "must be one key, on one line.",
    }
}

#[cfg(test)]
mod tests;
