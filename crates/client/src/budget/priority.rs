//! How urgent a call is.

use serde::{Deserialize, Serialize};

/// How urgent a call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// Somebody waits for the answer.
    Interactive,
    /// Nobody waits for the answer: the call leaves room for those that somebody waits for.
    Background,
}

/// The order in which waiting calls go, most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Rank {
    /// Renews or ends the session: every other call waits for it.
    Session,
    /// Somebody waits for the answer.
    Interactive,
    /// Nobody waits for the answer.
    Background,
}

impl From<Priority> for Rank {
    fn from(priority: Priority) -> Self {
        match priority {
            Priority::Interactive => Self::Interactive,
            Priority::Background => Self::Background,
        }
    }
}

impl From<Rank> for Priority {
    fn from(rank: Rank) -> Self {
        match rank {
            Rank::Session | Rank::Interactive => Self::Interactive,
            Rank::Background => Self::Background,
        }
    }
}
