//! Which calls of the journal are shown.

use backoffice_ui::words::text_search::holds;
use backoffice_web_client::{Attempt, AttemptOutcome, Entry, EntryState, Method};

/// A kind of calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JournalFilter {
    /// All of them.
    All,
    /// What waits for something.
    Waiting,
    /// What did not come to a good end.
    Failed,
    /// What changes something.
    Writes,
    /// What only reads.
    Reads,
}

impl JournalFilter {
    /// All kinds with their names.
    pub const CHOICES: [(Self, &'static str); 5] = [
        (Self::All, "All"),
        (Self::Waiting, "Waiting"),
        (Self::Failed, "Failed"),
        (Self::Writes, "Writes"),
        (Self::Reads, "Reads"),
    ];

    /// Whether a call is of the kind.
    pub fn has(self, method: Method, state: &EntryState) -> bool {
        match self {
            Self::All => true,
            Self::Waiting => state.wait_kind().is_some(),
            Self::Failed => matches!(state, EntryState::Failed(_) | EntryState::FateUnknown),
            Self::Writes => method != Method::GET,
            Self::Reads => method == Method::GET,
        }
    }
}

/// Whether each word of `search` is somewhere in what a call shows.
pub fn finds(search: &str, entry: &Entry) -> bool {
    let command = entry.cli.as_deref().unwrap_or_default();
    search.trim().is_empty()
        || has_words(
            search,
            &text(entry.method, &entry.target, command, &entry.attempts, &entry.state),
        )
}

/// What a call shows, for searching.
fn text(
    method: Method,
    target: &str,
    command: &str,
    attempts: &[Attempt],
    state: &EntryState,
) -> String {
    let mut text = format!("{} {target} {command} ", method.as_str());
    for attempt in attempts {
        match &attempt.outcome {
            Some(AttemptOutcome::Status(status)) => text.push_str(&format!("{status} ")),
            Some(AttemptOutcome::Failed(why)) => text.push_str(&format!("failed {why} ")),
            _ => {}
        }
    }
    text.push_str(match state {
        EntryState::Done { .. } => "done",
        EntryState::Failed(why) => why,
        EntryState::FateUnknown => "fate unknown",
        EntryState::Cancelled => "cancelled",
        EntryState::Streaming => "streaming",
        EntryState::Sending => "sending",
        _ => "waiting",
    });
    text
}

fn has_words(search: &str, text: &str) -> bool {
    search.to_lowercase().split_whitespace().all(|word| holds(text, word))
}

#[cfg(test)]
mod tests {
    use backoffice_web_client::{Wait, Why};

    use super::*;

    #[test]
    fn kinds_of_calls() {
        let has = |filter: JournalFilter, method, state| filter.has(method, &state);
        let done = || EntryState::Done { status: 200 };
        assert!(has(JournalFilter::All, Method::GET, done()));
        let waiting = EntryState::Waiting(Wait { until: None, why: Why::SignIn });
        assert!(has(JournalFilter::Waiting, Method::GET, waiting));
        assert!(!has(JournalFilter::Waiting, Method::GET, done()));
        assert!(has(JournalFilter::Failed, Method::GET, EntryState::Failed("No.".into())));
        assert!(has(JournalFilter::Failed, Method::PUT, EntryState::FateUnknown));
        assert!(!has(JournalFilter::Failed, Method::PUT, EntryState::Cancelled));
        assert!(has(JournalFilter::Writes, Method::DELETE, done()));
        assert!(!has(JournalFilter::Writes, Method::GET, done()));
        assert!(has(JournalFilter::Reads, Method::GET, done()));
        assert!(!has(JournalFilter::Reads, Method::PATCH, done()));
    }

    #[test]
    fn a_search_looks_at_everything_that_is_shown() {
        let refused = Attempt {
            started_at: 0,
            ended_at: None,
            outcome: Some(AttemptOutcome::Status(429)),
            headers: Vec::new(),
            note: None,
        };
        let text = text(
            Method::PUT,
            "/api/apps/quiet-heron/scale",
            "gigalixir ps:scale -a quiet-heron",
            &[refused],
            &EntryState::Done { status: 200 },
        );
        for search in ["", "put", "heron SCALE", "429", "ps:scale", "done", "  put   429 "] {
            assert!(has_words(search, &text), "{search}");
        }
        for search in ["get", "heron otter", "503"] {
            assert!(!has_words(search, &text), "{search}");
        }
    }
}
