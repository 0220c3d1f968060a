//! What a failed call says, whatever shape the server says it in.

use std::fmt;

use serde_json::{Value, json};

use crate::answer::lenient::scalar_text;

/// The longest piece of a body that is no JSON which is still shown.
const MAX_TEXT: usize = 300;

/// A failure that a server described.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// The HTTP status.
    pub status: u16,
    /// The sentence of the envelope, if it had one.
    pub message: String,
    /// What is wrong with which field, in the server's order. The empty name
    /// stands for the request as a whole.
    pub fields: Vec<FieldError>,
}

/// What is wrong with one field of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field, or empty for the request as a whole.
    pub field: String,
    /// Fragments that follow the field's name in a sentence.
    pub messages: Vec<String>,
}

impl ApiError {
    /// A failure with a sentence and nothing about fields.
    #[must_use]
    pub fn new(status: u16, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), fields: Vec::new() }
    }

    /// A failure of one field.
    #[must_use]
    pub fn field(status: u16, field: &str, message: impl Into<String>) -> Self {
        let fields = vec![FieldError { field: field.to_owned(), messages: vec![message.into()] }];
        Self { status, message: String::new(), fields }
    }

    /// Reads the body of a failure. Known shapes: this platform's envelope with
    /// `errors` as a map or as text, `{"errors": {}}` alone, `{"error": {"status" or
    /// "code", "message"}}`, and `{"data": "text"}`. Of anything else the text is
    /// kept when it is short and no HTML page.
    #[must_use]
    pub fn decode(status: u16, body: &[u8]) -> Self {
        let Ok(value) = serde_json::from_slice::<Value>(body) else {
            return Self::new(status, plain_text(body));
        };
        let text = |field: &str| value.get(field).and_then(scalar_text).unwrap_or_default();
        let mut error = Self::new(status, text("message"));
        match value.get("errors") {
            Some(Value::Object(map)) => {
                error.fields = map
                    .iter()
                    .map(|(field, messages)| FieldError {
                        field: field.clone(),
                        messages: fragments(messages),
                    })
                    .filter(|entry| !entry.messages.is_empty())
                    .collect();
            }
            Some(other) => {
                if let (Some(text), true) = (scalar_text(other), error.message.is_empty()) {
                    error.message = text;
                }
            }
            None => {}
        }
        if error.message.is_empty() {
            let nested = value.get("error");
            error.message = nested
                .and_then(|nested| nested.get("message"))
                .or(nested)
                .or_else(|| value.get("data"))
                .and_then(scalar_text)
                .unwrap_or_default();
        }
        if let (true, Some(Value::Object(map))) =
            (error.fields.is_empty(), value.get("error").and_then(|nested| nested.get("errors")))
        {
            error.fields = map
                .iter()
                .map(|(field, messages)| FieldError {
                    field: field.clone(),
                    messages: fragments(messages),
                })
                .collect();
        }
        error
    }

    /// The envelope that a server of this family sends.
    #[must_use]
    pub fn encode(&self) -> Value {
        let errors = self.fields.iter().map(|entry| (entry.field.clone(), json!(entry.messages)));
        let mut fields = serde_json::Map::new();
        fields.extend(errors);
        json!({
            "success": false,
            "message": self.message,
            "error_code": self.status,
            "errors": fields,
            "data": {},
        })
    }

    /// What is wrong with `field`, as one text; `None` when nothing is.
    #[must_use]
    pub fn of_field(&self, field: &str) -> Option<String> {
        self.fields.iter().find(|entry| entry.field == field).map(|entry| entry.messages.join(", "))
    }

    /// Everything as sentences for a person: the field's name in words before its
    /// message, as the platform means them; the envelope's sentence when no field
    /// has one; a sentence about the status when there is nothing else.
    #[must_use]
    pub fn text(&self) -> String {
        let sentences: Vec<String> = self
            .fields
            .iter()
            .flat_map(|entry| entry.messages.iter().map(|message| sentence(&entry.field, message)))
            .collect();
        if !sentences.is_empty() {
            sentences.join(" ")
        } else if !self.message.is_empty() {
            self.message.clone()
        } else {
            status_text(self.status).to_owned()
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl std::error::Error for ApiError {}

fn fragments(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(scalar_text).collect(),
        other => scalar_text(other).into_iter().collect(),
    }
}

/// Joins a field's name and a fragment: `unique_name` and `is taken` become
/// "Unique name is taken.".
fn sentence(field: &str, fragment: &str) -> String {
    let text = format!("{} {fragment}", field.replace('_', " "));
    let text = text.trim();
    let mut chars = text.chars();
    let mut out: String =
        chars.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(chars).collect();
    if !out.ends_with(['.', '!', '?']) {
        out.push('.');
    }
    out
}

fn plain_text(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let text = text.trim();
    if text.starts_with('<') || text.len() > MAX_TEXT { String::new() } else { text.to_owned() }
}

fn status_text(status: u16) -> &'static str {
    match status {
        400 => "The server could not read the request.",
        401 => "You are not signed in, or you have no access to this.",
        403 => "You have no access to this.",
        404 => "There is no such thing.",
        405 => "The server does not support this method here.",
        408 | 504 => "The server took too long.",
        413 => "The request is too large.",
        422 => "The server refused the values.",
        429 => "Too many requests.",
        500 => "The server failed.",
        501 => "The server cannot do this yet.",
        502 | 503 => "The server is not available right now.",
        _ => "The server answered with an unexpected status.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(status: u16, body: &str, expected: &str) {
        assert_eq!(ApiError::decode(status, body.as_bytes()).text(), expected);
    }

    #[test]
    fn reads_every_known_shape() {
        check(
            422,
            r#"{"success":false,"message":"","error_code":422,"errors":{"unique_name":["has already been taken"]},"data":{}}"#,
            "Unique name has already been taken.",
        );
        check(
            422,
            r#"{"errors":{"":["Card was declined."],"size":["is too big","is odd"]}}"#,
            "Card was declined. Size is too big. Size is odd.",
        );
        check(
            429,
            r#"{"success":false,"message":"Slow down","errors":"Rate Limit Error"}"#,
            "Slow down",
        );
        check(429, r#"{"errors":"Rate Limit Error"}"#, "Rate Limit Error");
        check(401, r#"{"error":{"status":401,"message":"Invalid token"}}"#, "Invalid token");
        check(401, r#"{"error":{"code":401,"message":"Not authenticated"}}"#, "Not authenticated");
        check(
            500,
            r#"{"error":{"status":500,"message":"","errors":{"email":["has invalid format"]}}}"#,
            "Email has invalid format.",
        );
        check(404, r#"{"data":"Pod `x` not found."}"#, "Pod `x` not found.");
        check(502, "<html><h1>Bad gateway</h1></html>", "The server is not available right now.");
        check(500, "boom", "boom");
        check(500, "", "The server failed.");
        check(500, "[1]", "The server failed.");
        check(500, r#"{"errors":null,"error":null,"data":{}}"#, "The server failed.");
    }

    #[test]
    fn what_is_encoded_is_decoded() {
        let error = ApiError::field(422, "unique_name", "has already been taken");
        let body = error.encode().to_string();
        assert_eq!(ApiError::decode(422, body.as_bytes()), error);
    }
}
