//! Control endpoints under `/sandbox/`: they act on the simulation itself, for people and
//! tests. They are not rate limited and never part of the API.

use backoffice_contract::{ApiError, Auth, Method, percent_decode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::engine::account::{email_change, mail, oauth};
use crate::engine::protocol::auth::{self, Identity};
use crate::engine::protocol::handle;
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Answer, invalid};
use crate::engine::running::deploy::{self, PushRequest, Pushed};
use crate::engine::running::remote;
use crate::engine::{Config, Millis, Request, World, time};

/// How far the clock can be advanced at once, in seconds: a century.
const MAX_ADVANCE: f64 = 100.0 * 365.25 * 86_400.0;

/// Answers a request outside the API.
pub(crate) fn answer(
    world: &mut World,
    request: &Request,
    config: &Config,
    now: Millis,
) -> Result<Answer, Answer> {
    let segments: Vec<String> = request.path.split('/').skip(1).map(percent_decode).collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let allow = |methods: &[Method]| match Method::parse(&request.method) {
        Some(method) if methods.contains(&method) => Ok(()),
        _ => Err(handle::wrong_method(methods)),
    };
    match segments.as_slice() {
        ["sandbox", "health"] => {
            allow(&[Method::GET])?;
            Ok(Answer::data(200, json!({ "status": "ok", "now": time::rfc3339(now) })))
        }
        ["sandbox", "mailbox"] => {
            allow(&[Method::GET])?;
            Ok(Answer::data(200, mail::list(world, parameter(&request.query, "to").as_deref())))
        }
        ["sandbox", "requests"] => {
            allow(&[Method::GET])?;
            Ok(Answer::data(200, counts(world)))
        }
        ["sandbox", "clock"] => {
            allow(&[Method::POST])?;
            advance(world, request)
        }
        ["sandbox", "reset"] => {
            allow(&[Method::POST])?;
            let ResetRequest { seed } = read(request)?;
            Ok(Answer::data(200, json!({ "seed": world.begin_anew(seed) })))
        }
        ["sandbox", "mail", "confirm-email"] => {
            allow(&[Method::GET, Method::POST])?;
            let token = parameter(&request.query, "token").unwrap_or_default();
            Ok(Answer::data(200, json!(email_change::confirm(world, &token, now)?)))
        }
        ["sandbox", "mail", "revoke-email"] => {
            allow(&[Method::GET, Method::POST])?;
            let token = parameter(&request.query, "token").unwrap_or_default();
            Ok(Answer::data(200, json!(email_change::revoke(world, &token, now)?)))
        }
        ["sandbox", "oauth", provider, ticket] => {
            allow(&[Method::GET, Method::POST])?;
            oauth::page(world, request, provider, ticket, now)
        }
        ["sandbox", "apps", app, "push"] => {
            allow(&[Method::POST])?;
            push(world, request, config, now, app)
        }
        ["sandbox", "apps", app, "ssh"] => {
            allow(&[Method::POST])?;
            let cx = signed_in(world, request, config, now)?;
            Ok(Answer::data(200, remote::run(world, &cx, app, read(request)?)?))
        }
        ["sandbox", "apps", app, "page"] => {
            allow(&[Method::GET])?;
            Ok(Answer::data(200, remote::page(world, app, now)?))
        }
        _ => Err(ApiError::new(404, "There is no such endpoint.").into()),
    }
}

/// Body of `POST /sandbox/clock`.
#[derive(Debug, Deserialize)]
struct ClockRequest {
    advance_seconds: f64,
}

/// Body of `POST /sandbox/reset`.
#[derive(Debug, Deserialize)]
struct ResetRequest {
    /// The seed; without one, the world's current seed.
    seed: Option<u64>,
}

fn advance(world: &mut World, request: &Request) -> Result<Answer, Answer> {
    let body: ClockRequest = read(request)?;
    if !(0.0..=MAX_ADVANCE).contains(&body.advance_seconds) {
        return Err(invalid("advance_seconds", "must not be negative or over a century.").into());
    }
    world.advance_clock((body.advance_seconds * 1_000.0).round() as Millis);
    Ok(Answer::data(200, json!({ "now": time::rfc3339(world.latest()) })))
}

fn push(
    world: &mut World,
    request: &Request,
    config: &Config,
    now: Millis,
    app: &str,
) -> Result<Answer, Answer> {
    let cx = signed_in(world, request, config, now)?;
    let body: PushRequest = read(request)?;
    Ok(Answer::data(
        202,
        match deploy::push(world, &cx, app, body)? {
            Pushed::Started(build) => json!({
                "started": true,
                "message": format!("Building commit {}.", build.short_sha()),
                "branch": build.branch,
                "sha": build.sha,
                "ends_at": time::rfc3339(build.until),
                "takes_ms": build.until.saturating_sub(build.from),
                "succeeds": build.succeeds(),
                "lines": remote::lines(deploy::output(world, app, &build)),
            }),
            Pushed::Ignored(branch) => json!({
                "started": false,
                "message": format!(
                    "Branch {branch} is ignored: only main and master are deployed."
                ),
            }),
        },
    ))
}

/// The caller, for actions in a user's name.
fn signed_in<'a>(
    world: &World,
    request: &Request,
    config: &'a Config,
    now: Millis,
) -> Result<Context<'a>, ApiError> {
    match auth::identify(world, request, Auth::Access, now) {
        // Control endpoints never concern the session.
        Identity::User { id, .. } => {
            Ok(Context { now, config, user: id, session: None, authorization: "" })
        }
        Identity::Nobody(why) => Err(ApiError::new(401, why)),
    }
}

fn counts(world: &World) -> Value {
    let counts: Value = world
        .counts
        .iter()
        .map(|((operation, status), count)| {
            json!({ "operation": operation, "status": status, "count": count })
        })
        .collect();
    json!({ "counts": counts })
}

/// The value of a query parameter.
pub(crate) fn parameter(query: &str, name: &str) -> Option<String> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| percent_decode(key) == name)
        .map(|(_, value)| percent_decode(&value.replace('+', " ")))
        .filter(|value| !value.is_empty())
}

/// Reads a JSON body; an empty body reads as an empty object.
fn read<T: DeserializeOwned>(request: &Request) -> Result<T, ApiError> {
    handle::check_body(request)?;
    let body = if request.body.is_empty() { b"{}".as_slice() } else { request.body.as_slice() };
    serde_json::from_slice(body)
        .map_err(|error| ApiError::new(400, format!("The body could not be read as JSON: {error}")))
}

#[cfg(test)]
mod tests;
