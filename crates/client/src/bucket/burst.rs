//! What a person at the keyboard may always do.
//!
//! Pacing is for work in bulk. A click is not held back for the sake of others as
//! long as there are few of them: ten at once, and one every six seconds.

use serde::{Deserialize, Serialize};

use crate::runtime::Millis;

const AT_ONCE: u32 = 10;
const EVERY: Millis = 6_000;

/// An allowance that fills up with time.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Burst {
    used: u32,
    since: Millis,
}

impl Burst {
    /// Whether the first of `waiting` calls is within the allowance.
    pub(super) fn covers(&self, waiting: usize, now: Millis) -> bool {
        waiting <= AT_ONCE as usize && self.used_at(now).0 < AT_ONCE
    }

    pub(super) fn sent(&mut self, now: Millis) {
        let (used, since) = self.used_at(now);
        (self.used, self.since) = ((used + 1).min(AT_ONCE), since);
    }

    fn used_at(&self, now: Millis) -> (u32, Millis) {
        let back = now.saturating_sub(self.since) / EVERY;
        match self.used.checked_sub(u32::try_from(back).unwrap_or(u32::MAX)) {
            Some(used) if used > 0 => (used, self.since + back * EVERY),
            _ => (0, now),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_at_once_and_then_one_every_six_seconds() {
        let mut personal = Burst::default();
        for _ in 0..10 {
            assert!(personal.covers(1, 1_000));
            personal.sent(1_000);
        }
        assert!(!personal.covers(1, 6_999));
        assert!(personal.covers(1, 7_000));
        assert!(!personal.covers(11, 7_000), "many at once are bulk");
        personal.sent(7_000);
        assert!(!personal.covers(1, 12_999));
        assert!(personal.covers(1, 13_000));
    }
}
