//! Signing in and up through another provider. A control page simulates the provider: there
//! the user enters the address that the provider knows.
//!
//! A client that starts an attempt gets an address to open and a name to ask by, each with
//! a secret of its own, so that the address alone is not enough to ask for the answer.

use std::net::IpAddr;

use backoffice_contract::session::{OauthResult, OauthStart};
use backoffice_contract::{ApiError, Method, op, percent_encode, rules};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::engine::account::{session, signup, user};
use crate::engine::protocol::control;
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Answer, Outcome, Reply, check, invalid, refused};
use crate::engine::{Body, Delivery, Millis, Request, World, time};

/// The supported providers.
const PROVIDERS: [&str; 1] = ["google"];

/// The control page that simulates a provider.
const PAGE: &str = "/sandbox/oauth";

/// How long an attempt can be answered, and its answer read.
const LIFETIME: Millis = 10 * time::MINUTE;

/// An attempt that a client has started.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Attempt {
    provider: String,
    /// The digest of the secret in the address.
    ticket: String,
    /// The sign-up that the attempt belongs to; `None` for a sign-in.
    signup: Option<String>,
    started_at: Millis,
    answer: Option<ProviderAnswer>,
}

/// The provider's answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum ProviderAnswer {
    /// The provider knows the user by this address.
    Knows(String),
    /// The user did not agree.
    Refused,
}

/// Starts signing in.
pub(crate) fn start(
    world: &mut World,
    cx: &Context<'_>,
    op: op::StartOauth,
) -> Outcome<op::StartOauth> {
    Ok(Reply::Data(begin(world, &op.provider, None, cx.now)?))
}

/// Starts an attempt, for the sign-up with that name or, without one, for a sign-in.
pub(crate) fn begin(
    world: &mut World,
    provider: &str,
    signup: Option<String>,
    now: Millis,
) -> Result<OauthStart, ApiError> {
    if !PROVIDERS.contains(&provider) {
        return Err(ApiError::new(404, "There is no such provider."));
    }
    world.oauth_attempts.remove_where(|_, attempt| !attempt.is_alive(now));
    let (name, ticket) = (world.random_hex::<20>(), world.random_hex::<20>());
    world.oauth_attempts.insert(
        session::token_digest(&name),
        Attempt {
            provider: provider.to_owned(),
            ticket: session::token_digest(&ticket),
            signup,
            started_at: now,
            answer: None,
        },
    );
    Ok(OauthStart { url: format!("{PAGE}/{provider}/{ticket}"), session: name.into() })
}

/// Returns the answer. A client can ask again, since an answer may be lost; each time, a
/// successful sign-in creates another session.
pub(crate) fn poll(
    world: &mut World,
    cx: &Context<'_>,
    op: op::PollOauth,
) -> Outcome<op::PollOauth> {
    let attempt = world.oauth_attempts.get(&session::token_digest(op.session.expose()));
    let attempt = attempt
        .filter(|attempt| attempt.is_alive(cx.now) && attempt.provider == op.provider)
        .cloned()
        .ok_or_else(|| refused("The sign-in is unknown or has expired. Start again."))?;
    let email = match attempt.answer {
        // No content (RFC 9110 section 15.3.5).
        None => {
            return Err(Answer {
                status: 204,
                headers: vec![],
                body: Body::Bytes(vec![]),
                delivery: Delivery::AtOnce,
            });
        }
        Some(ProviderAnswer::Refused) => {
            return Err(refused("The provider did not confirm an address.").into());
        }
        Some(ProviderAnswer::Knows(email)) => email,
    };
    if attempt.signup.is_some() {
        return Ok(Reply::Data(OauthResult { email, ..OauthResult::default() }));
    }
    let user = user::by_email(world, &email)
        .cloned()
        .ok_or_else(|| refused(format!("There is no account for {email}. Sign up first.")))?;
    let key = user.api_key(world);
    let tokens = session::open(world, user.id, cx.config, cx.now);
    Ok(Reply::Data(OauthResult {
        email: user.email,
        key: Some(key),
        access_token: Some(tokens.access_token),
        renewal_token: Some(tokens.renewal_token),
    }))
}

/// The page that simulates a provider, and the handler of its form: `email`, or `refuse`.
/// Only for this machine, since everyone who opens it can sign in as any user.
pub(crate) fn page(
    world: &mut World,
    request: &Request,
    provider: &str,
    ticket: &str,
    now: Millis,
) -> Result<Answer, Answer> {
    if request.peer.parse().is_ok_and(|peer: IpAddr| !peer.to_canonical().is_loopback()) {
        let why = "This page is available only on the machine that runs the sandbox.";
        return Err(ApiError::new(403, why).into());
    }
    let digest = session::token_digest(ticket);
    let found = world.oauth_attempts.iter().find(|(_, attempt)| {
        attempt.is_alive(now) && attempt.provider == provider && attempt.ticket == digest
    });
    let (name, attempt) = found
        .map(|(name, attempt)| (name.to_owned(), attempt.clone()))
        .ok_or_else(|| ApiError::new(404, "The address is invalid or has expired."))?;
    if Method::parse(&request.method) == Some(Method::GET) {
        return Ok(html(provider, ticket));
    }
    let form = String::from_utf8_lossy(&request.body).into_owned();
    let field =
        |name| control::parameter(&form, name).or_else(|| control::parameter(&request.query, name));
    let (answer, said) = if field("refuse").is_some() {
        (ProviderAnswer::Refused, "The sign-in is refused.".to_owned())
    } else {
        let email = user::normal(&field("email").unwrap_or_default());
        check("email", rules::email(&email))?;
        if let Some(signup) = &attempt.signup {
            signup::confirm_by_provider(world, signup, &email, now)?;
        }
        let said = format!("The provider has confirmed {email}.");
        (ProviderAnswer::Knows(email), said)
    };
    if attempt.answer.is_some() {
        return Err(invalid("ticket", "has been answered already.").into());
    }
    world.oauth_attempts.insert(name, Attempt { answer: Some(answer), ..attempt });
    Ok(Answer::data(200, json!(said)))
}

/// A form without script or style, which the policy would forbid anyway.
fn html(provider: &str, ticket: &str) -> Answer {
    let action = format!("{PAGE}/{}/{}", percent_encode(provider), percent_encode(ticket));
    let body = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <title>Sandbox provider</title><main><h1>Sandbox provider</h1>\
         <p>This page simulates another provider. Enter the address to sign in with.</p>\
         <form method=\"post\" action=\"{action}\"><p><label>E-mail address \
         <input type=\"email\" name=\"email\" required autofocus></label></p>\
         <p><button>Confirm</button> \
         <button name=\"refuse\" value=\"1\" formnovalidate>Refuse</button></p></form></main></html>"
    );
    Answer {
        status: 200,
        headers: vec![
            ("content-type", "text/html; charset=utf-8".to_owned()),
            (
                "content-security-policy",
                "default-src 'none'; form-action 'self'; frame-ancestors 'none'".to_owned(),
            ),
            ("referrer-policy", "no-referrer".to_owned()),
        ],
        body: Body::Bytes(body.into_bytes()),
        delivery: Delivery::AtOnce,
    }
}

impl Attempt {
    fn is_alive(&self, now: Millis) -> bool {
        now < self.started_at.saturating_add(LIFETIME)
    }
}

#[cfg(test)]
mod tests;
