//! What a shell reports while it works, in the order in which it happens.

use backoffice_client::Millis;
use backoffice_contract::{Method, OperationId};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A typed text, with its secrets replaced.
    Input {
        /// The prompt.
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
        /// The operation.
        operation: OperationId,
        /// The method.
        method: Method,
        /// Path and query, secrets redacted.
        target: String,
        /// The status of the answer; `None` if no answer came.
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
    /// Something that readers should know but no command prints, as a sentence.
    Note(String),
    /// The command continues until the user interrupts it.
    Follows,
    /// The host should offer to open this address.
    Open(String),
    /// The host should clear the screen.
    Clear,
    /// The typed text has run to its end, with this exit code.
    Exit(u8),
}
