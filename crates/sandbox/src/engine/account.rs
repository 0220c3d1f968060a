//! The account: showing, upgrading and closing it, and its API key.

pub mod billing;
pub mod card;
pub mod email_change;
pub mod mail;
pub mod meter;
pub mod mfa;
pub mod oauth;
pub mod password;
pub mod payment;
pub mod session;
pub mod signup;
pub mod ssh_keys;
pub mod totp;
pub mod user;

use backoffice_contract::account::Account;
use backoffice_contract::session::{ApiKey, Tier};
use backoffice_contract::{ApiError, op};

use crate::engine::World;
use crate::engine::app::access;
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply, invalid, refused};

pub(super) fn show(
    world: &mut World,
    cx: &Context<'_>,
    _: op::GetAccount,
) -> Outcome<op::GetAccount> {
    let user = user::get(world, cx.user)?;
    Ok(Reply::Data(Account {
        mfa_enabled: Some(mfa::is_on(world, user.id)),
        next_email: email_change::waiting(world, user.id, cx.now),
        ..user.account()
    }))
}

pub(super) fn upgrade(
    world: &mut World,
    cx: &Context<'_>,
    op: op::UpgradeAccount,
) -> Outcome<op::UpgradeAccount> {
    let mut user = user::get(world, cx.user)?;
    if !user.is_free() {
        return Err(refused("The account is on the standard tier already.").into());
    }
    let code = op.body.promo_code.as_deref().filter(|code| !code.trim().is_empty());
    let credit = match code {
        Some(code) => {
            card::promotion(code).ok_or_else(|| invalid("promo_code", "is not valid."))?
        }
        None => 0,
    };
    user.card = Some(card::try_card(&op.body.stripe_token, cx.now).map_err(ApiError::from)?);
    // Everything that ran so far was free.
    meter::settle(world, user.id, cx.now);
    user.tier = Tier::Standard;
    user.credit_cents += credit;
    let owner = user.id;
    user::save(world, user);
    meter::follow_all(world, owner, cx.now);
    Ok(Reply::Data(Default::default()))
}

/// Replaces the API key. Sessions continue: they do not use it.
pub(super) fn regenerate_api_key(
    world: &mut World,
    cx: &Context<'_>,
    op: op::RegenerateApiKey,
) -> Outcome<op::RegenerateApiKey> {
    let mut user = user::get(world, cx.user)?;
    user.prove(&op.body.current_password)?;
    user.replace_api_key();
    let key = user.api_key(world);
    user::save(world, user);
    Ok(Reply::Data(ApiKey { key, expires_at: None }))
}

pub(super) fn destroy(
    world: &mut World,
    cx: &Context<'_>,
    op: op::DestroyAccount,
) -> Outcome<op::DestroyAccount> {
    let user = user::get(world, cx.user)?;
    if user::normal(&op.body.email) != user.email {
        return Err(invalid("email", "is not the address of this account.").into());
    }
    user.prove(&op.body.current_password)?;
    if world.apps.iter().any(|(_, app)| app.owner == user.id) {
        return Err(refused("Delete the apps of this account first.").into());
    }
    session::end_all(world, user.id, None);
    access::forget(world, user.id);
    let key = user::key(user.id);
    let keys = format!("{key}/");
    world.ssh_keys.remove_where(|row, _| row.starts_with(&keys));
    world.email_changes.remove(&key);
    world.second_factors.remove(&key);
    world.resets.remove_where(|_, reset| reset.is_of(user.id));
    meter::forget(world, user.id);
    world.users.remove(&key);
    Ok(Reply::Data(Default::default()))
}

#[cfg(test)]
mod tests;
