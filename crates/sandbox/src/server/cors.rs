//! Which web pages may call the API, and which parts of an answer they may read (Fetch
//! standard, "HTTP CORS protocol"). An origin that is not allowed gets none of these
//! headers, so its browser does not show it the answer.

use std::fmt;
use std::str::FromStr;

use hyper::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD,
    HeaderMap, HeaderValue, ORIGIN, VARY,
};
use hyper::{Method, StatusCode};

const METHODS: HeaderValue = HeaderValue::from_static("GET, POST, PUT, PATCH, DELETE");

const REQUEST_HEADERS: HeaderValue =
    HeaderValue::from_static("Authorization, Content-Type, X-Sandbox-Fault");

/// Without these a page sees a 429 but not when it may continue.
const EXPOSED: HeaderValue = HeaderValue::from_static(
    "x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset, retry-after, date, x-request-id",
);

/// Two hours, the longest time that every browser accepts.
const MAX_AGE: HeaderValue = HeaderValue::from_static("7200");

/// A web origin: scheme, host, and port unless it is the scheme's own (RFC 6454).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

/// A text that is not a web origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoOrigin;

impl fmt::Display for NoOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an origin is a scheme, a host and an optional port, as in https://example.com")
    }
}

impl std::error::Error for NoOrigin {}

impl FromStr for Origin {
    type Err = NoOrigin;

    fn from_str(text: &str) -> Result<Self, NoOrigin> {
        let (host, port) = host_and_port(text).ok_or(NoOrigin)?;
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
        let is_port = |port: &str| port.parse::<u16>().is_ok();
        if host.is_empty() || !host.chars().all(allowed) || !port.is_none_or(is_port) {
            return Err(NoOrigin);
        }
        // Browsers send it in lower case.
        Ok(Self(text.to_ascii_lowercase()))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Splits an origin of the web; an IPv6 address keeps its brackets.
fn host_and_port(origin: &str) -> Option<(&str, Option<&str>)> {
    let rest = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"))?;
    match rest.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => Some((host, Some(port))),
        _ => Some((rest, None)),
    }
}

/// Whether a page of this machine sends it: such pages may use any port, and only programs
/// on this machine can serve them.
fn is_loopback(origin: &str) -> bool {
    host_and_port(origin).is_some_and(|(host, port)| {
        matches!(host, "localhost" | "127.0.0.1" | "[::1]")
            && port.is_none_or(|port| port.parse::<u16>().is_ok())
    })
}

/// The allowed origins.
#[derive(Debug)]
pub(super) enum Cors {
    /// Any origin of this machine.
    Loopback,
    /// These.
    Only(Vec<Origin>),
}

impl Cors {
    /// The origin of a request, if it is allowed.
    pub(super) fn allowed(&self, request: &HeaderMap) -> Option<HeaderValue> {
        let value = request.get(ORIGIN)?;
        let origin = value.to_str().ok()?;
        let allowed = match self {
            Self::Loopback => is_loopback(origin),
            Self::Only(origins) => origins.iter().any(|known| known.0 == origin),
        };
        allowed.then(|| value.clone())
    }
}

/// Whether a request only asks whether another one may be sent.
pub(super) fn is_preflight(method: &Method, headers: &HeaderMap) -> bool {
    method == Method::OPTIONS
        && headers.contains_key(ORIGIN)
        && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// The status of the answer to a preflight; only its headers matter.
pub(super) const PREFLIGHT_STATUS: StatusCode = StatusCode::NO_CONTENT;

/// Adds the headers that the browser needs before it sends the request itself.
pub(super) fn stamp_preflight(answer: &mut HeaderMap, origin: Option<HeaderValue>) {
    vary(answer);
    if let Some(origin) = origin {
        answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        answer.insert(ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        answer.insert(ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS);
        answer.insert(ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    }
}

/// Lets a page of the origin read an answer; with `hide_limits`, all but its headers.
pub(super) fn stamp(answer: &mut HeaderMap, origin: Option<HeaderValue>, hide_limits: bool) {
    vary(answer);
    if let Some(origin) = origin {
        answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if !hide_limits {
            answer.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
    }
}

fn vary(answer: &mut HeaderMap) {
    answer.append(VARY, HeaderValue::from_static("Origin"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cors: &Cors, origin: &str, expected: bool) {
        let headers = HeaderMap::from_iter([(ORIGIN, origin.parse().unwrap())]);
        assert_eq!(cors.allowed(&headers).is_some(), expected, "{origin}");
    }

    #[test]
    fn pages_of_this_machine_may_call() {
        for origin in [
            "http://localhost:8080",
            "https://localhost",
            "http://127.0.0.1:1",
            "http://[::1]:3000",
            "http://[::1]",
        ] {
            check(&Cors::Loopback, origin, true);
        }
        for origin in [
            "http://localhost.example.com",
            "http://localhost:8080.example.com",
            "http://127.0.0.1.example.com:80",
            "http://localhost:",
            "http://user@localhost",
            "file://localhost",
            "null",
        ] {
            check(&Cors::Loopback, origin, false);
        }
    }

    #[test]
    fn a_list_replaces_them() {
        let cors = Cors::Only(vec!["https://Docs.example.com:444".parse().unwrap()]);
        check(&cors, "https://docs.example.com:444", true);
        check(&cors, "https://docs.example.com", false);
        check(&cors, "http://localhost:8080", false);
    }

    #[test]
    fn tells_origins_from_addresses() {
        for good in ["https://example.com", "http://[::1]:80", "http://a-b.c:65535"] {
            assert!(good.parse::<Origin>().is_ok(), "{good}");
        }
        for bad in
            ["*", "example.com", "https://", "https://e.com/", "ftp://e.com", "http://e.com:99999"]
        {
            assert!(bad.parse::<Origin>().is_err(), "{bad}");
        }
    }
}
