//! A call that is under way.

use std::cell::Cell;

use backoffice_contract::Secret;

use crate::bucket::Rank;
use crate::classify::Idempotency;
use crate::control::Control;
use crate::journal::EntryId;
use crate::prepared::Prepared;

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

/// A call that is under way.
pub(crate) struct Call {
    pub(crate) id: EntryId,
    pub(crate) prepared: Prepared,
    pub(crate) authority: Authority,
    pub(crate) repeat: Idempotency,
    pub(crate) rank: Cell<Rank>,
    pub(crate) control: Control,
}

impl Call {
    pub(crate) fn new(id: EntryId, prepared: Prepared, authority: Authority, rank: Rank) -> Self {
        let repeat = Idempotency::of(prepared.endpoint);
        Self { id, prepared, authority, repeat, rank: Cell::new(rank), control: Control::default() }
    }

    /// Whether it may be sent again after it was executed.
    pub(crate) fn may_repeat(&self) -> bool {
        self.repeat == Idempotency::Freely
    }

    /// Whether it is made in the name of `user`, or of anybody when that is `None`.
    pub(crate) fn is_of(&self, user: Option<u64>) -> bool {
        matches!(self.authority, Authority::User(mine) if user.is_none_or(|user| user == mine))
    }
}
