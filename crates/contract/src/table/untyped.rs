//! Requests without their types: made from the values of their fields by name, for code that
//! learns at run time which operation it is.
//!
//! Types know which of their fields are secret. Here a list of names does, which a test
//! holds against the types of every operation.

use serde_json::{Map, Value};

use crate::answer::lenient::scalar_text;
use crate::percent;
use crate::secret::REDACTED;
use crate::table::endpoint::Endpoint;
use crate::table::operation::query_value;
use crate::table::{cli, preview, route};

/// The fields of requests, in path, query and body, whose values are secret.
const SECRET_FIELDS: [&str; 11] = [
    "configs",
    "confirmation_code",
    "current_password",
    "mfa_token",
    "new_password",
    "password",
    "session",
    "stripe_token",
    "token",
    "url",
    "uuid",
];

/// A request as texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Path and query.
    pub target: String,
    /// The command that does the same, where the command-line client has one.
    pub cli: Option<String>,
    /// The same with curl.
    pub curl: String,
}

impl Endpoint {
    /// Path and query, and the body of JSON, of the request with these values. Those
    /// that are no parameter of the path go into the body where there is one, else into
    /// the query.
    #[must_use]
    pub fn request(&self, mut values: Map<String, Value>) -> (String, Option<String>) {
        let taken = |name: &&str| {
            let value = values.remove(*name);
            value.as_ref().and_then(scalar_text).unwrap_or_default()
        };
        let params: Vec<String> = self.params.iter().map(taken).collect();
        let params: Vec<&str> = params.iter().map(String::as_str).collect();
        let rest = Value::Object(values);
        if self.has_body {
            (self.target(&params, None), Some(rest.to_string()))
        } else {
            (self.target(&params, Some(rest)), None)
        }
    }

    /// How that request may be shown: without the values that are secret. `base` is an
    /// origin without a trailing slash.
    #[must_use]
    pub fn shown(&self, mut values: Map<String, Value>, base: &str) -> Shown {
        hide(&mut values);
        let cli = self.cli.map(|template| cli::render(template, &Value::Object(values.clone())));
        let (target, body) = self.request(values);
        let curl = preview::curl_of(self, base, &target, body.as_deref());
        Shown { target, cli, curl }
    }

    /// The command that does the same as a request, as [`Operation::cli`] has it, for
    /// code that has the request as text: its path and query, and its body of JSON. What
    /// is secret in them has been replaced already. `None` when the command-line client
    /// has none, or when the request is not for this endpoint.
    ///
    /// [`Operation::cli`]: crate::Operation::cli
    #[must_use]
    pub fn command(&self, target: &str, body: Option<&str>) -> Option<String> {
        let template = self.cli?;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let params = route::params(self.path, path)?;
        let body = body.and_then(|body| serde_json::from_str(body).ok());
        let parts = [query_value(query)].into_iter().chain(body);
        let values = self.values(parts, params.iter().map(String::as_str).collect());
        Some(cli::render(template, &values))
    }

    /// Path and query, percent-encoded.
    pub(crate) fn target(&self, params: &[&str], query: Option<Value>) -> String {
        let mut path = self.path.to_owned();
        for (name, value) in self.params.iter().zip(params) {
            path = path.replace(&format!("{{{name}}}"), &percent::encode(value));
        }
        let query = query_string(query);
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }

    /// Query, body and the parameters of the path in one object.
    pub(crate) fn values(&self, parts: impl Iterator<Item = Value>, params: Vec<&str>) -> Value {
        let mut values = Map::new();
        for part in parts {
            if let Value::Object(fields) = part {
                values.extend(fields);
            }
        }
        let params = params.into_iter().map(|value| Value::String(value.to_owned()));
        values.extend(self.params.iter().map(|name| (*name).to_owned()).zip(params));
        Value::Object(values)
    }
}

/// Replaces what is secret, at any depth.
fn hide(fields: &mut Map<String, Value>) {
    for (name, value) in fields {
        if SECRET_FIELDS.contains(&name.as_str()) {
            redact(value);
        } else if let Value::Object(fields) = value {
            hide(fields);
        }
    }
}

/// Replaces a value. The keys of a map are shown, as the names of config variables are.
fn redact(value: &mut Value) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(redact),
        _ => *value = REDACTED.into(),
    }
}

fn query_string(query: Option<Value>) -> String {
    let Some(Value::Object(fields)) = query else { return String::new() };
    fields
        .iter()
        .filter_map(|(key, value)| {
            let text = scalar_text(value)?;
            Some(format!("{}={}", percent::encode(key), percent::encode(&text)))
        })
        .collect::<Vec<_>>()
        .join("&")
}
