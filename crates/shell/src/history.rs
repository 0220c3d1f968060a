//! The lines that were typed.

use serde::{Deserialize, Serialize};

/// How many lines are kept.
const KEPT: usize = 500;

/// Lines, oldest first; the caller passes no secrets.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct History(Vec<String>);

impl History {
    /// Adds a line, unless it is blank or repeats the previous one.
    pub(crate) fn add(&mut self, line: &str) {
        let line = line.trim();
        if line.is_empty() || self.0.last().is_some_and(|last| last == line) {
            return;
        }
        if self.0.len() >= KEPT {
            self.0.remove(0);
        }
        self.0.push(line.to_owned());
    }

    pub(crate) fn lines(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_are_kept_once() {
        let mut history = History::default();
        for line in ["git status", "gigalixir ps", "gigalixir ps", " ", "git log"] {
            history.add(line);
        }
        assert_eq!(history.lines().collect::<Vec<_>>(), ["git status", "gigalixir ps", "git log"]);
    }
}
