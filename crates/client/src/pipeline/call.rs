//! A call that is under way.

use std::cell::{Cell, RefCell};

use backoffice_contract::{Auth, Effect, Endpoint, LimitClass, Retry, Secret};

use crate::budget::priority::Rank;
use crate::host::runtime::Millis;
use crate::journal::EntryId;
use crate::pipeline::consent::{self, ASK_OVER};
use crate::pipeline::control::{Command, Control};
use crate::pipeline::prepared::Prepared;
use crate::why::{WaitKind, Why};

/// Where the token of a call comes from.
#[derive(Debug, Clone)]
pub(crate) enum Authority {
    /// None is sent.
    Nobody,
    /// The session of the user who was signed in when the call was made.
    User(u64),
    /// This token, whatever happens to the session.
    Token(Secret),
}

/// Whether a call may be sent again when no answer came (RFC 9110 section 9.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idempotency {
    /// As often as it takes.
    Idempotent,
    /// Once more. This is the renewal: a lost answer costs a sign-in at worst, whether or
    /// not it is retried.
    RetryOnce,
    /// Never.
    NotIdempotent,
}

impl Idempotency {
    /// What a row of the endpoint table allows.
    #[must_use]
    pub fn of(endpoint: &Endpoint) -> Self {
        match (endpoint.retry, endpoint.auth) {
            (_, Auth::Renewal) => Self::RetryOnce,
            (Retry::Idempotent, _) => Self::Idempotent,
            (Retry::Once, _) => Self::NotIdempotent,
        }
    }
}

/// How often a call was sent, and the outcome.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Attempts {
    pub(crate) sent: u32,
    pub(crate) since: Option<Millis>,
    /// How often no answer came.
    pub(crate) unanswered: u32,
    /// How often the rate limit was the reason for a refusal.
    pub(crate) limited: u32,
    pub(crate) failed: u32,
}

/// The wait before the next attempt, after a failure of the call itself.
#[derive(Debug, Clone)]
pub(crate) struct Backoff {
    /// When it ends, as it was told.
    pub(crate) told: Millis,
    /// When the call goes on: `told` and its spread.
    pub(crate) until: Millis,
    pub(crate) why: Why,
}

/// A call that is under way.
pub(crate) struct Call {
    pub(crate) id: EntryId,
    pub(crate) prepared: Prepared,
    pub(crate) authority: Authority,
    pub(crate) idempotency: Idempotency,
    pub(crate) rank: Cell<Rank>,
    pub(crate) control: Control,
    pub(crate) attempts: Cell<Attempts>,
    pub(crate) backoff: RefCell<Option<Backoff>>,
    /// The generation of the session whose token the API refused last.
    pub(crate) refused: Cell<Option<u64>>,
    /// Until when it may be sent without asking.
    consented_until: Cell<Millis>,
    /// The user wants it to be sent now, whatever holds it but the session.
    pub(crate) forced: Cell<bool>,
    /// What it waits for, while it waits.
    pub(crate) waits_for: Cell<Option<WaitKind>>,
}

impl Call {
    pub(crate) fn new(
        id: EntryId,
        prepared: Prepared,
        authority: Authority,
        rank: Rank,
        now: Millis,
    ) -> Self {
        let idempotency = Idempotency::of(prepared.endpoint);
        Self {
            id,
            prepared,
            authority,
            idempotency,
            rank: Cell::new(rank),
            control: Control::default(),
            attempts: Cell::default(),
            backoff: RefCell::default(),
            refused: Cell::default(),
            consented_until: Cell::new(now + ASK_OVER),
            forced: Cell::default(),
            waits_for: Cell::default(),
        }
    }

    /// Whether it changes nothing, so that it is harmless at any time.
    pub(crate) fn reads(&self) -> bool {
        self.prepared.endpoint.effect == Effect::Reads
    }

    /// Whether it may be sent again after it may have been executed.
    pub(crate) fn is_idempotent(&self) -> bool {
        self.idempotency == Idempotency::Idempotent
    }

    /// Whether it is held while the API cannot be reached. What belongs to a form that
    /// signs in or up is sent at once: the person in front of it sees it fail.
    pub(crate) fn waits_for_connection(&self) -> bool {
        self.prepared.endpoint.limit != LimitClass::Credentials || self.reads()
    }

    /// Whether it has been on the wire.
    pub(crate) fn was_sent(&self) -> bool {
        self.attempts.get().sent > 0
    }

    /// Whether it is made in the name of `user`, or of anybody when that is `None`.
    pub(crate) fn is_of(&self, user: Option<u64>) -> bool {
        matches!(self.authority, Authority::User(mine) if user.is_none_or(|user| user == mine))
    }

    /// Whether the user has to be asked before it goes; `end` is when the hold that it is
    /// in ends, if that is known.
    pub(crate) fn asks(&self, end: Option<Millis>, now: Millis) -> bool {
        consent::asks(self.reads(), self.rank.get(), self.consented_until.get(), end, now)
    }

    /// When time alone makes it ask.
    pub(crate) fn asks_at(&self) -> Option<Millis> {
        let may_ask = !self.reads() && self.rank.get() != Rank::Session;
        may_ask.then(|| self.consented_until.get() + 1)
    }

    /// Does what the user said while it waited for a hold that ends at `end`.
    pub(crate) fn obey(&self, command: Command, end: Option<Millis>, now: Millis) {
        match command {
            Command::RetryNow => self.forced.set(true),
            Command::Consent => {
                // The same moment may be told again, rounded differently.
                self.consented_until.set(end.unwrap_or(now).max(now) + ASK_OVER);
            }
        }
    }

    pub(crate) fn change_attempts(&self, change: impl FnOnce(&mut Attempts)) -> Attempts {
        let mut attempts = self.attempts.get();
        change(&mut attempts);
        self.attempts.set(attempts);
        attempts
    }
}
