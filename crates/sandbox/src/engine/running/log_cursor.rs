//! The position of a reader in a log.

use crate::engine::Millis;

/// A position in the log of one app. Only the engine can create one, as the answer to a
/// request for logs; it is valid while the world is in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogCursor {
    /// The app's name.
    pub(crate) app: String,
    /// The id of the app: another app can get the same name later.
    pub(crate) app_id: u64,
    /// Everything before this has been read; `None` before the first read.
    pub(crate) read_until: Option<Millis>,
    /// How many earlier lines the first read begins with.
    pub(crate) backlog: usize,
    /// Whether to continue after the first read.
    pub(crate) follow: bool,
}

/// A piece of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogChunk {
    /// Whole lines, each with its newline; empty if nothing has happened.
    pub text: String,
    /// When to ask again, by the clock that `now` came from; `None` if the stream has
    /// ended. Asking earlier or later does no harm.
    pub next_at: Option<Millis>,
}
