//! What the body of an answer contains.

use crate::Broken;

/// What is known so far of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Nothing but white space has arrived.
    Empty,
    /// JSON, as far as it has been read.
    Json,
    /// Text that never looked like JSON: not even one bracket matched.
    Text,
    /// It began as JSON and became invalid, as JSON lines do. Only the rows of the text
    /// can be shown.
    Broken(Broken),
    /// Not text: there is a zero byte among its first 8,000, which is also git's test.
    Binary,
}
