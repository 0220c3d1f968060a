//! One place that turns an error into what a person reads.

use backoffice_client::CallError;
use backoffice_contract::{Effect, OperationId};

use super::runtime;

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
    explain_to(error, runtime::is_online())
}

/// Says it to a user whose browser has a network, or has none.
fn explain_to(error: &CallError, online: bool) -> ErrorText {
    let away = if online { "The API can't be reached" } else { "You are offline" };
    let (title, detail) = match error {
        CallError::Api(refusal) => (refused(refusal.status), error.text()),
        CallError::Unreachable(reason) => (
            away,
            format!("{}Try again later.", if online { cause(reason) } else { String::new() }),
        ),
        CallError::Offline(operation) => {
            (away, format!("{} Try again when you are back.", not_done(*operation)))
        }
        CallError::FateUnknown(reason) => (
            "It is not known whether this was done",
            format!("{}Check before you try again.", cause(reason)),
        ),
        CallError::Cancelled => ("Cancelled", "Nothing was sent.".to_owned()),
        CallError::SignedOut => ("Signed out", error.text()),
        CallError::Unreadable(_) => ("The answer can't be read", error.text()),
    };
    ErrorText { title, detail }
}

fn refused(status: u16) -> &'static str {
    match status {
        401 | 403 => "No access",
        404 => "Not found",
        422 => "Refused",
        429 => "Too many requests",
        500..=599 => "The API failed",
        _ => "The API refused the request",
    }
}

/// Why no answer came, as a sentence with a space after it. What fetch throws when a
/// connection fails says nothing to a person, and another thing in each browser.
fn cause(reason: &str) -> String {
    let reason = reason.trim_end_matches('.');
    if reason.is_empty() || reason.starts_with("TypeError") {
        return "The connection broke. ".to_owned();
    }
    let mut letters = reason.chars();
    let upper = letters.next().map(char::to_uppercase).into_iter().flatten();
    upper.chain(letters).chain(". ".chars()).collect()
}

/// What has not happened, of a call that was never sent.
fn not_done(operation: OperationId) -> &'static str {
    match operation {
        OperationId::DestroyAccount => "Your account was not closed.",
        OperationId::RegenerateApiKey => "The API key was not replaced.",
        OperationId::RegenerateRecoveryCodes => "The recovery codes were not replaced.",
        OperationId::DeleteMfa => "The second factor is still on.",
        OperationId::RestoreBackup => "The backup was not restored.",
        _ => match operation.endpoint().effect {
            Effect::Destroys => "Nothing was deleted.",
            Effect::Restarts => "Nothing was restarted.",
            Effect::Creates => "Nothing was created.",
            _ => "Nothing was changed.",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(error: &CallError, online: bool) -> String {
        let text = explain_to(error, online);
        format!("{}. {}", text.title, text.detail)
    }

    #[test]
    fn what_was_not_sent_says_so_by_what_it_would_have_done() {
        for (operation, expected) in [
            (OperationId::DeleteApp, "Nothing was deleted."),
            (OperationId::DeleteDatabase, "Nothing was deleted."),
            (OperationId::DestroyAccount, "Your account was not closed."),
            (OperationId::RegenerateApiKey, "The API key was not replaced."),
            (OperationId::RestartApp, "Nothing was restarted."),
            (OperationId::ScaleApp, "Nothing was changed."),
        ] {
            assert_eq!(
                both(&CallError::Offline(operation), false),
                format!("You are offline. {expected} Try again when you are back.")
            );
        }
    }

    #[test]
    fn whatever_destroys_more_than_it_deletes_has_words_of_its_own() {
        let plain: Vec<OperationId> = OperationId::ALL
            .iter()
            .copied()
            .filter(|id| id.endpoint().effect == Effect::Destroys)
            .filter(|id| not_done(*id) == "Nothing was deleted.")
            .collect();
        assert_eq!(plain, [OperationId::DeleteApp, OperationId::DeleteDatabase]);
    }

    #[test]
    fn no_title_is_said_twice_and_no_exception_is_shown() {
        let thrown = || "TypeError: Failed to fetch".to_owned();
        assert_eq!(
            both(&CallError::FateUnknown(thrown()), true),
            "It is not known whether this was done. The connection broke. Check before you try again."
        );
        assert_eq!(
            both(&CallError::FateUnknown("no answer within 60 s".into()), true),
            "It is not known whether this was done. No answer within 60 s. Check before you try again."
        );
        assert_eq!(
            both(&CallError::Unreachable(thrown()), true),
            "The API can't be reached. The connection broke. Try again later."
        );
        assert_eq!(
            both(&CallError::Unreachable(thrown()), false),
            "You are offline. Try again later."
        );
        assert_eq!(both(&CallError::Cancelled, true), "Cancelled. Nothing was sent.");
    }
}
