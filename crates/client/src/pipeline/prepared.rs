//! A call without its types: what every part of the pipeline handles, so that the
//! pipeline exists once and not once an operation.

use backoffice_contract::untyped::Shown;
use backoffice_contract::{Endpoint, Operation, OperationId, Secret, preview, secret};
use serde_json::{Map, Value};

use crate::host::transport::HttpRequest;

/// A call, ready to be sent any number of times.
pub(crate) struct Prepared {
    pub(crate) endpoint: &'static Endpoint,
    /// Path and query; the query may hold a secret.
    pub(crate) target: String,
    body: Option<Vec<u8>>,
    pub(crate) shown: Shown,
}

/// A request of an endpoint as texts, for a caller that learns at run time what it is.
pub struct Parts {
    /// The row of the table.
    pub endpoint: &'static Endpoint,
    /// Path and query.
    pub target: String,
    /// The body, as JSON.
    pub body: Option<String>,
    /// The same without what is secret.
    pub shown: Shown,
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

    /// A call from the values of its fields by name.
    pub(crate) fn from_values(
        endpoint: &'static Endpoint,
        values: Map<String, Value>,
        shown_base: &str,
    ) -> Self {
        let shown = endpoint.shown(values.clone(), shown_base);
        let (target, body) = endpoint.request(values);
        Self { endpoint, target, body: body.map(String::into_bytes), shown }
    }

    /// A call that has no fields.
    pub(crate) fn bare(operation: OperationId, shown_base: &str) -> Self {
        Self::from_values(operation.endpoint(), Map::new(), shown_base)
    }

    pub(crate) fn of(parts: Parts) -> Self {
        let Parts { endpoint, target, body, shown } = parts;
        Self { endpoint, target, body: body.map(String::into_bytes), shown }
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
