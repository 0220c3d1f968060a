//! The API over HTTP: the engine's answers, with additions that only a server can make.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use backoffice_contract::ApiError;
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use hyper::{Request, Response, StatusCode};
use tokio::sync::watch;

use crate::engine::{self, Body, Delivery};
use crate::server::body::{self, AnswerBody, Unread};
use crate::server::cors::{self, Cors};
use crate::server::host::Host;
use crate::server::log_stream;

/// The API's side of a server.
#[derive(Debug)]
pub(super) struct Api {
    pub(super) host: Arc<Host>,
    pub(super) cors: Cors,
    /// Whether to keep pages of other origins from reading the headers of answers.
    pub(super) hide_limits: bool,
    /// The delay of each answer of the API.
    pub(super) latency: Duration,
    pub(super) require_https: bool,
    /// True once the server must stop.
    pub(super) stopped: watch::Receiver<bool>,
}

/// Close the connection without an answer.
#[derive(Debug)]
pub(super) struct Dropped;

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection was dropped, as the request demanded")
    }
}

impl std::error::Error for Dropped {}

impl Api {
    /// Answers a request, unless it demands no answer.
    pub(super) async fn answer(
        &self,
        request: Request<Incoming>,
        peer: IpAddr,
    ) -> Result<Response<AnswerBody>, Dropped> {
        let origin = self.cors.allowed(request.headers());
        if cors::is_preflight(request.method(), request.headers()) {
            let mut answer = Response::new(body::whole(""));
            *answer.status_mut() = cors::PREFLIGHT_STATUS;
            cors::stamp_preflight(answer.headers_mut(), origin);
            return Ok(answer);
        }
        let mut answer = match self.read(request, peer).await {
            Ok(request) => self.execute(&request).await?,
            Err(refusal) => described(&refusal),
        };
        cors::stamp(answer.headers_mut(), origin, self.hide_limits);
        Ok(answer)
    }

    async fn read(
        &self,
        request: Request<Incoming>,
        peer: IpAddr,
    ) -> Result<engine::Request, ApiError> {
        let (head, body) = request.into_parts();
        // Always read the body, so that the connection can be used for the next request.
        let body = body::read(body).await.map_err(|why| match why {
            Unread::Broken => ApiError::new(400, "The body is incomplete."),
            Unread::Slow => ApiError::new(408, "The body took too long."),
        })?;
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let request = engine::Request {
            method: head.method.as_str().to_owned(),
            path: head.uri.path().to_owned(),
            query: head.uri.query().unwrap_or_default().to_owned(),
            headers: head
                .headers
                .iter()
                .map(|(name, value)| (name.as_str().to_owned(), text(value)))
                .collect(),
            body,
            peer: peer.to_string(),
        };
        if self.require_https && is_api(&request) && !is_secure(&request) {
            return Err(ApiError::new(403, "Use HTTPS to call the API."));
        }
        Ok(request)
    }

    async fn execute(&self, request: &engine::Request) -> Result<Response<AnswerBody>, Dropped> {
        let answer = match self.host.handle(request) {
            Ok(answer) => answer,
            Err(error) => {
                eprintln!("the world could not be stored: {error}");
                return Ok(described(&ApiError::new(500, "The sandbox could not store this.")));
            }
        };
        if is_api(request) {
            tokio::time::sleep(self.latency).await;
        }
        match answer.delivery {
            Delivery::AtOnce => {}
            Delivery::After(ms) => tokio::time::sleep(Duration::from_millis(ms)).await,
            Delivery::Broken => return Err(Dropped),
            Delivery::Never => {
                // An error means that the server has stopped already.
                let _ = self.stopped.clone().wait_for(|stopped| *stopped).await;
                return Err(Dropped);
            }
        }
        Ok(self.carry(answer))
    }

    fn carry(&self, answer: engine::Response) -> Response<AnswerBody> {
        let headers = headers(&answer.headers);
        let status = StatusCode::from_u16(answer.status);
        let mut carried = Response::new(match answer.body {
            Body::Bytes(bytes) => body::whole(bytes),
            Body::Logs(cursor) => {
                log_stream::body(Arc::clone(&self.host), cursor, self.stopped.clone())
            }
        });
        *carried.status_mut() = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        *carried.headers_mut() = headers;
        carried
    }
}

fn is_api(request: &engine::Request) -> bool {
    request.path == "/api" || request.path.starts_with("/api/")
}

/// Whether a proxy in front of this server was called over HTTPS.
fn is_secure(request: &engine::Request) -> bool {
    request
        .header("x-forwarded-proto")
        .is_some_and(|scheme| scheme.trim().eq_ignore_ascii_case("https"))
}

/// The engine creates its own headers, so each of them is valid in HTTP.
fn headers(pairs: &[(String, String)]) -> HeaderMap {
    pairs
        .iter()
        .filter_map(|(name, value)| {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            Some((name, HeaderValue::from_str(value).ok()?))
        })
        .collect()
}

/// A failure outside the engine.
fn described(error: &ApiError) -> Response<AnswerBody> {
    let mut answer = Response::new(body::whole(error.encode().to_string()));
    *answer.status_mut() =
        StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}
