//! A call without its types: what every part of the pipeline handles, so that the
//! pipeline exists once and not once an operation.

use backoffice_contract::{Endpoint, Operation, Secret, preview, secret};

use crate::transport::HttpRequest;

/// A call, ready to be sent any number of times.
pub(crate) struct Prepared {
    pub(crate) endpoint: &'static Endpoint,
    /// Path and query; the query may hold a secret.
    pub(crate) target: String,
    body: Option<Vec<u8>>,
    pub(crate) shown: Shown,
}

/// The call as it may be shown.
pub(crate) struct Shown {
    pub(crate) target: String,
    pub(crate) cli: Option<String>,
    pub(crate) curl: String,
}

impl Prepared {
    pub(crate) fn new<O: Operation>(operation: &O, shown_base: &str) -> Self {
        Self {
            endpoint: O::ENDPOINT,
            target: operation.target(),
            body: operation.body().map(|body| body.to_string().into_bytes()),
            shown: Shown {
                target: secret::redacted(|| operation.target()),
                cli: operation.cli(),
                curl: preview::curl(operation, shown_base),
            },
        }
    }

    pub(crate) fn request(&self, base: &str, token: Option<Secret>) -> HttpRequest {
        let mut headers = Vec::new();
        if let Some(token) = token {
            headers.push(("authorization", token));
        }
        if self.body.is_some() {
            headers.push(("content-type", "application/json".into()));
        }
        HttpRequest {
            method: self.endpoint.method,
            url: format!("{base}{}", self.target),
            headers,
            body: self.body.clone(),
        }
    }
}
