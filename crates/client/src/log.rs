//! Keeps the journal.

use std::collections::VecDeque;

use crate::bucket::Rank;
use crate::client::Priority;
use crate::journal::{
    Attempt, AttemptOutcome, Entry, EntryId, EntryState, PastWait, Wait, WaitKind,
};
use crate::prepared::Prepared;
use crate::runtime::Millis;

/// How many entries are kept; of older ones only those that are still under way.
const KEPT: usize = 500;

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
            priority: match rank {
                Rank::Session | Rank::Interactive => Priority::Interactive,
                Rank::Background => Priority::Background,
            },
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
    /// Says how it is now. Says whether that is news: a wait that ends when the last
    /// one did is not.
    pub(crate) fn set(&mut self, state: EntryState, now: Millis) -> bool {
        let same_wait = |a: &Wait, b: &Wait| a.until.abs_diff(b.until) <= 1_000;
        let known = match (&self.state, &state) {
            (EntryState::WaitingForBudget(old), EntryState::WaitingForBudget(new))
            | (EntryState::WaitingForConnection(old), EntryState::WaitingForConnection(new))
            | (EntryState::Asking(old), EntryState::Asking(new)) => same_wait(old, new),
            (old, new) => old == new,
        };
        if known || self.state.is_final() {
            return false;
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

    /// Keeps the wait that is under way, if it took any time, for the timeline.
    fn end_wait(&mut self, now: Millis) {
        let Some(kind) = self.state.wait_kind().filter(|_| now > self.state_since) else { return };
        let why = match (kind, self.state.wait()) {
            (_, Some(wait)) => wait.why.clone(),
            (WaitKind::Renewal, None) => "Waited for a new access token.".to_owned(),
            (_, None) => "The session had ended; waited for a sign-in.".to_owned(),
        };
        self.waits.push(PastWait { kind, since: self.state_since, ended_at: now, why });
    }

    pub(crate) fn begin_attempt(&mut self, note: Option<String>, now: Millis) {
        self.set(EntryState::Sending, now);
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
            attempt.outcome.get_or_insert(outcome);
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
