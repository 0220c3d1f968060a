//! How a call can fail.

use std::fmt;

use backoffice_contract::{ApiError, OperationId};

/// Why a call has no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallError {
    /// The API answered and refused.
    Api(ApiError),
    /// No answer came, and the call did nothing that a later one would repeat.
    Unreachable(String),
    /// No answer came to a call that must not run twice: whether it ran is unknown.
    FateUnknown(String),
    /// The API answered something that cannot be read.
    Unreadable(String),
    /// The user gave the call up.
    Cancelled,
    /// The API cannot be reached, and a call that destroys something is not kept until it
    /// can be: nothing was sent.
    Offline(OperationId),
    /// Nobody is signed in, or somebody else than when the call was made.
    SignedOut,
}

impl CallError {
    /// A change was given up after it had been sent.
    pub(crate) fn given_up_on_its_way() -> Self {
        Self::FateUnknown("it was cancelled after it had been sent".to_owned())
    }

    /// The HTTP status, where the API refused.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Api(error) => Some(error.status),
            _ => None,
        }
    }

    /// What went wrong, in sentences for a person.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Api(error) => error.text(),
            Self::Unreachable(reason) => {
                format!("The API could not be reached: {}.", reason.trim_end_matches('.'))
            }
            Self::FateUnknown(reason) => format!(
                "No answer came, so it is not known whether this was done: {}. \
                 Look before you repeat it.",
                reason.trim_end_matches('.')
            ),
            Self::Unreadable(reason) => reason.clone(),
            Self::Cancelled => "The call was cancelled.".to_owned(),
            Self::Offline(_) => "The API can't be reached, so nothing was sent.".to_owned(),
            Self::SignedOut => "You are not signed in.".to_owned(),
        }
    }

    /// What is wrong with a field of the request; `None` when nothing is.
    #[must_use]
    pub fn field(&self, field: &str) -> Option<String> {
        match self {
            Self::Api(error) => error.of_field(field),
            _ => None,
        }
    }

    /// Whether all of it belongs to the named fields.
    #[must_use]
    pub fn only_about(&self, fields: &[&str]) -> bool {
        match self {
            Self::Api(error) => {
                !error.fields.is_empty()
                    && error.fields.iter().all(|entry| fields.contains(&entry.field.as_str()))
            }
            _ => false,
        }
    }

    /// Whether the user gave the call up.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Cancelled)
    }

    /// Whether the server knows nothing at this address.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(404)
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl std::error::Error for CallError {}
