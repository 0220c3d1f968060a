//! What the standard tier costs, in cents of a US dollar a month.
//!
//! A replica of size 0.2 (200 MB) costs 10 dollars a month and a database what its
//! size costs, as the platform's list of prices has it. Both are billed by the second:
//! a month is a calendar month of UTC, so a second costs the price of a month over the
//! seconds of that month. (An invoice of May 2017 among the platform's examples, 43,944
//! replica-size-seconds for 82 cents, comes out exactly so, and not with 30 days.)

use crate::types::database::Plan;

/// One replica of size 0.1 for a month.
const TENTH_CENTS: u64 = 500;

/// A size in tenths, the steps that sizes come in; what is no size is 0.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded and clamped")]
pub fn tenths(size: f64) -> u64 {
    (size * 10.0).round().clamp(0.0, 1e9) as u64
}

/// What replicas cost a month while they run.
#[must_use]
pub fn replicas_cents(replicas: u32, size: f64) -> u64 {
    u64::from(replicas) * tenths(size) * TENTH_CENTS
}

/// What a standard database costs a month; `None` for a size that is not sold.
#[must_use]
pub fn database_cents(size: f64, highly_available: bool) -> Option<u64> {
    Plan::of(size).map(|plan| u64::from(plan.price(highly_available)) * 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::FREE_SIZE;
    use crate::types::database::PLANS;

    #[test]
    fn ten_dollars_for_each_200_mb() {
        assert_eq!(replicas_cents(1, FREE_SIZE), 1_000);
        assert_eq!(replicas_cents(2, 0.5), 5_000);
        assert_eq!(replicas_cents(0, 16.0), 0);
        assert_eq!(replicas_cents(1, f64::NAN), 0);
    }

    #[test]
    fn every_size_of_a_database_has_its_price() {
        for plan in PLANS {
            let single = database_cents(plan.size, false).unwrap_or_default();
            assert!(single >= 2_500, "{}", plan.size);
            assert_eq!(database_cents(plan.size, true), Some(single * 2));
        }
        assert_eq!(database_cents(1.7, false), Some(5_000));
        assert_eq!(database_cents(2.0, false), None);
    }
}
