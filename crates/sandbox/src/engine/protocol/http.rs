//! Requests and responses as the adapters hand them over.

use crate::engine::{Delivery, LogCursor};

/// Milliseconds since 1970-01-01 00:00 UTC.
pub type Millis = u64;

/// A request, read completely.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The method, in capitals.
    pub method: String,
    /// The path as on the request line, without the query.
    pub path: String,
    /// The query as on the request line, without its question mark.
    pub query: String,
    /// The headers; names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The address that it came from, which some limits are counted by.
    pub peer: String,
}

impl Request {
    /// The value of the first header of that name, which is in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// An answer. A `HEAD` request is not known here: an adapter that serves one leaves
/// out the body of the `GET`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The headers; names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Body,
    /// What is to happen to it on its way.
    pub delivery: Delivery,
}

impl Response {
    /// The value of the first header of that name, which is in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What an answer carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// All of it.
    Bytes(Vec<u8>),
    /// Log lines, to be read with [`crate::engine::World::read_logs`] until it says that
    /// there are no more.
    Logs(LogCursor),
}
