//! What came of a sequence: all that the properties look at.

use backoffice_client::{EntryState, Millis};
use backoffice_contract::OperationId;

use crate::model::Arrival;

/// What came of a sequence.
pub(crate) struct History {
    pub(crate) seed: u64,
    /// How many calls a window allows.
    pub(crate) limit: u32,
    /// Every request, in the order of their sending.
    pub(crate) arrivals: Vec<Arrival>,
    /// Every call that was made for the user.
    pub(crate) calls: Vec<Made>,
    /// Everything that the user did to the client.
    pub(crate) acts: Vec<Act>,
    /// How it was after each step.
    pub(crate) looks: Vec<Look>,
    /// Which calls had no end although the server answered, a user was signed in and
    /// every question was answered for half an hour.
    pub(crate) endless: Vec<Live>,
    /// What the client panicked with.
    pub(crate) panic: Option<String>,
}

/// A call that was made.
pub(crate) struct Made {
    pub(crate) at: Millis,
    /// Method and path, which no other call has.
    pub(crate) line: String,
}

/// Something that the user did.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    pub(crate) at: Millis,
    pub(crate) did: Did,
}

/// What the user did.
#[derive(Debug, Clone)]
pub(crate) enum Did {
    /// Gave a call up.
    Cancelled { line: String, was_sent: bool },
    /// Agreed that a call goes now, or when its wait ends.
    Consented { line: String, until: Millis },
    /// Asked for another look at the connection.
    TriedConnection,
    /// Signed in.
    SignedIn,
    /// Signed out of every session up to this one.
    SignedOut { family: usize },
    /// Loaded the page again.
    Reloaded,
}

/// How it was at a moment.
pub(crate) struct Look {
    pub(crate) at: Millis,
    pub(crate) expired: bool,
    pub(crate) live: Vec<Live>,
}

/// A call that has not ended.
#[derive(Debug, Clone)]
pub(crate) struct Live {
    pub(crate) operation: OperationId,
    pub(crate) line: String,
    pub(crate) state: EntryState,
    /// When it was sent last.
    pub(crate) sent_at: Option<Millis>,
    pub(crate) attempts: usize,
    pub(crate) waits: usize,
}
