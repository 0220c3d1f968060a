//! Who is signed in, as callers and storage see it.

pub mod account;
pub mod live;
pub mod renewal;

use backoffice_contract::session::SessionTokens;
use serde::{Deserialize, Serialize};

use crate::host::runtime::Millis;

/// Where the tokens are kept, besides memory. Nothing else may keep them.
pub trait SessionStore {
    /// The session that was saved last, if there is one.
    fn load(&self) -> Option<StoredSession>;

    /// Keeps a session.
    fn save(&self, session: &StoredSession);

    /// Forgets the session.
    fn clear(&self);
}

/// A session as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredSession {
    /// Who is signed in.
    pub email: String,
    /// Names the account on this browser, also after its address has changed. Empty in what
    /// older builds have stored; the client then derives it from the address.
    #[serde(default)]
    pub account: String,
    /// Both tokens.
    pub tokens: SessionTokens,
    /// When they were handed out; 0 where that is not known.
    #[serde(default)]
    pub obtained_at: Millis,
    /// Orders the sessions of a user: of two, the one with the greater number is newer.
    #[serde(default)]
    pub serial: u64,
}

/// Whether somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionState {
    /// Nobody.
    SignedOut,
    /// Somebody.
    SignedIn {
        /// Who.
        email: String,
    },
    /// Somebody whose session cannot be renewed: calls wait for a sign-in.
    Expired {
        /// Who.
        email: String,
    },
}

impl SessionState {
    /// Who is signed in, or was until the session expired.
    #[must_use]
    pub fn email(&self) -> Option<&str> {
        match self {
            Self::SignedOut => None,
            Self::SignedIn { email } | Self::Expired { email } => Some(email),
        }
    }
}
