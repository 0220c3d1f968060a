//! Months in UTC that begin on a chosen day.

use super::{civil, midnight};

/// The last day of a month that every month has.
pub const LAST_FIRST_DAY: u8 = 28;

/// When the month that `now` is in began and when the next one begins, in epoch milliseconds,
/// where months begin on `first_day`.
#[must_use]
pub fn period(now: u64, first_day: u8) -> (u64, u64) {
    let first_day = i64::from(first_day.clamp(1, LAST_FIRST_DAY));
    let (mut year, mut month, day) = civil(now);
    if day < first_day {
        (year, month) = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
    }
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    (midnight(year, month, first_day), midnight(next_year, next_month, first_day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(year: i64, month: i64, day: i64, hour: u64) -> u64 {
        midnight(year, month, day) + hour * 3_600_000
    }

    #[test]
    fn months_begin_on_any_day() {
        for (now, first_day, began, next) in [
            (at(2026, 11, 24, 9), 1, at(2026, 11, 1, 0), at(2026, 12, 1, 0)),
            (at(2026, 12, 31, 23), 1, at(2026, 12, 1, 0), at(2027, 1, 1, 0)),
            (at(2026, 1, 1, 0), 1, at(2026, 1, 1, 0), at(2026, 2, 1, 0)),
            (at(2026, 1, 14, 23), 15, at(2025, 12, 15, 0), at(2026, 1, 15, 0)),
            (at(2026, 1, 15, 0), 15, at(2026, 1, 15, 0), at(2026, 2, 15, 0)),
            (at(2028, 2, 29, 12), 28, at(2028, 2, 28, 0), at(2028, 3, 28, 0)),
            (at(2026, 3, 31, 12), 31, at(2026, 3, 28, 0), at(2026, 4, 28, 0)),
        ] {
            assert_eq!(period(now, first_day), (began, next), "{now} {first_day}");
        }
    }
}
