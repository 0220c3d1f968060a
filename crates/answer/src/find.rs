//! A search that runs in steps.

use std::ops::Range;

use crate::answer::{Answer, Progress, View};
use crate::blocks::Blocks;
use crate::needle::Needle;

/// The search ends when it has found this many places.
pub const FOUND_AT_MOST: usize = 1_000_000;

/// A search in an [`Answer`], which may still be growing. It ignores case. Escapes match
/// as they were sent: `\n` is a backslash and an n.
///
/// In [`View::Pretty`] it finds matches within a key or within a value that is not an
/// object or list, quotes included; in [`View::Rows`] it finds any match. When the view
/// changes, or JSON turns out to be invalid, the caller must [restart](Self::restart) it.
#[derive(Debug, Clone)]
pub struct Find {
    needle: Needle,
    view: View,
    at: usize,
    /// The line of the indented form that it has reached.
    line: usize,
    found: Blocks<u32>,
    current: Option<usize>,
}

impl Find {
    /// Begins to search for a text. An empty one has no matches.
    #[must_use]
    pub fn new(text: &str, view: View) -> Self {
        let needle = Needle::new(text);
        Self { needle, view, at: 0, line: 0, found: Blocks::default(), current: None }
    }

    /// Restarts in another view.
    pub fn restart(&mut self, view: View) {
        let needle = self.needle.clone();
        *self = Self { needle, view, at: 0, line: 0, found: Blocks::default(), current: None };
    }

    /// Continues to search in at most `budget` bytes of the part that the answer has
    /// read.
    pub fn step(&mut self, answer: &Answer, budget: usize) -> Progress {
        if self.needle.longest() == 0 || self.is_full() {
            return Progress::Done;
        }
        let read = answer.read_by(self.view);
        let done = answer.is_read(self.view);
        // A match may begin before the end and reach beyond it: leave that for the next
        // step.
        let end = if done { read } else { (read + 1).saturating_sub(self.needle.longest()) };
        let stop = end.min(self.at.saturating_add(budget));
        while self.at < stop && !self.is_full() {
            let piece = answer.text().piece(self.at);
            let piece = piece.get(..piece.len().min(stop - self.at)).unwrap_or_default();
            let Some(next) = self.needle.candidate(piece) else {
                self.at += piece.len().max(1);
                continue;
            };
            self.at += next;
            let byte = |at: usize| answer.text().get(at).filter(|_| at < read);
            match self.needle.end(self.at, byte) {
                Some(end) if self.counts(answer, self.at..end) => {
                    self.found.push(u32::try_from(self.at).unwrap_or(u32::MAX));
                    self.at = end;
                }
                _ => self.at += 1,
            }
        }
        match (self.at < end && !self.is_full(), done) {
            (true, _) => Progress::Working,
            (false, true) => Progress::Done,
            (false, false) if self.is_full() => Progress::Done,
            (false, false) => Progress::Waiting,
        }
    }

    /// Whether a match counts in this view.
    fn counts(&mut self, answer: &Answer, found: Range<usize>) -> bool {
        if self.view == View::Rows {
            return true;
        }
        self.line = answer.line_from(self.line, found.start);
        answer.is_in_token(self.line, &found)
    }

    /// How many matches it has found so far.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.found.len()
    }

    /// Whether it has stopped because it has found [`FOUND_AT_MOST`] matches.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.found.len() >= FOUND_AT_MOST
    }

    /// How much has been searched, in bytes.
    #[must_use]
    pub const fn searched(&self) -> usize {
        self.at
    }

    /// Which of the matches is the current one, from 1.
    #[must_use]
    pub fn position(&self) -> Option<usize> {
        self.current.map(|at| at + 1)
    }

    /// The current match in the body, in bytes.
    #[must_use]
    pub fn current(&self) -> Option<usize> {
        self.found.get(self.current?).map(|at| at as usize)
    }

    /// Goes to the next match, or from the last one to the first. Returns it.
    pub fn go_next(&mut self) -> Option<usize> {
        let next = self.current.map_or(0, |at| at + 1);
        self.go(if next < self.count() { next } else { 0 })
    }

    /// Goes to the previous match, or from the first one to the last.
    pub fn go_back(&mut self) -> Option<usize> {
        let before = self.current.and_then(|at| at.checked_sub(1));
        self.go(before.unwrap_or(self.count().saturating_sub(1)))
    }

    fn go(&mut self, to: usize) -> Option<usize> {
        let place = self.found.get(to)?;
        self.current = Some(to);
        Some(place as usize)
    }

    /// Where the searched text is in a shown text, in bytes.
    #[must_use]
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        self.needle.matches(text)
    }
}
