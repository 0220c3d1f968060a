//! Sessions: an access token and a renewal token, both opaque. Each renewal uses the
//! renewal token and replaces both. Only their digests are kept.
//!
//! If a renewal token is used twice, it was copied, or its first answer was lost. The
//! server cannot know which, so it ends the whole session.

use backoffice_contract::envelope::Nothing;
use backoffice_contract::session::{ApiKey, SessionTokens};
use backoffice_contract::{ApiError, Secret, op};
use serde::{Deserialize, Serialize};

use crate::engine::account::{mfa, user};
use crate::engine::protocol::auth;
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply};
use crate::engine::{Config, Millis, World};

/// A signed-in user on one client.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) user: u64,
    /// The digest of the access token in use.
    access: String,
}

/// The session of an access token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct AccessToken {
    pub(crate) session: String,
    pub(crate) expires_at: Millis,
}

/// The session of a renewal token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct RenewalToken {
    pub(crate) session: String,
    pub(crate) user: u64,
    expires_at: Millis,
    spent: bool,
}

/// The stored form of a token. Tokens are random, so they need no salt.
pub(crate) fn token_digest(token: &str) -> String {
    auth::sealed(token, "")
}

pub(crate) fn create(
    world: &mut World,
    cx: &Context<'_>,
    op: op::CreateSession,
) -> Outcome<op::CreateSession> {
    let credentials = op.body.user;
    let user = user::by_password(world, &credentials.email, credentials.password.expose())
        .ok_or_else(|| ApiError::new(401, "Invalid email or password"))?;
    mfa::check(world, user, credentials.mfa_token.as_ref(), 401, cx.now)?;
    Ok(Reply::Data(open(world, user, cx.config, cx.now)))
}

/// Begins a session for an authenticated user.
pub(crate) fn open(world: &mut World, user: u64, config: &Config, now: Millis) -> SessionTokens {
    forget_expired(world, now);
    let session = world.random_hex::<16>();
    issue(world, &session, user, config, now)
}

pub(crate) fn renew(
    world: &mut World,
    cx: &Context<'_>,
    _: op::RenewSession,
) -> Outcome<op::RenewSession> {
    let digest = token_digest(cx.authorization);
    let invalid = || ApiError::new(401, "Invalid token");
    let token = world.renewal_tokens.get(&digest).cloned().ok_or_else(invalid)?;
    if token.spent {
        end(world, &token.session);
        let why = "The renewal token had been used before, so its session has ended.";
        return Err(ApiError::new(401, why).into());
    }
    let session = world.sessions.get(&token.session).cloned().ok_or_else(invalid)?;
    if token.expires_at <= cx.now {
        return Err(invalid().into());
    }
    world.access_tokens.remove(&session.access);
    let name = token.session.clone();
    world.renewal_tokens.insert(digest, RenewalToken { spent: true, ..token });
    Ok(Reply::Data(issue(world, &name, session.user, cx.config, cx.now)))
}

pub(crate) fn delete(
    world: &mut World,
    cx: &Context<'_>,
    _: op::DeleteSession,
) -> Outcome<op::DeleteSession> {
    if let Some(session) = cx.session {
        end(world, session);
    }
    Ok(Reply::Data(Nothing {}))
}

/// `GET /api/login`: the command-line client's way from a password to the API key. It asks
/// for a token with a 303 without an address.
pub(crate) fn login(world: &mut World, cx: &Context<'_>, op: op::Login) -> Outcome<op::Login> {
    mfa::check(world, cx.user, op.query.mfa_token.as_ref(), 303, cx.now)?;
    let key = user::get(world, cx.user)?.api_key(world);
    Ok(Reply::Data(ApiKey { key, expires_at: None }))
}

/// Gives a session its next pair of tokens.
fn issue(
    world: &mut World,
    session: &str,
    user: u64,
    config: &Config,
    now: Millis,
) -> SessionTokens {
    let access = world.random_hex::<24>();
    let renewal = world.random_hex::<24>();
    let digest = token_digest(&access);
    world.access_tokens.insert(
        digest.clone(),
        AccessToken {
            session: session.to_owned(),
            expires_at: now.saturating_add(config.access_ttl_ms),
        },
    );
    world.renewal_tokens.insert(
        token_digest(&renewal),
        RenewalToken {
            session: session.to_owned(),
            user,
            expires_at: now.saturating_add(config.renewal_ttl_ms),
            spent: false,
        },
    );
    world.sessions.insert(session, Session { user, access: digest });
    SessionTokens { access_token: Secret::from(access), renewal_token: Secret::from(renewal) }
}

/// Ends a session. Its renewal tokens stay until they expire, without a session to renew.
fn end(world: &mut World, session: &str) {
    if let Some(ended) = world.sessions.remove(session) {
        world.access_tokens.remove(&ended.access);
    }
}

/// Ends all sessions of a user except `except`.
pub(crate) fn end_all(world: &mut World, user: u64, except: Option<&str>) {
    let sessions: Vec<String> = world
        .sessions
        .iter()
        .filter(|(name, session)| session.user == user && Some(*name) != except)
        .map(|(name, _)| name.to_owned())
        .collect();
    for session in sessions {
        end(world, &session);
    }
}

/// Removes expired tokens, and sessions that can no longer be renewed.
fn forget_expired(world: &mut World, now: Millis) {
    world.access_tokens.remove_where(|_, token| token.expires_at <= now);
    world.renewal_tokens.remove_where(|_, token| token.expires_at <= now);
    let renewable: std::collections::BTreeSet<String> =
        world.renewal_tokens.iter().map(|(_, token)| token.session.clone()).collect();
    world.sessions.remove_where(|name, _| !renewable.contains(name));
}

#[cfg(test)]
mod tests;
