//! What the journal tells about a call. Nothing in it is secret.

pub mod har;
pub mod log;

use backoffice_contract::{Method, OperationId};

use crate::budget::priority::Priority;
use crate::host::runtime::Millis;
use crate::why::{WaitKind, Why};

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
    /// Its outcome; `None` while it is in flight.
    pub outcome: Option<AttemptOutcome>,
    /// The headers of the answer that decide about waiting.
    pub headers: Vec<(String, String)>,
    /// What was special about it.
    pub note: Option<Note>,
}

/// What is special about an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// The API refused the access token of the attempt before, so a new one was sent.
    NewToken,
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
    /// Waits, and continues automatically.
    Waiting(Wait),
    /// Has waited for long, or would, and asks the user whether to continue. A read continues
    /// automatically when nothing holds it any more.
    Asking(Wait),
    /// On its way.
    Sending,
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
    /// Whether the API has carried it out is unknown: no answer came to a call that must not
    /// run twice, or a change was given up while it was on its way.
    FateUnknown,
}

impl EntryState {
    /// Whether nothing more will happen.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Done { .. } | Self::Failed(_) | Self::Cancelled | Self::FateUnknown)
    }

    /// The wait, while it waits.
    #[must_use]
    pub fn wait(&self) -> Option<&Wait> {
        match self {
            Self::Waiting(wait) | Self::Asking(wait) => Some(wait),
            _ => None,
        }
    }

    /// What kind of thing it waits for, while it waits.
    #[must_use]
    pub fn wait_kind(&self) -> Option<WaitKind> {
        match self {
            Self::Waiting(wait) => Some(wait.why.kind()),
            Self::Asking(_) => Some(WaitKind::Consent),
            _ => None,
        }
    }
}

impl Entry {
    /// Whether an attempt is on its way, so that the API may carry it out.
    #[must_use]
    pub fn is_on_its_way(&self) -> bool {
        !self.state.is_final()
            && self.attempts.last().is_some_and(|attempt| attempt.ended_at.is_none())
    }

    /// Whether the API may have carried it out: an attempt is on its way, or was, and no
    /// answer says that it was refused.
    #[must_use]
    pub fn may_have_run(&self) -> bool {
        // A refused token and a rate limit stop a call before it is carried out, and so does a
        // service that is not there (RFC 9110 section 15.6.4).
        let refused = |attempt: &Attempt| {
            matches!(attempt.outcome, Some(AttemptOutcome::Status(401 | 429 | 503)))
        };
        !self.attempts.iter().all(refused)
    }
}

/// A wait and its reason. When it began, [`Entry::state_since`] says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// When it will end, or when that is looked at again; `None` where only an event can end
    /// it.
    pub until: Option<Millis>,
    /// Why.
    pub why: Why,
}

/// A wait that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastWait {
    /// What kind of thing it was for.
    pub kind: WaitKind,
    /// When it began.
    pub since: Millis,
    /// When it ended.
    pub ended_at: Millis,
    /// Why.
    pub why: Why,
}
