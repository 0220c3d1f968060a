//! The session as the pipeline sees it: tokens with their generation.
//!
//! Every change of the tokens is a new generation, so that a renewal which started
//! before a sign-in or a sign-out cannot undo it; every change of the user is a new
//! user number, so that calls of one user never run in the name of another.

use backoffice_contract::Secret;
use backoffice_contract::session::SessionTokens;
use futures_util::future::{LocalBoxFuture, Shared};

use crate::error::CallError;
use crate::host::runtime::Millis;
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

/// What goes into `Authorization`.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) secret: Secret,
    /// Which session it is of, if it is the live one's.
    pub(crate) generation: Option<u64>,
}

impl Token {
    /// A token that has nothing to do with the live session.
    pub(crate) fn of(secret: Secret) -> Self {
        Self { secret, generation: None }
    }
}

/// Whether there is a token for a call.
pub(crate) enum Access {
    Ready(Token),
    /// It has to be renewed first: by the renewal that is under way, or by a new one.
    Renew(Option<Renewing>),
    /// It has to be renewed first, which has just failed.
    Failed(CallError),
    Expired,
    SignedOut,
}

/// A renewal that failed. It belongs to the session and not to the calls that waited for it,
/// so that they do not repeat it one after the other.
struct FailedRenewal {
    error: CallError,
    /// How many have failed in a row.
    count: u32,
    /// Before then no other one begins.
    until: Millis,
}

/// An access token of this age has a minute left at most: they live for 30.
const OLD: Millis = 29 * 60_000;
/// A 401 to a token that is this young says that there is no access to the thing, which this
/// API answers in the same way.
const YOUNG: Millis = 600_000;
/// How long no renewal follows one that failed, and by how much that grows at most.
const AFTER_FAILURE: Millis = 10_000;
const AFTER_FAILURES: Millis = 120_000;
/// How many things are remembered that there is no access to.
const NO_ACCESS: usize = 50;

/// Holds the session.
pub(crate) struct LiveSession {
    state: SessionState,
    tokens: SessionTokens,
    obtained_at: Millis,
    generation: u64,
    /// See [`StoredSession::serial`].
    serial: u64,
    user: u64,
    /// See [`StoredSession::account`]; that of the last signed-in user, also after signing out.
    account: String,
    pub(crate) renewing: Option<Renewing>,
    failed: Option<FailedRenewal>,
    /// What the user has no access to, and since when that is known.
    no_access: Vec<(String, Millis)>,
}

impl LiveSession {
    /// A stored session may be of any age.
    pub(crate) fn new(stored: Option<StoredSession>) -> Self {
        let mut live = Self {
            state: SessionState::SignedOut,
            tokens: SessionTokens::default(),
            obtained_at: 0,
            generation: 0,
            serial: 0,
            user: 0,
            account: String::new(),
            renewing: None,
            failed: None,
            no_access: Vec::new(),
        };
        if let Some(stored) = stored.filter(|stored| !stored.tokens.access_token.is_empty()) {
            live.begin(&stored);
            live.user = 0;
        }
        live
    }

    /// Orders the sessions of a user among pages.
    pub(crate) fn serial(&self) -> u64 {
        self.serial
    }

    /// The session as it is kept and told to other pages, while there is one.
    pub(crate) fn stored(&self) -> Option<StoredSession> {
        Some(StoredSession {
            email: self.state.email()?.to_owned(),
            account: self.account.clone(),
            tokens: self.tokens()?.clone(),
            obtained_at: self.obtained_at,
            serial: self.serial,
        })
    }

    /// The account that is signed in, or was until the session expired.
    pub(crate) fn account(&self) -> Option<&str> {
        self.state.email().map(|_| self.account.as_str())
    }

    /// The account that was signed in last, also after signing out.
    pub(crate) fn last_account(&self) -> &str {
        &self.account
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

    /// The token for a call of `user`; `refused` is the generation whose token the API
    /// refused to it.
    pub(crate) fn access(&self, user: u64, refused: Option<u64>, now: Millis) -> Access {
        match &self.state {
            SessionState::SignedIn { .. } if user == self.user => {}
            SessionState::Expired { .. } if user == self.user => return Access::Expired,
            _ => return Access::SignedOut,
        }
        if let Some(renewing) = self.renewal_under_way() {
            return Access::Renew(Some(renewing));
        }
        let refused = refused == Some(self.generation);
        match self.failed.as_ref().filter(|failed| now < failed.until) {
            Some(failed) if refused => return Access::Failed(failed.error.clone()),
            // The server would refuse it, and that request can be saved.
            None if refused || self.is_old(now) => return Access::Renew(None),
            // If it cannot be renewed, it may still be good.
            _ => {}
        }
        let secret = self.tokens.access_token.clone();
        Access::Ready(Token { secret, generation: Some(self.generation) })
    }

    /// The renewal that has not ended; one that has is about an older token.
    pub(crate) fn renewal_under_way(&self) -> Option<Renewing> {
        self.renewing.clone().filter(|renewing| renewing.peek().is_none())
    }

    /// Whether the access token has ended, or nearly. Of a token of unknown age nobody knows.
    fn is_old(&self, now: Millis) -> bool {
        self.obtained_at > 0 && now.saturating_sub(self.obtained_at) >= OLD
    }

    /// Whether the access token is so young that it cannot have ended by itself.
    pub(crate) fn is_young(&self, now: Millis) -> bool {
        now.saturating_sub(self.obtained_at) < YOUNG
    }

    /// The API refused a valid token: the user has no access to `target`.
    pub(crate) fn note_no_access(&mut self, target: &str, now: Millis) {
        self.no_access.retain(|(known, at)| known != target && now < at + YOUNG);
        if self.no_access.len() >= NO_ACCESS {
            self.no_access.remove(0);
        }
        self.no_access.push((target.to_owned(), now));
    }

    /// Whether that was so a short while ago, so that another renewal would not help.
    pub(crate) fn has_no_access(&self, target: &str, now: Millis) -> bool {
        self.no_access.iter().any(|(known, at)| known == target && now < at + YOUNG)
    }

    /// The token for a renewal, and for telling the server that the session ends.
    pub(crate) fn tokens(&self) -> Option<&SessionTokens> {
        matches!(self.state, SessionState::SignedIn { .. }).then_some(&self.tokens)
    }

    /// A session that begins now, newer than any before.
    pub(crate) fn fresh(
        &self,
        email: &str,
        account: &str,
        tokens: SessionTokens,
        now: Millis,
    ) -> StoredSession {
        StoredSession {
            email: email.to_owned(),
            account: account.to_owned(),
            tokens,
            obtained_at: now,
            serial: self.serial.saturating_add(1).max(now),
        }
    }

    /// Somebody is signed in. Returns true if it is another account than the last time.
    pub(crate) fn begin(&mut self, session: &StoredSession) -> bool {
        let other = self.account != session.account;
        self.user += u64::from(other || self.state == SessionState::SignedOut);
        session.account.clone_into(&mut self.account);
        self.state = SessionState::SignedIn { email: session.email.clone() };
        self.set(session.tokens.clone(), session.obtained_at);
        self.serial = session.serial;
        other
    }

    /// Another page of this account has this session. Returns true if it is taken: only a
    /// newer one is, so that nothing that comes late undoes a sign-in.
    pub(crate) fn adopt(&mut self, session: &StoredSession) -> bool {
        let newer = session.serial > self.serial && !session.tokens.access_token.is_empty();
        let adopts = newer && self.account() == Some(session.account.as_str());
        if adopts {
            self.begin(session);
        }
        adopts
    }

    /// The account has another address now; it is the same user with the same session.
    /// Returns true if that was not known.
    pub(crate) fn rename(&mut self, email: &str) -> bool {
        let (SessionState::SignedIn { email: old } | SessionState::Expired { email: old }) =
            &mut self.state
        else {
            return false;
        };
        if email.is_empty() || old == email {
            return false;
        }
        email.clone_into(old);
        true
    }

    /// The renewal that began with `generation` has ended; takes it away.
    pub(crate) fn end_renewal(
        &mut self,
        generation: u64,
        renewal: &Renewal,
        now: Millis,
    ) -> Option<Renewing> {
        if self.generation != generation {
            return None;
        }
        if let Renewal::Failed(error) = renewal {
            let count = self.failed.as_ref().map_or(0, |failed| failed.count);
            let wait = AFTER_FAILURE << count.min(8);
            let until = now + wait.min(AFTER_FAILURES);
            self.failed = Some(FailedRenewal { error: error.clone(), count: count + 1, until });
        }
        self.renewing.take()
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
        let stored = self.fresh(&email, &self.account, tokens, now);
        self.begin(&stored);
        Some(stored)
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

    /// The user signed out, here or on another page, of all sessions up to `serial`.
    pub(crate) fn sign_out(&mut self, serial: u64) {
        self.no_access.clear();
        self.user += 1;
        self.serial = self.serial.max(serial);
        self.state = SessionState::SignedOut;
        self.set(SessionTokens::default(), 0);
    }

    fn set(&mut self, tokens: SessionTokens, now: Millis) {
        self.generation += 1;
        self.failed = None;
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

    fn sign_in(live: &mut LiveSession, email: &str, name: &str, now: Millis) {
        let account = email.split_once('@').unwrap().0.to_ascii_lowercase();
        let session = live.fresh(email, &account, tokens(name), now);
        live.begin(&session);
    }

    #[test]
    fn a_stale_renewal_changes_nothing() {
        let mut live = LiveSession::new(None);
        sign_in(&mut live, "ada@example.com", "a", 1);
        let (old, user) = (live.generation(), live.user());
        sign_in(&mut live, "ADA@example.com", "b", 2);
        assert_eq!(live.renewed(old, tokens("stale"), 3), None);
        assert!(!live.expire(old));
        assert!(
            matches!(live.access(user, None, 0), Access::Ready(token) if token.secret.expose() == "b")
        );
        let old = live.generation();
        live.sign_out(0);
        assert_eq!(live.renewed(old, tokens("stale"), 4), None);
        assert!(!live.expire(old));
        assert_eq!(live.state(), &SessionState::SignedOut);
        assert!(matches!(live.access(user, None, 0), Access::SignedOut));
    }

    #[test]
    fn calls_of_one_user_never_get_the_token_of_another() {
        let mut live = LiveSession::new(None);
        sign_in(&mut live, "ada@example.com", "a", 1);
        let ada = live.user();
        assert!(live.expire(live.generation()));
        assert!(matches!(live.access(ada, None, 0), Access::Expired));
        sign_in(&mut live, "bob@example.com", "b", 2);
        assert!(matches!(live.access(ada, None, 0), Access::SignedOut));
        assert!(matches!(live.access(live.user(), None, 0), Access::Ready(_)));
    }

    #[test]
    fn an_account_with_another_address_is_the_same_user() {
        let mut live = LiveSession::new(None);
        assert!(!live.rename("ada@example.com"), "nobody is signed in");
        sign_in(&mut live, "ada@example.com", "a", 1);
        let (user, generation) = (live.user(), live.generation());
        assert!(live.rename("lovelace@example.com"));
        assert!(!live.rename("lovelace@example.com") && !live.rename(""));
        assert_eq!((live.user(), live.generation()), (user, generation), "calls go on");
        assert_eq!(live.stored().unwrap().email, "lovelace@example.com");
        assert!(live.expire(generation));
        assert_eq!(live.state().email(), Some("lovelace@example.com"));
        live.begin(&live.fresh("lovelace@example.com", "ada", tokens("b"), 2));
        assert_eq!(live.user(), user, "signing in again is with the new address");
    }

    #[test]
    fn only_a_newer_session_of_the_same_user_is_taken_from_another_page() {
        let mut live = LiveSession::new(None);
        sign_in(&mut live, "ada@example.com", "a", 10);
        let session = |account: &str, serial| StoredSession {
            email: "another@example.com".into(),
            account: account.into(),
            tokens: tokens("other"),
            obtained_at: 5,
            serial,
        };
        assert!(!live.adopt(&session("ada", 10)), "it is the same");
        assert!(!live.adopt(&session("ada", 9)));
        assert!(!live.adopt(&session("bob", 11)), "somebody else's");
        let (old, user) = (live.generation(), live.user());
        assert!(live.adopt(&session("ada", 11)));
        assert_eq!((live.serial(), live.user()), (11, user), "calls go on");
        assert_eq!(live.state().email(), Some("another@example.com"), "its address has changed");
        assert!(!live.expire(old), "a refusal of the older one is of no concern");
        live.sign_out(11);
        assert!(!live.adopt(&session("ada", 12)), "signed out is signed out");
    }
}
