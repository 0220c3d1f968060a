//! One place that turns an error into what a person reads.

use backoffice_client::CallError;

/// An error in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorText {
    /// A few words that name it.
    pub title: &'static str,
    /// What happened, and what can be done.
    pub detail: String,
}

/// Says what went wrong.
#[must_use]
pub fn explain(error: &CallError) -> ErrorText {
    let title = match error.status() {
        Some(401 | 403) => "No access",
        Some(404) => "Not found",
        Some(422) => "Refused",
        Some(429) => "Too many requests",
        Some(500..=599) => "The API failed",
        Some(_) => "The API refused the request",
        None => match error {
            CallError::Cancelled => "Cancelled",
            CallError::SignedOut => "Signed out",
            CallError::FateUnknown(_) => "It is not known whether this was done",
            _ => "The API could not be reached",
        },
    };
    ErrorText { title, detail: error.text() }
}
