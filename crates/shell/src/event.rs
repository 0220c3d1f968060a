//! What a shell tells while it works, in the order in which it happens.

use backoffice_client::Millis;
use backoffice_contract::{Method, OperationId};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// What was typed, with what is secret in it replaced.
    Input {
        /// What stood before it.
        prompt: String,
        /// The text; may have several lines.
        text: String,
    },
    /// Output, with its newlines.
    Stdout(String),
    /// Notices and errors, with their newlines.
    Stderr(String),
    /// A call of the API has ended.
    Request {
        /// Which.
        operation: OperationId,
        /// The method.
        method: Method,
        /// Path and query, secrets redacted.
        target: String,
        /// The status of the answer; `None` when none came.
        status: Option<u16>,
        /// How often it was sent.
        attempts: usize,
    },
    /// A call of the API waits.
    Wait {
        /// Why, as a sentence.
        why: String,
        /// Until when.
        until: Millis,
    },
    /// What a reader should know and no command would print, as a sentence.
    Note(String),
    /// The command goes on until it is interrupted.
    Follows,
    /// The host should offer to open this address.
    Open(String),
    /// The host should clear what it shows.
    Clear,
    /// The text that was typed has come to its end, with this exit code.
    Exit(u8),
}
