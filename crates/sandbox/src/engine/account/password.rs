//! Passwords: changing one, and setting a new one with a token from a mail.

use backoffice_contract::{ApiError, op, rules};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::engine::account::user::{self, Password};
use crate::engine::account::{mail, session};
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply, check, invalid};
use crate::engine::{Millis, World, time};

/// How long the token in a mail is valid.
const LIFETIME: Millis = time::HOUR;

/// The console's page that the link in the mail leads to.
const PAGE: &str = "/reset-password";

/// A requested reset.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Reset {
    user: u64,
    expires_at: Millis,
}

impl Reset {
    pub(crate) fn is_of(&self, user: u64) -> bool {
        self.user == user
    }
}

/// Replaces the password and ends all other sessions.
pub(crate) fn change(
    world: &mut World,
    cx: &Context<'_>,
    op: op::ChangePassword,
) -> Outcome<op::ChangePassword> {
    let user = user::get(world, cx.user)?;
    user.prove(&op.body.current_password)?;
    let password = op.body.new_password.expose();
    check("new_password", rules::password(password))?;
    set(world, user, password, cx.session);
    Ok(Reply::Raw(json!({ "message": "Password successfully changed" })))
}

/// Mails a token. The answer is the same whether the account exists or not, so that callers
/// cannot find out which addresses have accounts.
pub(crate) fn request_reset(
    world: &mut World,
    cx: &Context<'_>,
    op: op::RequestPasswordReset,
) -> Outcome<op::RequestPasswordReset> {
    let found = user::by_email(world, &op.body.email).map(|user| (user.id, user.email.clone()));
    if let Some((user, email)) = found {
        world.resets.remove_where(|_, reset| reset.expires_at <= cx.now);
        let token = world.random_hex::<20>();
        let reset = Reset { user, expires_at: cx.now.saturating_add(LIFETIME) };
        world.resets.insert(session::token_digest(&token), reset);
        mail::send_link(world, &email, "Reset your password", PAGE, token, cx.now);
    }
    Ok(Reply::Data(Default::default()))
}

/// Sets a new password with the token from the mail, once, and ends all sessions.
pub(crate) fn reset(
    world: &mut World,
    cx: &Context<'_>,
    op: op::ResetPassword,
) -> Outcome<op::ResetPassword> {
    let digest = session::token_digest(op.body.token.expose());
    let reset = world.resets.get(&digest).filter(|reset| cx.now < reset.expires_at);
    let stale = || invalid("token", "is invalid or has expired.");
    let user = reset.map(|reset| reset.user).ok_or_else(stale)?;
    let user = user::get(world, user).map_err(|_: ApiError| stale())?;
    let password = op.body.password.expose();
    check("password", rules::password(password))?;
    world.resets.remove(&digest);
    set(world, user, password, None);
    Ok(Reply::Data(Default::default()))
}

fn set(world: &mut World, mut user: user::User, password: &str, keep: Option<&str>) {
    user.set_password(Password::new(world, password));
    session::end_all(world, user.id, keep);
    user::save(world, user);
}
