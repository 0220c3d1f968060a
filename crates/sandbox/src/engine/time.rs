//! Spans and months of the sandbox's clock, in UTC.

use backoffice_calendar::{civil, midnight};
pub(super) use backoffice_calendar::{http_date, rfc3339, time_of_day};

use crate::engine::Millis;

/// Milliseconds in a second, a minute, an hour and a day.
pub(super) const SECOND: Millis = 1_000;
pub(super) const MINUTE: Millis = 60 * SECOND;
pub(super) const HOUR: Millis = 60 * MINUTE;
pub(super) const DAY: Millis = 24 * HOUR;

/// The calendar month, for example `2026-11`.
pub(super) fn month(at: Millis) -> String {
    let (year, month, _) = civil(at);
    format!("{year:04}-{month:02}")
}

/// Year and month, 1 to 12.
pub(super) fn year_month(at: Millis) -> (u64, u64) {
    let (year, month, _) = civil(at);
    // Times are counted from 1970 on.
    (year.unsigned_abs(), month.unsigned_abs())
}

/// When the calendar month began.
pub(super) fn month_start(at: Millis) -> Millis {
    let (year, month, _) = civil(at);
    midnight(year, month, 1)
}

/// When the next calendar month begins.
pub(super) fn next_month(at: Millis) -> Millis {
    let (year, month, _) = civil(at);
    let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    midnight(year, month, 1)
}

/// The seconds of `span`, rounded up.
pub(super) fn whole_seconds(span: Millis) -> u64 {
    span.div_ceil(SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_follow_each_other() {
        let christmas = 1_798_156_800_000;
        assert_eq!(month(christmas), "2026-12");
        assert_eq!(year_month(christmas), (2026, 12));
        assert_eq!(rfc3339(month_start(christmas)), "2026-12-01T00:00:00.000Z");
        assert_eq!(rfc3339(next_month(christmas)), "2027-01-01T00:00:00.000Z");
        assert_eq!(rfc3339(next_month(951_782_400_123)), "2000-03-01T00:00:00.000Z");
    }

    #[test]
    fn seconds_round_up() {
        assert_eq!([0, 1, 1_000, 1_001].map(whole_seconds), [0, 1, 1, 2]);
    }
}
