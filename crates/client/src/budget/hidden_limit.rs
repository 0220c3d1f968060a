//! The limit where its headers are hidden, found by counting.
//!
//! A browser shows a page only those headers of another origin that the server exposes.
//! Without them the first refusal shows how many calls a minute allows: those before it.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::host::runtime::Millis;

/// The length of a window, until something shows it.
pub(crate) const WINDOW: Millis = 60_000;
/// How long a limit that was found is kept before a greater one is tried.
const PATIENCE: Millis = 5 * WINDOW;
/// How many calls are remembered. No limit is greater.
const KEPT: usize = 10_000;

/// The calls of the last minute, and how many of them are allowed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct HiddenLimit {
    sent: VecDeque<Millis>,
    allowed: Option<u32>,
    raise: Raise,
}

/// When the limit is raised, and by how much: other users may have had a part of the minute
/// in which it was found. By one after five minutes, then by twice as much after each minute
/// without a refusal. A raise that is wrong costs as many refusals as its size.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Raise {
    due_at: Millis,
    step: u32,
}

impl Raise {
    /// A limit was found.
    pub(crate) fn learnt(now: Millis) -> Self {
        Self { due_at: now + PATIENCE, step: 1 }
    }

    /// How much to add to the limit now.
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
    /// A call was sent.
    pub(crate) fn sent(&mut self, now: Millis) {
        self.forget(now);
        if self.sent.len() < KEPT {
            self.sent.push_back(now);
        }
    }

    /// The latest call was given up before it was sent.
    pub(crate) fn unsent(&mut self) {
        self.sent.pop_back();
    }

    /// A call was refused: the other calls of the last minute are the limit.
    pub(crate) fn refused(&mut self, now: Millis) {
        self.forget(now);
        self.allowed = Some(self.accepted(now.saturating_sub(WINDOW - 1)).max(1));
        self.raise = Raise::learnt(now);
    }

    /// A call was refused. Returns how many other calls since `since` were not.
    pub(crate) fn accepted(&mut self, since: Millis) -> u32 {
        self.sent.pop_back();
        let accepted = self.sent.iter().filter(|at| **at >= since).count();
        u32::try_from(accepted).unwrap_or(u32::MAX)
    }

    /// How many calls a minute allows; `None` before the first refusal.
    pub(crate) fn allowed(&self) -> Option<u32> {
        self.allowed
    }

    /// How many calls may go now; `None` before the first refusal.
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
