//! What a tab knows of the jobs that it has started.

use std::collections::BTreeMap;

use backoffice_contract::app::{Pod, PodStatus};
use serde::{Deserialize, Serialize};

/// A job that takes longer is ended by the platform, in milliseconds.
pub const LIMIT: u64 = 5 * 60 * 1_000;
/// How many commands are offered again.
const RECENT: usize = 5;

/// What is remembered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobMemory {
    /// Commands that were run, the last one first. None of them looks like a secret.
    pub recent: Vec<String>,
    /// Jobs that were started here, by the names of their pods.
    pub started: BTreeMap<String, Started>,
}

/// A job that was started here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Started {
    /// When, in epoch milliseconds.
    pub at: u64,
    /// What, unless it looks like a secret.
    pub command: Option<String>,
}

impl JobMemory {
    /// Notes that a command was run.
    pub fn ran(&mut self, command: &str) {
        self.recent.retain(|recent| recent != command);
        if !looks_secret(command) {
            self.recent.insert(0, command.to_owned());
            self.recent.truncate(RECENT);
        }
    }
}

/// How a job is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobState {
    /// At work.
    Running,
    /// Ended well.
    Completed,
    /// Ended otherwise; why, as far as the platform says.
    Failed(String),
}

/// Reads how a job is from its pod.
#[must_use]
pub fn state(pod: &Pod) -> JobState {
    let reason = pod.last_state.terminated.as_ref().map(|ended| ended.reason.as_str());
    match (&pod.status, reason) {
        (PodStatus::Completed, None | Some("" | "Completed")) => JobState::Completed,
        (PodStatus::Completed, Some("OOMKilled")) => JobState::Failed(
            "It used more memory than the app's size allows (OOMKilled).".to_owned(),
        ),
        (PodStatus::Completed, Some(reason)) => {
            JobState::Failed(format!("It ended with {reason}. Its log lines say more."))
        }
        _ => JobState::Running,
    }
}

/// Whether a command may hold a secret, so that it is better not remembered: words that
/// say so, addresses with a password, and long random text.
#[must_use]
pub fn looks_secret(command: &str) -> bool {
    let lower = command.to_lowercase();
    let named = ["password", "passwd", "secret", "token", "apikey", "api_key", "api-key", "bearer"]
        .iter()
        .any(|word| lower.contains(word));
    let credentials = lower.split("://").skip(1).any(|rest| {
        let host = rest.split(['/', ' ', '"', '\'']).next().unwrap_or_default();
        host.contains('@')
    });
    let random = command.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| {
        word.len() >= 20
            && word.contains(|c: char| c.is_ascii_digit())
            && word.contains(|c: char| c.is_ascii_alphabetic())
    });
    named || credentials || random
}

#[cfg(test)]
mod tests {
    use backoffice_contract::app::{LastState, Terminated};

    use super::*;

    #[test]
    fn remembers_commands_but_no_secrets() {
        let mut memory = JobMemory::default();
        for command in ["a", "b", "a", "echo PASSWORD=x", "psql ecto://u:p@h/db"] {
            memory.ran(command);
        }
        assert_eq!(memory.recent, ["a", "b"]);
        for number in 0..9 {
            memory.ran(&format!("sleep {number}"));
        }
        assert_eq!(memory.recent.len(), RECENT);
        for (command, expected) in [
            ("curl https://example.com/a@b", false),
            ("mix run priv/repo/seeds.exs", false),
            ("bin/app eval \"MyVeryLongApplicationName.Release.migrate()\"", false),
            ("x sk4f8a7d6c5b4a39281706f5", true),
            ("curl -H 'Authorization: Bearer x'", true),
        ] {
            assert_eq!(looks_secret(command), expected, "{command}");
        }
    }

    #[test]
    fn reads_how_a_job_is() {
        let pod = |status: &str, reason: Option<&str>| Pod {
            status: PodStatus::from(status),
            last_state: LastState {
                terminated: reason.map(|reason| Terminated { reason: reason.to_owned() }),
            },
            ..Default::default()
        };
        assert_eq!(state(&pod("Running", None)), JobState::Running);
        assert_eq!(state(&pod("Completed", None)), JobState::Completed);
        assert!(matches!(state(&pod("Completed", Some("Error"))), JobState::Failed(_)));
    }
}
