//! Requests and responses, as the adapters exchange them with the engine.

use crate::engine::{Delivery, LogCursor};

/// Milliseconds since 1970-01-01 00:00 UTC.
pub type Millis = u64;

/// A complete request.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The method, in capitals.
    pub method: String,
    /// The path as in the request line, without the query.
    pub path: String,
    /// The query as in the request line, without its question mark.
    pub query: String,
    /// The headers; names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The client's address, which some limits count by.
    pub peer: String,
}

impl Request {
    /// The value of the first header with this name, which is in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// An answer. The engine does not know `HEAD`: an adapter that supports it leaves out the
/// body of the `GET`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The headers; names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Body,
    /// How it is delivered.
    pub delivery: Delivery,
}

impl Response {
    /// The value of the first header with this name, which is in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The body of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// The complete body.
    Bytes(Vec<u8>),
    /// Log lines, to be read with [`crate::engine::World::read_logs`] until it says that there are
    /// no more.
    Logs(LogCursor),
}
