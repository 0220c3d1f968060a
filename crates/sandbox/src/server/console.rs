//! Serving the built console on an origin of its own.
//!
//! A path without a file extension is a page of the console, which chooses the page itself,
//! so the answer is `index.html`; a missing asset is a plain 404.

use std::convert::Infallible;
use std::fmt;
use std::path::{Path, PathBuf};

use backoffice_contract::percent_decode;
use http_body_util::BodyExt as _;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use hyper::{Method, Request, Response, StatusCode, Uri};
use serde_json::Value;
use tower_http::services::ServeDir;

use crate::server::body::{self, AnswerBody};
use crate::server::header_file::{self, HeaderFile};

/// For files whose name changes with their content.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// For files that a browser must check each time.
const ASK: HeaderValue = HeaderValue::from_static("no-cache");

/// How many hexadecimal digits Trunk's hashes have at most; leading zeros are left out.
const HASH_DIGITS: std::ops::RangeInclusive<usize> = 12..=16;

/// The files of a console.
#[derive(Debug)]
pub(super) struct Console {
    files: ServeDir,
    /// The headers of the answers, by path.
    headers: HeaderFile,
    /// `config.json`.
    config: Bytes,
}

/// Why a console cannot be served.
#[derive(Debug)]
pub(super) enum ConsoleError {
    File(PathBuf, std::io::Error),
    Headers(PathBuf, header_file::BadLine),
    Config(PathBuf, serde_json::Error),
}

impl fmt::Display for ConsoleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, error) => write!(f, "{} cannot be read: {error}", path.display()),
            Self::Headers(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Config(path, error) => write!(f, "{} is not JSON: {error}", path.display()),
        }
    }
}

impl Console {
    /// Serves `folder`; its pages call the API at `api` unless a config says otherwise.
    pub(super) fn new(
        folder: &Path,
        config: Option<&Path>,
        api: &str,
    ) -> Result<Self, ConsoleError> {
        // Better not to start than to answer every page with a 404.
        read(&folder.join("index.html"))?;
        let path = folder.join(header_file::NAME);
        let mut headers =
            HeaderFile::read(&read(&path)?).map_err(|error| ConsoleError::Headers(path, error))?;
        let config = match config {
            Some(path) => read(path)?
                .parse::<Value>()
                .map_err(|error| ConsoleError::Config(path.to_owned(), error))?,
            None => serde_json::json!({ "api": api, "sandbox": true }),
        };
        if let Some(origin) = config.get("api").and_then(Value::as_str).and_then(origin) {
            headers.allow_connecting(&origin);
        }
        let files = ServeDir::new(folder).append_index_html_on_directories(false);
        Ok(Self { files, headers, config: config.to_string().into() })
    }

    /// Answers a request.
    pub(super) async fn answer(
        &self,
        request: Request<Incoming>,
    ) -> Result<Response<AnswerBody>, Infallible> {
        let headers = self.headers.of(request.uri().path());
        let mut answer = match request.uri().path() {
            "/config.json" => self.config(request.method()),
            path if percent_decode(path).trim_start_matches('/') == header_file::NAME => missing(),
            path => self.file(path, &request).await,
        };
        answer.headers_mut().extend(headers);
        Ok(answer)
    }

    fn config(&self, method: &Method) -> Response<AnswerBody> {
        if ![Method::GET, Method::HEAD].contains(method) {
            return plain(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed\n");
        }
        let mut answer = Response::new(body::whole(self.config.clone()));
        let headers = answer.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(CACHE_CONTROL, ASK);
        answer
    }

    async fn file(&self, path: &str, request: &Request<Incoming>) -> Response<AnswerBody> {
        let name = path.rsplit('/').next().unwrap_or_default();
        let uri = match name.contains('.') {
            true => request.uri().clone(),
            false => Uri::from_static("/index.html"),
        };
        let cache = if is_hashed(name) { FOREVER } else { ASK };
        let mut asked = Request::new(http_body_util::Empty::<Bytes>::new());
        *asked.method_mut() = request.method().clone();
        *asked.headers_mut() = request.headers().clone();
        *asked.uri_mut() = uri;
        match self.files.clone().try_call(asked).await {
            Ok(answer) if answer.status() == StatusCode::NOT_FOUND => missing(),
            Err(error) if is_missing(&error) => missing(),
            Ok(answer) => {
                let mut answer = answer.map(|body| body.boxed_unsync());
                if answer.status().is_success() || answer.status() == StatusCode::NOT_MODIFIED {
                    answer.headers_mut().insert(CACHE_CONTROL, cache);
                }
                answer
            }
            Err(error) => {
                eprintln!("a file of the console could not be read: {error}");
                plain(StatusCode::INTERNAL_SERVER_ERROR, "The file could not be read\n")
            }
        }
    }
}

fn read(path: &Path) -> Result<String, ConsoleError> {
    std::fs::read_to_string(path).map_err(|error| ConsoleError::File(path.to_owned(), error))
}

/// Whether the error means that no such file exists; the kinds after the first are for
/// paths that no file can have.
fn is_missing(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{InvalidFilename, InvalidInput, NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory | InvalidFilename | InvalidInput)
}

fn missing() -> Response<AnswerBody> {
    plain(StatusCode::NOT_FOUND, "Not found\n")
}

fn plain(status: StatusCode, text: &'static str) -> Response<AnswerBody> {
    let mut answer = Response::new(body::whole(text));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(CACHE_CONTROL, ASK);
    answer
}

/// The origin of an address; `None` for other texts, such as `sandbox`.
fn origin(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split('/').next()?;
    Some(format!("{scheme}://{host}"))
}

/// Whether Trunk put a hash of the content into the name, as in
/// `console-0123456789abcdef_bg.wasm`.
fn is_hashed(name: &str) -> bool {
    let mut parts = name.split(['-', '_', '.']);
    parts.next();
    // The last part is the extension.
    parts.next_back();
    let is_hash = |part: &str| {
        HASH_DIGITS.contains(&part.len())
            && part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    name.contains('-') && parts.any(is_hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_hashed_names() {
        for name in [
            "backoffice-console-0123456789abcdef.js",
            "backoffice-console-123456789abcdef_bg.wasm",
            "tokens-fedcba9876543210.css",
        ] {
            assert!(is_hashed(name), "{name}");
        }
        for name in
            ["index.html", "sandbox-worker_bg.wasm", "sandbox-worker_loader.js", "boot.js", "a-b.c"]
        {
            assert!(!is_hashed(name), "{name}");
        }
    }

    #[test]
    fn finds_the_origin_of_an_api() {
        assert_eq!(origin("https://a.example/x").as_deref(), Some("https://a.example"));
        assert_eq!(origin("http://127.0.0.1:4000").as_deref(), Some("http://127.0.0.1:4000"));
        assert_eq!(origin("sandbox"), None);
    }
}
