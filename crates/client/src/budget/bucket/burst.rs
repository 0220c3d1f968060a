//! The calls that a person at the keyboard may make at any time.
//!
//! Bulk work goes slowly, to leave room for other users of the same limit. A click does not
//! wait for that, as long as clicks are few: ten at once, and one more every six seconds. The
//! generic cell rate algorithm (ITU-T I.371) keeps one moment for it.

use serde::{Deserialize, Serialize};

use crate::host::runtime::Millis;

const AT_ONCE: u64 = 10;
const EVERY: Millis = 6_000;

/// When the whole burst is there again (the theoretical arrival time).
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(super) struct Burst(Millis);

impl Burst {
    /// Whether the first of `waiting` interactive calls may go; more of them are bulk work.
    pub(super) fn covers(self, waiting: usize, now: Millis) -> bool {
        waiting as u64 <= AT_ONCE && self.0.saturating_sub(now) <= (AT_ONCE - 1) * EVERY
    }

    /// An interactive call was sent, within the burst or not.
    pub(super) fn sent(&mut self, now: Millis) {
        self.0 = (self.0.max(now) + EVERY).min(now + AT_ONCE * EVERY);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_at_once_and_then_one_every_six_seconds() {
        let mut burst = Burst::default();
        for _ in 0..10 {
            assert!(burst.covers(1, 1_000));
            burst.sent(1_000);
        }
        assert!(!burst.covers(1, 6_999));
        assert!(burst.covers(1, 7_000));
        assert!(!burst.covers(11, 7_000), "many at once are bulk");
        burst.sent(7_000);
        assert!(!burst.covers(1, 12_999));
        assert!(burst.covers(1, 13_000));
    }

    #[test]
    fn bulk_work_delays_the_next_click_by_six_seconds_only() {
        let mut burst = Burst::default();
        for _ in 0..100 {
            burst.sent(1_000);
        }
        assert!(!burst.covers(1, 6_999));
        assert!(burst.covers(1, 7_000));
    }
}
