//! Keeps the journal.

use std::collections::VecDeque;
use std::mem;

use crate::budget::priority::Rank;
use crate::host::runtime::Millis;
use crate::journal::{Attempt, AttemptOutcome, Entry, EntryId, EntryState, Note, PastWait};
use crate::pipeline::prepared::Prepared;

/// How many entries are kept; of older ones only those that are still under way.
const KEPT: usize = 500;
/// How many waits, and how many attempts, an entry keeps.
const MOST_WAITS: usize = 50;

#[derive(Default)]
pub(crate) struct Log {
    entries: VecDeque<Entry>,
    next: u64,
}

impl Log {
    /// Opens an entry.
    pub(crate) fn open(&mut self, prepared: &Prepared, rank: Rank, now: Millis) -> EntryId {
        while self.entries.len() >= KEPT
            && let Some(at) = self.entries.iter().position(|entry| entry.state.is_final())
        {
            self.entries.remove(at);
        }
        self.next += 1;
        let id = EntryId(self.next);
        self.entries.push_back(Entry {
            id,
            operation: prepared.endpoint.id,
            method: prepared.endpoint.method,
            target: prepared.shown.target.clone(),
            cli: prepared.shown.cli.clone(),
            curl: prepared.shown.curl.clone(),
            priority: rank.into(),
            started_at: now,
            ended_at: None,
            attempts: Vec::new(),
            waits: Vec::new(),
            state: EntryState::Sending,
            state_since: now,
        });
        id
    }

    pub(crate) fn all(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }

    pub(crate) fn get(&self, id: EntryId) -> Option<&Entry> {
        let at = self.entries.binary_search_by_key(&id, |entry| entry.id).ok()?;
        self.entries.get(at)
    }

    pub(crate) fn get_mut(&mut self, id: EntryId) -> Option<&mut Entry> {
        let at = self.entries.binary_search_by_key(&id, |entry| entry.id).ok()?;
        self.entries.get_mut(at)
    }

    /// Drops what has ended, and names one of those.
    pub(crate) fn clear(&mut self) -> Option<EntryId> {
        let dropped = self.entries.iter().rev().find(|entry| entry.state.is_final())?.id;
        self.entries.retain(|entry| !entry.state.is_final());
        Some(dropped)
    }
}

impl Entry {
    /// Sets the state. Returns true if that is worth telling: a wait whose end moves by less
    /// than a second is not.
    pub(crate) fn set(&mut self, state: EntryState, now: Millis) -> bool {
        if self.state == state || self.state.is_final() {
            return false;
        }
        if self.is_same_wait(&state) {
            // One wait whose end moves, however often that happens.
            let until = |state: &EntryState| state.wait().and_then(|wait| wait.until);
            let moved = until(&self.state).unwrap_or(0).abs_diff(until(&state).unwrap_or(0));
            if moved > 1_000 {
                self.state = state;
            }
            return moved > 1_000;
        }
        self.end_wait(now);
        if state.is_final() {
            self.ended_at = Some(now);
            self.end_attempt(AttemptOutcome::Aborted, now);
        }
        self.state = state;
        self.state_since = now;
        true
    }

    /// Whether it is in a wait for the same reason as in `state`.
    fn is_same_wait(&self, state: &EntryState) -> bool {
        match (self.state.wait(), state.wait()) {
            (Some(old), Some(new)) => {
                self.state.wait_kind() == state.wait_kind()
                    && mem::discriminant(&old.why) == mem::discriminant(&new.why)
            }
            _ => false,
        }
    }

    /// Keeps the wait that is under way, if it took any time, for the timeline.
    fn end_wait(&mut self, now: Millis) {
        let Some(kind) = self.state.wait_kind().filter(|_| now > self.state_since) else { return };
        let Some(wait) = self.state.wait() else { return };
        let past = PastWait { kind, since: self.state_since, ended_at: now, why: wait.why.clone() };
        if self.waits.len() >= MOST_WAITS {
            // The first ones say how it began.
            self.waits.remove(MOST_WAITS / 2);
        }
        self.waits.push(past);
    }

    pub(crate) fn begin_attempt(&mut self, note: Option<Note>, now: Millis) {
        self.set(EntryState::Sending, now);
        if self.attempts.len() >= MOST_WAITS {
            self.attempts.remove(MOST_WAITS / 2);
        }
        self.attempts.push(Attempt {
            started_at: now,
            ended_at: None,
            outcome: None,
            headers: Vec::new(),
            note,
        });
    }

    /// Ends the attempt that is on its way, if one is.
    pub(crate) fn end_attempt(&mut self, outcome: AttemptOutcome, now: Millis) {
        if let Some(attempt) = self.attempts.last_mut()
            && attempt.ended_at.is_none()
        {
            attempt.ended_at = Some(now);
            if attempt.outcome.is_none() || matches!(outcome, AttemptOutcome::Failed(_)) {
                attempt.outcome = Some(outcome);
            }
        }
    }

    /// Notes the head of an answer: its status, and the headers that decide.
    pub(crate) fn note_head(&mut self, status: u16, headers: &[(String, String)]) {
        if let Some(attempt) = self.attempts.last_mut() {
            attempt.outcome = Some(AttemptOutcome::Status(status));
            attempt.headers = headers.iter().filter(|(name, _)| is_shown(name)).cloned().collect();
        }
    }
}

/// Headers that decide about waiting, or help to find a call in the server's logs.
fn is_shown(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["x-ratelimit-", "x-rate-limit-", "ratelimit"].iter().any(|prefix| name.starts_with(prefix))
        || ["retry-after", "date", "x-request-id"].contains(&name.as_str())
}
