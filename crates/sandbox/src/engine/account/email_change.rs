//! Changing the e-mail address: the new address confirms, and the old one can revoke until
//! then. Both links lead to control endpoints, since a mail program opens them with no
//! authorization except the token.

use backoffice_contract::{ApiError, op, rules};
use serde::{Deserialize, Serialize};

use crate::engine::account::{mail, session, user};
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply, check, invalid};
use crate::engine::{Millis, World, time};

/// The control endpoint behind the link to the new address.
pub(crate) const CONFIRM: &str = "/sandbox/mail/confirm-email";
/// The control endpoint behind the link to the old address.
pub(crate) const REVOKE: &str = "/sandbox/mail/revoke-email";

/// How long the tokens in the mails are valid.
const LIFETIME: Millis = time::DAY;

/// A change that waits for confirmation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct EmailChange {
    user: u64,
    next: String,
    /// Digests of the tokens in the two mails.
    confirm: String,
    revoke: String,
    expires_at: Millis,
}

pub(crate) fn start(
    world: &mut World,
    cx: &Context<'_>,
    op: op::ChangeEmail,
) -> Outcome<op::ChangeEmail> {
    let user = user::get(world, cx.user)?;
    user.prove(&op.body.current_password)?;
    let next = user::normal(&op.body.next_email);
    check("next_email", rules::email(&next))?;
    check_free(world, &next)?;
    let (confirm, revoke) = (world.random_hex::<20>(), world.random_hex::<20>());
    world.email_changes.insert(
        user::key(user.id),
        EmailChange {
            user: user.id,
            next: next.clone(),
            confirm: session::token_digest(&confirm),
            revoke: session::token_digest(&revoke),
            expires_at: cx.now.saturating_add(LIFETIME),
        },
    );
    mail::send_link(world, &next, "Confirm your new e-mail address", CONFIRM, confirm, cx.now);
    let subject = "Your e-mail address is about to change";
    mail::send_link(world, &user.email, subject, REVOKE, revoke, cx.now);
    Ok(Reply::Data(Default::default()))
}

/// The address that a user's account changes to once it is confirmed.
pub(crate) fn waiting(world: &World, user: u64, now: Millis) -> Option<String> {
    let change = world.email_changes.get(&user::key(user))?;
    (now < change.expires_at).then(|| change.next.clone())
}

/// Follows the link to the new address; returns a sentence.
pub(crate) fn confirm(world: &mut World, token: &str, now: Millis) -> Result<String, ApiError> {
    let change = find(world, token, now, |change| &change.confirm)?;
    check_free(world, &change.next)?;
    let mut user = user::get(world, change.user)?;
    user.email.clone_from(&change.next);
    user::save(world, user);
    world.email_changes.remove(&user::key(change.user));
    Ok(format!("Your address is now {}.", change.next))
}

/// Follows the link to the old address; returns a sentence.
pub(crate) fn revoke(world: &mut World, token: &str, now: Millis) -> Result<String, ApiError> {
    let change = find(world, token, now, |change| &change.revoke)?;
    world.email_changes.remove(&user::key(change.user));
    Ok("Your address was not changed.".to_owned())
}

fn find(
    world: &World,
    token: &str,
    now: Millis,
    digest_of: impl Fn(&EmailChange) -> &String,
) -> Result<EmailChange, ApiError> {
    let digest = session::token_digest(token);
    world
        .email_changes
        .iter()
        .map(|(_, change)| change)
        .find(|change| *digest_of(change) == digest && now < change.expires_at)
        .cloned()
        .ok_or_else(|| ApiError::new(404, "The link is invalid or has expired."))
}

fn check_free(world: &World, email: &str) -> Result<(), ApiError> {
    match user::by_email(world, email) {
        Some(_) => Err(invalid("next_email", "has already been taken")),
        None => Ok(()),
    }
}
