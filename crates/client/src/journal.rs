//! What the journal tells about a call. Nothing in it is secret.

use backoffice_contract::{Method, OperationId};

use crate::client::Priority;
use crate::runtime::Millis;

/// Names an entry of the journal; later calls have greater numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub(crate) u64);

/// One call, with everything that happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub id: EntryId,
    /// What was called.
    pub operation: OperationId,
    /// The method.
    pub method: Method,
    /// Path and query, secrets redacted.
    pub target: String,
    /// The command that does the same, if the command-line client has one.
    pub cli: Option<String>,
    /// The same call with curl.
    pub curl: String,
    /// How urgent it is.
    pub priority: Priority,
    /// When it was asked for.
    pub started_at: Millis,
    /// When it came to its end, if it has.
    pub ended_at: Option<Millis>,
    /// Every time that it was sent.
    pub attempts: Vec<Attempt>,
    /// Every wait that is over, oldest first; the one under way is in `state`.
    pub waits: Vec<PastWait>,
    /// How it is now.
    pub state: EntryState,
    /// Since when.
    pub state_since: Millis,
}

/// One time that a call was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// When it was sent.
    pub started_at: Millis,
    /// When the answer was complete, or it was clear that none would come.
    pub ended_at: Option<Millis>,
    /// What came of it; `None` while it is on its way.
    pub outcome: Option<AttemptOutcome>,
    /// The headers of the answer that decide about waiting.
    pub headers: Vec<(String, String)>,
    /// What was special about it, as a sentence.
    pub note: Option<String>,
}

/// What came of sending a call once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttemptOutcome {
    /// An answer with this status.
    Status(u16),
    /// No answer, or only a part of one; the reason is for a person.
    Failed(String),
    /// Given up while it was on its way.
    Aborted,
}

/// How a call is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryState {
    /// Waits for the rate limit.
    WaitingForBudget(Wait),
    /// On its way.
    Sending,
    /// Waits before it is sent again.
    BackingOff(Wait),
    /// Waits until the API can be reached again.
    WaitingForConnection(Wait),
    /// Waits until the session is renewed.
    Renewing,
    /// Waits until the user signs in again.
    WaitingForSignIn,
    /// Would wait for long, and asks the user whether it should.
    Asking(Wait),
    /// The answer comes piece by piece.
    Streaming,
    /// Done.
    Done {
        /// The status of the answer.
        status: u16,
    },
    /// Failed; the text is for a person.
    Failed(String),
    /// Given up.
    Cancelled,
    /// No answer came to a call that must not run twice.
    FateUnknown,
}

impl EntryState {
    /// Whether nothing more will happen.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Done { .. } | Self::Failed(_) | Self::Cancelled | Self::FateUnknown)
    }

    /// What it waits for, if it does.
    #[must_use]
    pub fn wait_kind(&self) -> Option<WaitKind> {
        match self {
            Self::WaitingForBudget(_) => Some(WaitKind::Budget),
            Self::BackingOff(_) => Some(WaitKind::Backoff),
            Self::WaitingForConnection(_) => Some(WaitKind::Connection),
            Self::Renewing => Some(WaitKind::Renewal),
            Self::WaitingForSignIn => Some(WaitKind::SignIn),
            Self::Asking(_) => Some(WaitKind::Answer),
            _ => None,
        }
    }

    /// The wait, while it waits for a time.
    #[must_use]
    pub fn wait(&self) -> Option<&Wait> {
        match self {
            Self::WaitingForBudget(wait)
            | Self::BackingOff(wait)
            | Self::WaitingForConnection(wait)
            | Self::Asking(wait) => Some(wait),
            _ => None,
        }
    }
}

/// A wait and its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// When it began.
    pub since: Millis,
    /// When it will end; equal to `since` where only an answer can end it.
    pub until: Millis,
    /// Why, as one sentence: what was said, by which header, and how it was read.
    pub why: String,
}

/// A wait that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastWait {
    /// For what it was.
    pub kind: WaitKind,
    /// When it began.
    pub since: Millis,
    /// When it ended.
    pub ended_at: Millis,
    /// Why, as one sentence.
    pub why: String,
}

/// What a call waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitKind {
    /// The rate limit.
    Budget,
    /// The next try after a failure.
    Backoff,
    /// A connection.
    Connection,
    /// A new access token.
    Renewal,
    /// The user, who had to sign in again.
    SignIn,
    /// The user's word about a long wait.
    Answer,
}
