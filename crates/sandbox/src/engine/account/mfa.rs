//! The second factor of an account: tokens of an authenticator, and recovery codes for the
//! case that it is lost.
//!
//! The secret of the authenticator is not stored but computed from the world's seed, like
//! API keys; recovery codes are stored only as digests.

use std::collections::BTreeSet;

use backoffice_contract::account::{MfaStart, MfaVerified};
use backoffice_contract::{ApiError, Secret, op, percent_encode};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::engine::account::{session, totp, user};
use crate::engine::protocol::auth;
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply, invalid, refused};
use crate::engine::{Millis, World, time};

/// How many recovery codes there are at first.
const RECOVERY_CODES: usize = 10;

/// How many wrong tokens in a row are allowed before all are refused for a while.
const MAX_FAILURES: u32 = 5;

/// How long all tokens are then refused.
const PAUSE: Millis = 5 * time::MINUTE;

/// The issuer of the tokens, as an authenticator shows it.
const ISSUER: &str = "Backoffice Sandbox";

/// The field that errors name.
const FIELD: &str = "mfa_token";

/// A second factor, or one that is being set up.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SecondFactor {
    /// Distinguishes the secrets of an account.
    generation: u64,
    /// Whether a first token has confirmed it.
    on: bool,
    /// The newest step whose token was used. This token and older ones are not accepted
    /// again.
    used_step: u64,
    /// Digests of the recovery codes that are left.
    recovery: BTreeSet<String>,
    /// Wrong tokens in a row.
    failures: u32,
    /// The end of the time during which all tokens are refused.
    paused_until: Millis,
}

/// Whether signing in needs a token.
pub(crate) fn is_on(world: &World, user: u64) -> bool {
    world.second_factors.get(&user::key(user)).is_some_and(|factor| factor.on)
}

/// Begins to set up a second factor; replaces an unfinished set-up.
pub(crate) fn start(world: &mut World, cx: &Context<'_>, _: op::StartMfa) -> Outcome<op::StartMfa> {
    let user = user::get(world, cx.user)?;
    if is_on(world, user.id) {
        return Err(refused("The second factor is on already. Deactivate it first.").into());
    }
    let generation = world.next_id();
    let factor = SecondFactor {
        generation,
        on: false,
        used_step: 0,
        recovery: BTreeSet::new(),
        failures: 0,
        paused_until: 0,
    };
    let secret = totp::base32(&secret(world, user.id, generation));
    world.second_factors.insert(user::key(user.id), factor);
    // The key URI format, which authenticators share.
    let (issuer, email) = (percent_encode(ISSUER), percent_encode(&user.email));
    let url = format!(
        "otpauth://totp/{issuer}:{email}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period=30"
    );
    let message = "Scan the code with your authenticator, then verify its first token.".to_owned();
    Ok(Reply::Data(MfaStart { message, url: url.into() }))
}

/// Turns the second factor on with its first token, and ends all sessions.
pub(crate) fn verify(
    world: &mut World,
    cx: &Context<'_>,
    op: op::VerifyMfa,
) -> Outcome<op::VerifyMfa> {
    let key = user::key(cx.user);
    let factor = world.second_factors.get(&key).filter(|factor| !factor.on);
    if factor.is_none() {
        return Err(refused("There is no second factor to verify. Start again.").into());
    }
    take(world, cx.user, op.body.mfa_token.expose(), cx.now)
        .map_err(|wrong| invalid(FIELD, wrong.0))?;
    let codes = new_codes(world);
    let digests = digests(&codes, &key);
    if let Some(factor) = world.second_factors.get_mut(&key) {
        factor.on = true;
        factor.recovery = digests;
    }
    session::end_all(world, cx.user, None);
    Ok(Reply::Data(MfaVerified {
        message: "The second factor is on. Sign in again, with a token.".to_owned(),
        recovery_codes: codes,
    }))
}

/// Replaces the recovery codes, including used ones.
pub(crate) fn regenerate_codes(
    world: &mut World,
    cx: &Context<'_>,
    _: op::RegenerateRecoveryCodes,
) -> Outcome<op::RegenerateRecoveryCodes> {
    if !is_on(world, cx.user) {
        return Err(refused("The second factor is off.").into());
    }
    let key = user::key(cx.user);
    let codes = new_codes(world);
    let digests = digests(&codes, &key);
    if let Some(factor) = world.second_factors.get_mut(&key) {
        factor.recovery = digests;
    }
    let message = "The old recovery codes have stopped working.".to_owned();
    Ok(Reply::Data(MfaVerified { message, recovery_codes: codes }))
}

/// Turns the second factor off. Without a second factor this is also a success, because the
/// call may repeat one whose answer was lost.
pub(crate) fn delete(
    world: &mut World,
    cx: &Context<'_>,
    _: op::DeleteMfa,
) -> Outcome<op::DeleteMfa> {
    world.second_factors.remove(&user::key(cx.user));
    Ok(Reply::Raw(json!({ "message": "The second factor is off." })))
}

/// Checks the token that comes with a password: nothing without a second factor, otherwise
/// a token or a recovery code. `missing` is the status that asks for one.
pub(crate) fn check(
    world: &mut World,
    user: u64,
    token: Option<&Secret>,
    missing: u16,
    now: Millis,
) -> Result<(), ApiError> {
    if !is_on(world, user) {
        return Ok(());
    }
    match token.map(|token| token.expose().trim()).filter(|token| !token.is_empty()) {
        None => Err(ApiError::field(missing, FIELD, "is required")),
        Some(token) => {
            take(world, user, token, now).map_err(|wrong| ApiError::field(401, FIELD, wrong.0))
        }
    }
}

/// Why a token is refused: the fragment after the field's name.
struct Wrong(&'static str);

/// Accepts a token or a recovery code, once, and counts wrong ones.
fn take(world: &mut World, user: u64, token: &str, now: Millis) -> Result<(), Wrong> {
    let key = user::key(user);
    let Some(mut factor) = world.second_factors.get(&key).cloned() else {
        return Err(Wrong("is incorrect."));
    };
    if now < factor.paused_until {
        return Err(Wrong("was wrong too often. Try again in a few minutes."));
    }
    let secret = secret(world, user, factor.generation);
    // A clock may differ by one step; a used token is worthless.
    let current = totp::step(now);
    let matching = (current.saturating_sub(1)..=current + 1)
        .filter(|step| *step > factor.used_step)
        .find(|step| totp::token(&secret, *step) == plain(token));
    let outcome = match matching {
        Some(step) => {
            factor.used_step = step;
            Ok(())
        }
        None if factor.recovery.remove(&auth::sealed(&plain(token), &key)) => Ok(()),
        None => Err(Wrong("is incorrect.")),
    };
    match outcome {
        Ok(()) => factor.failures = 0,
        Err(_) => factor.failures += 1,
    }
    if factor.failures >= MAX_FAILURES {
        factor.failures = 0;
        factor.paused_until = now.saturating_add(PAUSE);
    }
    world.second_factors.insert(key, factor);
    outcome
}

/// A code without the characters that users add to read it more easily.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// The 160 bits that RFC 4226 recommends.
fn secret(world: &World, user: u64, generation: u64) -> Vec<u8> {
    let parts = ["second factor", &user.to_string(), &generation.to_string()];
    let digest = world.keyed_digest(&parts);
    let digits: Vec<u32> = digest.chars().filter_map(|digit| digit.to_digit(16)).collect();
    digits
        .chunks(2)
        .take(20)
        .map(|pair| pair.iter().fold(0_u8, |byte, digit| byte << 4 | *digit as u8))
        .collect()
}

fn new_codes(world: &mut World) -> Vec<Secret> {
    std::iter::repeat_with(|| {
        let code = world.random_hex::<5>();
        let (head, tail) = code.split_at_checked(5).unwrap_or((&code, ""));
        Secret::new(format!("{head}-{tail}"))
    })
    .take(RECOVERY_CODES)
    .collect()
}

fn digests(codes: &[Secret], salt: &str) -> BTreeSet<String> {
    codes.iter().map(|code| auth::sealed(&plain(code.expose()), salt)).collect()
}

#[cfg(test)]
mod tests;
