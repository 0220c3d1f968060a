//! What the body of an answer is.

use crate::Broken;

/// What is known so far of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Nothing but white space has come.
    Empty,
    /// JSON, as far as it has been read.
    Json,
    /// Text that never looked like JSON: not even one bracket was right.
    Text,
    /// It began as JSON and stopped being it; lines of JSON are an example. Only the
    /// rows of the text can be shown.
    Broken(Broken),
    /// No text: a zero byte is among its first 8,000, by which git tells them too.
    Binary,
}
