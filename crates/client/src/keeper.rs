//! The session as the pipeline sees it: tokens with their generation.
//!
//! Every change of the tokens is a new generation, so that a renewal which started
//! before a sign-in or a sign-out cannot undo it; every change of the user is a new
//! user number, so that calls of one user never run in the name of another.

use backoffice_contract::Secret;
use backoffice_contract::session::SessionTokens;
use futures_util::future::{LocalBoxFuture, Shared};

use crate::error::CallError;
use crate::runtime::Millis;
use crate::session::{SessionState, StoredSession};

/// How a renewal ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Renewal {
    /// There is another session than before, or none.
    Settled,
    /// It failed, and the session is what it was.
    Failed(CallError),
}

/// The renewal that is under way, for all who wait for it.
pub(crate) type Renewing = Shared<LocalBoxFuture<'static, Renewal>>;

/// An access token.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) secret: Secret,
    pub(crate) generation: u64,
    pub(crate) obtained_at: Millis,
}

/// Whether there is a token for a call.
pub(crate) enum Access {
    Ready(Token),
    Renewing(Renewing),
    Expired,
    SignedOut,
}

/// Holds the session.
pub(crate) struct Keeper {
    state: SessionState,
    tokens: SessionTokens,
    obtained_at: Millis,
    generation: u64,
    user: u64,
    /// Who was signed in last, also after signing out.
    last: Option<String>,
    pub(crate) renewing: Option<Renewing>,
}

impl Keeper {
    /// A stored session may be of any age.
    pub(crate) fn new(stored: Option<StoredSession>) -> Self {
        let (state, tokens) = match stored {
            Some(stored) if !stored.tokens.access_token.is_empty() => {
                (SessionState::SignedIn { email: stored.email }, stored.tokens)
            }
            _ => (SessionState::SignedOut, SessionTokens::default()),
        };
        let last = state.email().map(str::to_owned);
        Self { state, tokens, obtained_at: 0, generation: 0, user: 0, last, renewing: None }
    }

    pub(crate) fn state(&self) -> &SessionState {
        &self.state
    }

    pub(crate) fn user(&self) -> u64 {
        self.user
    }

    pub(crate) fn generation(&self) -> u64 {
        self.generation
    }

    /// The token for a call of `user`.
    pub(crate) fn access(&self, user: u64) -> Access {
        match &self.state {
            SessionState::SignedIn { .. } if user == self.user => match &self.renewing {
                Some(renewing) if renewing.peek().is_none() => Access::Renewing(renewing.clone()),
                _ => Access::Ready(Token {
                    secret: self.tokens.access_token.clone(),
                    generation: self.generation,
                    obtained_at: self.obtained_at,
                }),
            },
            SessionState::Expired { .. } if user == self.user => Access::Expired,
            _ => Access::SignedOut,
        }
    }

    /// The token for a renewal, and for telling the server that the session ends.
    pub(crate) fn tokens(&self) -> Option<&SessionTokens> {
        matches!(self.state, SessionState::SignedIn { .. }).then_some(&self.tokens)
    }

    /// Somebody signed in. Returns what to store, and whether it is somebody else
    /// than the last time.
    pub(crate) fn sign_in(
        &mut self,
        email: &str,
        tokens: SessionTokens,
        now: Millis,
    ) -> (StoredSession, bool) {
        let is = |old: &str| old.eq_ignore_ascii_case(email);
        self.user += u64::from(!self.state.email().is_some_and(is));
        let other = !self.last.as_deref().is_some_and(is);
        self.last = Some(email.to_owned());
        self.state = SessionState::SignedIn { email: email.to_owned() };
        self.set(tokens.clone(), now);
        (StoredSession { email: email.to_owned(), tokens }, other)
    }

    /// Takes the renewal that began with `generation` away.
    pub(crate) fn end_renewal(&mut self, generation: u64) -> Option<Renewing> {
        self.renewing.take_if(|_| self.generation == generation)
    }

    /// A renewal of `generation` brought new tokens. Returns what to store, unless
    /// it comes too late.
    pub(crate) fn renewed(
        &mut self,
        generation: u64,
        tokens: SessionTokens,
        now: Millis,
    ) -> Option<StoredSession> {
        let email = self.state.email()?.to_owned();
        if generation != self.generation {
            return None;
        }
        self.set(tokens.clone(), now);
        Some(StoredSession { email, tokens })
    }

    /// The renewal of `generation` was refused. Says whether that still matters.
    pub(crate) fn expire(&mut self, generation: u64) -> bool {
        let current = generation == self.generation;
        if let (true, Some(email)) = (current, self.state.email()) {
            self.state = SessionState::Expired { email: email.to_owned() };
            self.set(SessionTokens::default(), 0);
        }
        current
    }

    /// The user signed out.
    pub(crate) fn sign_out(&mut self) {
        self.user += 1;
        self.state = SessionState::SignedOut;
        self.set(SessionTokens::default(), 0);
    }

    fn set(&mut self, tokens: SessionTokens, now: Millis) {
        self.generation += 1;
        self.tokens = tokens;
        self.obtained_at = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(name: &str) -> SessionTokens {
        SessionTokens { access_token: name.into(), renewal_token: name.into() }
    }

    #[test]
    fn a_stale_renewal_changes_nothing() {
        let mut keeper = Keeper::new(None);
        keeper.sign_in("ada@example.com", tokens("a"), 1);
        let (old, user) = (keeper.generation(), keeper.user());
        keeper.sign_in("ADA@example.com", tokens("b"), 2);
        assert_eq!(keeper.renewed(old, tokens("stale"), 3), None);
        assert!(!keeper.expire(old));
        assert!(
            matches!(keeper.access(user), Access::Ready(token) if token.secret.expose() == "b")
        );
        let old = keeper.generation();
        keeper.sign_out();
        assert_eq!(keeper.renewed(old, tokens("stale"), 4), None);
        assert!(!keeper.expire(old));
        assert_eq!(keeper.state(), &SessionState::SignedOut);
        assert!(matches!(keeper.access(user), Access::SignedOut));
    }

    #[test]
    fn calls_of_one_user_never_get_the_token_of_another() {
        let mut keeper = Keeper::new(None);
        keeper.sign_in("ada@example.com", tokens("a"), 1);
        let ada = keeper.user();
        assert!(keeper.expire(keeper.generation()));
        assert!(matches!(keeper.access(ada), Access::Expired));
        keeper.sign_in("bob@example.com", tokens("b"), 2);
        assert!(matches!(keeper.access(ada), Access::SignedOut));
        assert!(matches!(keeper.access(keeper.user()), Access::Ready(_)));
    }
}
