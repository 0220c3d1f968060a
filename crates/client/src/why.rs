//! Why something waits, as facts. [`crate::sentences`] makes English of them.

use serde::{Deserialize, Serialize};

use backoffice_limits::Reading;

/// How a moment that decides became known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// A header told it.
    Header(Box<Reading>),
    /// Nothing told when the window ends.
    NotTold,
    /// The headers are hidden, so the client counts for itself.
    CountedHere,
    /// The API refused attempt number `attempt` without a hint for how long.
    Refusal {
        /// Which attempt of the call it was, from 1.
        attempt: u32,
    },
}

/// What made the client send a call again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// An answer with this status, and when the server wants the call again.
    Status(u16, Option<Box<Reading>>),
    /// No answer, or one that broke off. The text is the browser's own.
    Transport(String),
}

/// Why a call waits, or why nothing is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The window is used up.
    WindowUsedUp(Source),
    /// The rest of the window is kept for calls that somebody waits for.
    KeptForInteractive(Source),
    /// Calls go slowly, to leave room for other users of the same limit.
    Paced {
        /// How many calls of this window others have made, as far as answers show.
        others: u32,
    },
    /// The API refused a call, so nothing goes before it wants to.
    Paused(Source),
    /// Headers are hidden, and so many calls a minute were allowed before a refusal.
    HiddenLimit {
        /// How many calls a minute.
        allowed: u32,
    },
    /// As many calls are on their way as may be.
    InFlight,
    /// Earlier or more urgent calls go first.
    EarlierCalls,
    /// The other tabs are asked about the shared budget.
    JoiningTabs,
    /// Another tab's call goes first.
    TurnAmongTabs,
    /// The API said that the month is used up.
    MonthUsedUp(Option<Box<Reading>>),
    /// The rest of the month is kept for calls that somebody waits for.
    MonthReserved {
        /// From how many per cent of the cap on.
        percent: u64,
    },
    /// The API cannot be reached.
    Connection,
    /// The call failed and is sent again later.
    Backoff {
        /// Which attempt comes next, from 1.
        attempt: u32,
        /// How many attempts a call has.
        of: u32,
        /// What failed.
        failure: Failure,
    },
    /// The access token is being renewed.
    Renewal,
    /// The session has ended; the user has to sign in again.
    SignIn,
    /// Nothing holds it any more, but it has waited so long that the user is asked.
    Consent,
}

/// What kind of thing is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitKind {
    /// The rate limit.
    Budget,
    /// The next attempt after a failure.
    Backoff,
    /// A connection.
    Connection,
    /// A new access token.
    Renewal,
    /// The user, who has to sign in again.
    SignIn,
    /// The user's consent to a long wait.
    Consent,
}

impl Why {
    /// What kind of thing is waited for.
    #[must_use]
    pub fn kind(&self) -> WaitKind {
        match self {
            Self::Connection => WaitKind::Connection,
            Self::Backoff { .. } => WaitKind::Backoff,
            Self::Renewal => WaitKind::Renewal,
            Self::SignIn => WaitKind::SignIn,
            Self::Consent => WaitKind::Consent,
            _ => WaitKind::Budget,
        }
    }
}
