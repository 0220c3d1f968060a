//! Counting for oneself, where the headers of the limit cannot be read.
//!
//! A browser shows a page only those headers of another origin that the server
//! exposes. Without them, the first refusal tells how many calls a minute allows:
//! as many as went before it.

use std::collections::VecDeque;

use crate::runtime::Millis;

/// The window that is assumed.
pub(crate) const WINDOW: Millis = 60_000;
/// How long a guess must hold before a greater one is tried.
const PATIENCE: Millis = 5 * WINDOW;
/// More than any limit that is worth counting towards.
const KEPT: usize = 10_000;

/// The calls of the last minute, and how many of them are allowed.
#[derive(Debug, Default)]
pub(crate) struct OwnCount {
    sent: VecDeque<Millis>,
    allowed: Option<u32>,
    learnt_at: Millis,
}

impl OwnCount {
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
        self.sent.pop_back();
        self.forget(now);
        self.allowed = Some(self.count().max(1));
        self.learnt_at = now;
    }

    /// How many calls a minute seem to be allowed, once known.
    pub(crate) fn allowed(&self) -> Option<u32> {
        self.allowed
    }

    pub(crate) fn left(&self, now: Millis) -> Option<u32> {
        let recent = self.sent.iter().filter(|at| **at + WINDOW > now).count();
        Some(self.allowed?.saturating_sub(u32::try_from(recent).unwrap_or(u32::MAX)))
    }

    /// When the next call may go, if not now. A guess that held for five minutes is
    /// raised by a tenth, since others may have used up the window in which it was
    /// made.
    pub(crate) fn held_until(&mut self, now: Millis) -> Option<Millis> {
        self.forget(now);
        let allowed = self.allowed.as_mut()?;
        let sent = u32::try_from(self.sent.len()).unwrap_or(u32::MAX);
        if sent >= *allowed && now >= self.learnt_at + PATIENCE {
            *allowed += (*allowed / 10).max(1);
            self.learnt_at = now;
        }
        (sent >= *allowed).then(|| self.sent.front().map(|oldest| oldest + WINDOW))?
    }

    fn count(&self) -> u32 {
        u32::try_from(self.sent.len()).unwrap_or(u32::MAX)
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
        let mut own = OwnCount::default();
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
        assert_eq!((own.allowed(), own.left(300_060)), (Some(22), Some(0)));
    }
}
