//! Counting for oneself, where the headers of the limit cannot be read.
//!
//! A browser shows a page only those headers of another origin that the server
//! exposes. Without them, the first refusal tells how many calls a minute allows:
//! as many as went before it.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::runtime::Millis;

/// The window that is assumed.
pub(crate) const WINDOW: Millis = 60_000;
/// How long a guess must hold before a greater one is tried.
const PATIENCE: Millis = 5 * WINDOW;
/// More than any limit that is worth counting towards.
const KEPT: usize = 10_000;

/// The calls of the last minute, and how many of them are allowed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct HiddenLimit {
    sent: VecDeque<Millis>,
    allowed: Option<u32>,
    raise: Raise,
}

/// When a guess is raised and by how much. Others may have used up a part of the window
/// in which it was made. By one at first, since that is how many calls it costs if the
/// guess was right; as long as it holds, by twice as many a minute later.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Raise {
    due_at: Millis,
    step: u32,
}

impl Raise {
    /// A guess was made.
    pub(crate) fn learnt(now: Millis) -> Self {
        Self { due_at: now + PATIENCE, step: 1 }
    }

    /// What to add to the guess now.
    pub(crate) fn take(&mut self, now: Millis) -> u32 {
        if now < self.due_at {
            return 0;
        }
        let step = self.step;
        *self = Self { due_at: now + WINDOW, step: step.saturating_mul(2) };
        step
    }
}

impl HiddenLimit {
    pub(crate) fn sent(&mut self, now: Millis) {
        self.forget(now);
        if self.sent.len() < KEPT {
            self.sent.push_back(now);
        }
    }

    /// The latest call was not sent after all.
    pub(crate) fn unsent(&mut self) {
        self.sent.pop_back();
    }

    /// A call was refused: the others of the last minute are what is allowed.
    pub(crate) fn refused(&mut self, now: Millis) {
        self.forget(now);
        self.allowed = Some(self.accepted(now.saturating_sub(WINDOW - 1)).max(1));
        self.raise = Raise::learnt(now);
    }

    /// A call was refused. How many others since then were not.
    pub(crate) fn accepted(&mut self, since: Millis) -> u32 {
        self.sent.pop_back();
        let accepted = self.sent.iter().filter(|at| **at >= since).count();
        u32::try_from(accepted).unwrap_or(u32::MAX)
    }

    /// How many calls a minute seem to be allowed, once known.
    pub(crate) fn allowed(&self) -> Option<u32> {
        self.allowed
    }

    pub(crate) fn left(&self, now: Millis) -> Option<u32> {
        Some(self.allowed?.saturating_sub(self.recent(now)))
    }

    /// How many calls went in the last minute.
    pub(crate) fn recent(&self, now: Millis) -> u32 {
        let recent = self.sent.iter().filter(|at| **at + WINDOW > now).count();
        u32::try_from(recent).unwrap_or(u32::MAX)
    }

    /// When the next call may go, if not now.
    pub(crate) fn held_until(&mut self, now: Millis) -> Option<Millis> {
        self.forget(now);
        let allowed = self.allowed.as_mut()?;
        let sent = u32::try_from(self.sent.len()).unwrap_or(u32::MAX);
        if sent >= *allowed {
            *allowed += self.raise.take(now);
        }
        (sent >= *allowed).then(|| self.sent.front().map(|oldest| oldest + WINDOW))?
    }

    fn forget(&mut self, now: Millis) {
        while self.sent.front().is_some_and(|oldest| oldest + WINDOW <= now) {
            self.sent.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_limit_after_one_refusal_and_probes_upwards() {
        let mut own = HiddenLimit::default();
        for now in 0..21 {
            assert_eq!(own.held_until(now), None);
            own.sent(now);
        }
        own.refused(21);
        assert_eq!(own.allowed(), Some(20));
        assert_eq!(own.held_until(22), Some(60_000));
        assert_eq!(own.held_until(60_000), None);
        own.sent(60_000);
        assert_eq!(own.held_until(60_000), Some(60_001));
        for now in 300_000..300_060 {
            if own.held_until(now).is_none() {
                own.sent(now);
            }
        }
        assert_eq!((own.allowed(), own.left(300_060)), (Some(21), Some(0)));
        // Nobody refused that, so the next step is greater and comes sooner.
        for now in 360_100..360_200 {
            if own.held_until(now).is_none() {
                own.sent(now);
            }
        }
        assert_eq!(own.allowed(), Some(23));
        own.refused(360_200);
        for now in 430_000..430_100 {
            if own.held_until(now).is_none() {
                own.sent(now);
            }
        }
        assert_eq!(own.allowed(), Some(22));
    }
}
