//! How long to wait before a call is sent again, and whether to at all.

use crate::host::runtime::Millis;

/// First bound of the wait after a 429 without a hint.
pub(crate) const LIMITED_BASE: Millis = 1_000;
/// First bound of the wait after a failure that a second try may not meet.
pub(crate) const FAILURE_BASE: Millis = 300;
/// No wait of our own is longer.
const CAP: Millis = 120_000;
/// A lost line is tried at least this often.
const OFFLINE_CAP: Millis = 30_000;
/// A call is sent this often at most.
pub(crate) const MAX_ATTEMPTS: u32 = 5;
/// From the first try on, a call waits for its tries no longer than this in all,
/// except where the server or the user says so.
pub(crate) const MAX_TOTAL: Millis = 300_000;
/// Bounds of the spread after a reset.
const MIN_SPREAD: Millis = 250;
const MAX_SPREAD: Millis = 2_000;

/// Full jitter: a random wait up to `base * 2^failures`, capped (AWS Architecture
/// Blog, "Exponential Backoff And Jitter"). `random` is in `[0, 1)`.
pub(crate) fn full_jitter(base: Millis, failures: u32, random: f64) -> Millis {
    let bound = base.saturating_mul(1_u64.checked_shl(failures).unwrap_or(u64::MAX)).min(CAP);
    (bound as f64 * random) as Millis
}

/// How long until a lost line is tried again: between half of `1 s * 2^failures` and
/// all of it, 30 s at most. Never at once, unlike full jitter: nothing else is tried
/// meanwhile.
pub(crate) fn offline_wait(failures: u32, random: f64) -> Millis {
    let bound =
        1_000_u64.saturating_mul(1_u64.checked_shl(failures).unwrap_or(u64::MAX)).min(OFFLINE_CAP);
    bound / 2 + (bound as f64 / 2.0 * random) as Millis
}

/// How much later than told a wait ends, so that all who were told the same do not
/// come back at the same moment: up to 5 % of it, between 250 ms and 2 s.
pub(crate) fn spread(wait: Millis, random: f64) -> Millis {
    ((wait / 20).clamp(MIN_SPREAD, MAX_SPREAD) as f64 * random) as Millis
}

/// Limits retries, so that an outage does not multiply the load: ten at once, one more for
/// ten calls that succeed (the retry budget of the Google SRE book, chapter "Handling
/// Overload"), and one more every 30 s (`min_per_sec` of tower's budget), so that a page with
/// few calls has retries again soon after an outage.
#[derive(Debug, Default)]
pub(crate) struct RetryBudget {
    /// When the whole budget is there again.
    full_at: Millis,
}

impl RetryBudget {
    const AT_ONCE: u64 = 10;
    const EVERY: Millis = 30_000;

    /// Takes one retry. Returns false when none is left.
    pub(crate) fn take(&mut self, now: Millis) -> bool {
        let full_at = self.full_at.max(now) + Self::EVERY;
        let left = full_at <= now + Self::AT_ONCE * Self::EVERY;
        if left {
            self.full_at = full_at;
        }
        left
    }

    /// A call succeeded.
    pub(crate) fn succeeded(&mut self) {
        self.full_at = self.full_at.saturating_sub(Self::EVERY / 10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jitter_fills_its_bounds_and_never_passes_the_cap() {
        for failures in 0..80 {
            let bound = LIMITED_BASE.checked_shl(failures).filter(|b| *b < CAP && failures < 8);
            let bound = bound.unwrap_or(CAP);
            assert_eq!(full_jitter(LIMITED_BASE, failures, 0.0), 0);
            assert_eq!(full_jitter(LIMITED_BASE, failures, 0.5), bound / 2);
            assert!(full_jitter(LIMITED_BASE, failures, 0.999_999) < bound);
        }
        assert_eq!(full_jitter(FAILURE_BASE, 2, 0.5), 600);
    }

    #[test]
    fn a_lost_line_is_tried_less_and_less_often() {
        assert_eq!(offline_wait(0, 0.0), 500);
        assert_eq!(offline_wait(3, 0.5), 6_000);
        for failures in 0..80 {
            assert!((500..=OFFLINE_CAP).contains(&offline_wait(failures, 0.999_999)));
        }
        assert_eq!(offline_wait(40, 0.0), OFFLINE_CAP / 2);
    }

    #[test]
    fn the_spread_is_small_beside_the_wait() {
        assert_eq!(spread(1_000, 0.999_999), 249);
        assert_eq!(spread(20_000, 0.5), 500);
        assert_eq!(spread(3_600_000, 0.999_999), 1_999);
        assert_eq!(spread(60_000, 0.0), 0);
    }

    #[test]
    fn ten_retries_then_one_for_ten_successes() {
        let mut budget = RetryBudget::default();
        assert!((0..10).all(|_| budget.take(1_000)));
        assert!(!budget.take(1_000));
        for _ in 0..10 {
            budget.succeeded();
        }
        assert!(budget.take(1_000));
        assert!(!budget.take(1_000));
    }

    #[test]
    fn an_outage_uses_retries_up_for_five_minutes_at_most() {
        let mut budget = RetryBudget::default();
        let mut taken = |now| (0..20).filter(|_| budget.take(now)).count();
        assert_eq!(taken(1_000), 10);
        assert_eq!(taken(30_999), 0);
        assert_eq!(taken(31_000), 1);
        assert_eq!(taken(331_000), 10);
    }
}
