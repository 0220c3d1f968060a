//! How far a reader of logs has come.

use crate::engine::Millis;

/// A place in the log of one app. Only the engine can make one, as the answer to a
/// request for logs; it is good for as long as the world is in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogCursor {
    /// The app's name.
    pub(crate) app: String,
    /// Which app of that name: a name can be given to another one later.
    pub(crate) app_id: u64,
    /// Everything before this has been read; `None` before the first read.
    pub(crate) read_until: Option<Millis>,
    /// How many earlier lines the first read begins with.
    pub(crate) backlog: usize,
    /// Whether more is to come after the first read.
    pub(crate) follow: bool,
}

/// A piece of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogChunk {
    /// Whole lines, each with its newline; empty when nothing has happened.
    pub text: String,
    /// When to ask again, by the clock that `now` came from; `None` when the stream
    /// is over. Asking earlier or later does no harm.
    pub next_at: Option<Millis>,
}
