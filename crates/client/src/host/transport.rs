//! The one method through which everything leaves and arrives.

use std::fmt;

use backoffice_contract::{Method, Secret};
use futures_util::future::LocalBoxFuture;
use futures_util::stream::LocalBoxStream;

/// Sends requests.
pub trait Transport {
    /// Sends one request. Dropping the future, or later the body, aborts the call.
    fn send(
        &self,
        request: HttpRequest,
    ) -> LocalBoxFuture<'static, Result<HttpResponse, TransportError>>;
}

/// What goes out.
#[derive(Clone)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// The address, with its query.
    pub url: String,
    /// Headers; any of them may hold a token.
    pub headers: Vec<(&'static str, Secret)>,
    /// The body, which may hold a password.
    pub body: Option<Vec<u8>>,
}

impl fmt::Debug for HttpRequest {
    /// Shows neither body nor header values nor the query, which may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.url.split('?').next().unwrap_or_default();
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("url", &path)
            .field("headers", &self.headers)
            .field("body", &self.body.as_ref().map(Vec::len))
            .finish()
    }
}

/// What comes back: the head at once, the body as it arrives.
pub struct HttpResponse {
    /// The status.
    pub status: u16,
    /// The headers that the caller may read.
    pub headers: Vec<(String, String)>,
    /// The body in pieces.
    pub body: LocalBoxStream<'static, Result<Vec<u8>, TransportError>>,
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse").field("status", &self.status).finish_non_exhaustive()
    }
}

/// Why there is no answer, or no whole one. The text is for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransportError {
    /// No answer came. Browsers do not tell whether the request arrived, so a call
    /// that must not run twice has an unknown fate after this.
    Unreachable(String),
    /// The connection broke while the answer came.
    Interrupted(String),
    /// Nothing came for too long.
    TimedOut(String),
    /// The host has no network, so nothing was sent.
    Offline(String),
}

impl TransportError {
    /// What went wrong, for a person.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Unreachable(text)
            | Self::Interrupted(text)
            | Self::TimedOut(text)
            | Self::Offline(text) => text,
        }
    }
}
