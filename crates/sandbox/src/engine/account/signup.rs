//! Signing up: one field per step, in the order address, code from the mail, password,
//! promotion code (if any), card (standard tier only), tier.

use backoffice_contract::session::{SignupProgress, SignupRequest, Tier};
use backoffice_contract::{ApiError, Secret, op, rules};
use serde::{Deserialize, Serialize};

use crate::engine::account::card::{self, Card};
use crate::engine::account::user::{self, Password};
use crate::engine::account::{mail, oauth};
use crate::engine::protocol::auth;
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply, check, invalid, refused};
use crate::engine::world::uuid;
use crate::engine::{Millis, World, time};

/// How long a sign-up may take.
const LIFETIME: Millis = 24 * time::HOUR;

/// How many codes may be tried.
const MAX_ATTEMPTS: u32 = 5;

/// A sign-up in progress.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Signup {
    /// The address; empty until another provider has confirmed one.
    email: String,
    started_at: Millis,
    /// The digest of the code in the mail; `None` once the address has been confirmed.
    code: Option<String>,
    attempts: u32,
    password: Option<Password>,
    credit_cents: Option<i64>,
    #[serde(default)]
    card: Option<Card>,
}

pub(crate) fn step(world: &mut World, cx: &Context<'_>, op: op::Signup) -> Outcome<op::Signup> {
    let body = op.body;
    let progress = match (&body.uuid, &body.oauth) {
        (None, Some(provider)) => start_with_provider(world, cx, provider)?,
        (None, None) => start(world, cx, body.email.as_deref().unwrap_or_default())?,
        (Some(uuid), _) => {
            let signup = world.signups.get(uuid.expose()).cloned();
            let signup = signup
                .filter(|signup| cx.now < signup.started_at.saturating_add(LIFETIME))
                .ok_or_else(|| invalid("uuid", "names no sign-up in progress. Start again."))?;
            proceed(world, cx, uuid.expose(), signup, &body)?
        }
    };
    Ok(Reply::Data(progress))
}

/// Sends a new code to the person who is signing up with this address. The answer is the
/// same whether the sign-up exists or not, so that callers cannot find out which addresses
/// have one.
pub(crate) fn resend(
    world: &mut World,
    cx: &Context<'_>,
    op: op::ResendConfirmation,
) -> Outcome<op::ResendConfirmation> {
    let email = user::normal(&op.body.email);
    let waiting = world.signups.iter().rev().find(|(_, signup)| {
        signup.email == email
            && signup.code.is_some()
            && cx.now < signup.started_at.saturating_add(LIFETIME)
    });
    if let Some((uuid, signup)) = waiting.map(|(uuid, signup)| (uuid.to_owned(), signup.clone())) {
        let code = send_code(world, &email, &uuid, cx.now);
        world.signups.insert(uuid, Signup { code: Some(code), attempts: 0, ..signup });
    }
    Ok(Reply::Data(Default::default()))
}

fn start(world: &mut World, cx: &Context<'_>, email: &str) -> Result<SignupProgress, ApiError> {
    let email = user::normal(email);
    check("email", rules::email(&email))?;
    check_free(world, &email)?;
    let uuid = uuid(&world.random_hex::<16>());
    let code = send_code(world, &email, &uuid, cx.now);
    begin(world, &uuid, email, Some(code), cx.now);
    Ok(SignupProgress { uuid: Some(uuid.into()), ..Default::default() })
}

/// Starts a sign-up whose address another provider confirms, so that it needs neither code
/// nor password.
fn start_with_provider(
    world: &mut World,
    cx: &Context<'_>,
    provider: &str,
) -> Result<SignupProgress, ApiError> {
    let uuid = uuid(&world.random_hex::<16>());
    let started = oauth::begin(world, provider, Some(uuid.clone()), cx.now)?;
    begin(world, &uuid, String::new(), None, cx.now);
    // No one knows this password: the user can set one by mail later.
    let password = world.random_hex::<20>();
    let password = Password::new(world, &password);
    if let Some(signup) = world.signups.get_mut(&uuid) {
        signup.password = Some(password);
    }
    Ok(SignupProgress {
        uuid: Some(uuid.into()),
        url: Some(started.url),
        session: Some(started.session),
        ..Default::default()
    })
}

fn begin(world: &mut World, uuid: &str, email: String, code: Option<String>, now: Millis) {
    world.signups.remove_where(|_, signup| signup.started_at.saturating_add(LIFETIME) <= now);
    let signup = Signup {
        email,
        started_at: now,
        code,
        attempts: 0,
        password: None,
        credit_cents: None,
        card: None,
    };
    world.signups.insert(uuid, signup);
}

/// Another provider has confirmed the address of a sign-up.
pub(crate) fn confirm_by_provider(
    world: &mut World,
    uuid: &str,
    email: &str,
    now: Millis,
) -> Result<(), ApiError> {
    check_free(world, email)?;
    let signup = world.signups.get_mut(uuid);
    let signup = signup
        .filter(|signup| now < signup.started_at.saturating_add(LIFETIME))
        .ok_or_else(|| ApiError::new(404, "The sign-up has ended."))?;
    email.clone_into(&mut signup.email);
    Ok(())
}

fn proceed(
    world: &mut World,
    cx: &Context<'_>,
    uuid: &str,
    mut signup: Signup,
    body: &SignupRequest,
) -> Result<SignupProgress, ApiError> {
    let mut progress = SignupProgress::default();
    if signup.email.is_empty() {
        return Err(invalid("oauth", "has not been confirmed yet."));
    }
    if let Some(code) = &body.confirmation_code {
        confirm(world, uuid, &mut signup, code)?;
    } else if signup.code.is_some() {
        return Err(invalid("confirmation_code", "can't be blank."));
    } else if let Some(password) = &body.password {
        check("password", rules::password(password.expose()))?;
        signup.password = Some(Password::new(world, password.expose()));
    } else if let Some(code) = &body.promo_code {
        let credit = card::promotion(code).ok_or_else(|| invalid("promo_code", "is not valid."))?;
        signup.credit_cents = Some(credit);
        progress.promo = Some(format!("${}.00 of credit on the standard tier", credit / 100));
    } else if let Some(token) = &body.stripe_token {
        signup.card = Some(card::try_card(token, cx.now)?);
    } else if let Some(tier) = &body.tier {
        return finish(world, cx, uuid, signup, tier);
    } else {
        return Err(refused("There is no step in the request."));
    }
    world.signups.insert(uuid, signup);
    Ok(progress)
}

fn confirm(
    world: &mut World,
    uuid: &str,
    signup: &mut Signup,
    code: &Secret,
) -> Result<(), ApiError> {
    let Some(expected) = &signup.code else { return Ok(()) };
    if signup.attempts >= MAX_ATTEMPTS {
        return Err(invalid(
            "confirmation_code",
            "was wrong too often. Ask for another mail, or start again.",
        ));
    }
    if *expected == auth::sealed(code.expose().trim(), uuid) {
        signup.code = None;
        return Ok(());
    }
    signup.attempts += 1;
    world.signups.insert(uuid, signup.clone());
    Err(invalid("confirmation_code", "is incorrect."))
}

fn finish(
    world: &mut World,
    cx: &Context<'_>,
    uuid: &str,
    signup: Signup,
    tier: &Tier,
) -> Result<SignupProgress, ApiError> {
    let password = signup.password.ok_or_else(|| invalid("password", "can't be blank."))?;
    match tier {
        Tier::Free if signup.credit_cents.is_some() => {
            return Err(invalid("tier", "must be STANDARD with a promotion code."));
        }
        Tier::Standard if signup.card.is_none() => {
            return Err(invalid("stripe_token", "can't be blank on the standard tier."));
        }
        Tier::Free | Tier::Standard => {}
        Tier::Other(_) => return Err(invalid("tier", "must be FREE or STANDARD.")),
    }
    // Another user may have confirmed the same address meanwhile.
    check_free(world, &signup.email)?;
    world.signups.remove(uuid);
    let credit = signup.credit_cents.unwrap_or_default();
    let mut user = user::create(world, &signup.email, password, tier.clone(), credit, cx.now);
    user.card = signup.card;
    user::save(world, user.clone());
    Ok(SignupProgress {
        key: Some(user.api_key(world)),
        email: Some(user.email),
        ..Default::default()
    })
}

fn check_free(world: &World, email: &str) -> Result<(), ApiError> {
    match user::by_email(world, email) {
        Some(_) => Err(invalid("email", "has already been taken")),
        None => Ok(()),
    }
}

/// Mails a new code; returns its stored form.
fn send_code(world: &mut World, email: &str, uuid: &str, now: Millis) -> String {
    let code = format!("{:06}", world.random_below(1_000_000));
    let digest = auth::sealed(&code, uuid);
    mail::send_code(world, email, "Confirm your e-mail address", code, now);
    digest
}

#[cfg(test)]
mod tests;
