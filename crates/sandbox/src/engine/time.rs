//! Dates of the proleptic Gregorian calendar, in UTC.

use super::Millis;

/// Milliseconds in a second, a minute, an hour and a day.
pub(super) const SECOND: Millis = 1_000;
pub(super) const MINUTE: Millis = 60 * SECOND;
pub(super) const HOUR: Millis = 60 * MINUTE;
pub(super) const DAY: Millis = 24 * HOUR;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Date {
    year: u64,
    month: u64,
    day: u64,
}

/// The date `days` after 1970-01-01. Works on years that begin in March, so that
/// a leap day is the last of its year.
fn date(days: u64) -> Date {
    let days = days + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    Date { year, month, day }
}

/// Days from 1970-01-01 to the date.
fn days(Date { year, month, day }: Date) -> u64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year / 400;
    let year_of_era = year % 400;
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    (era * 146_097 + day_of_era).saturating_sub(719_468)
}

/// As RFC 3339 writes it, for example `2026-11-24T18:14:58.885Z`.
pub(super) fn rfc3339(at: Millis) -> String {
    let Date { year, month, day } = date(at / DAY);
    format!("{year:04}-{month:02}-{day:02}T{}Z", time_of_day(at))
}

/// The time of day, for example `18:14:58.885`.
pub(super) fn time_of_day(at: Millis) -> String {
    let (hour, minute, second) = (at / HOUR % 24, at / MINUTE % 60, at / SECOND % 60);
    format!("{hour:02}:{minute:02}:{second:02}.{:03}", at % SECOND)
}

/// As HTTP writes it (IMF-fixdate, RFC 9110 section 5.6.7), for example
/// `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(super) fn http_date(at: Millis) -> String {
    let Date { year, month, day } = date(at / DAY);
    let name = |names: &[&'static str], index: u64| {
        usize::try_from(index).ok().and_then(|index| names.get(index).copied()).unwrap_or_default()
    };
    let (hour, minute, second) = (at / HOUR % 24, at / MINUTE % 60, at / SECOND % 60);
    format!(
        "{}, {day:02} {} {year:04} {hour:02}:{minute:02}:{second:02} GMT",
        name(&WEEKDAYS, at / DAY % 7),
        name(&MONTHS, month - 1),
    )
}

/// The calendar month, for example `2026-11`.
pub(super) fn month(at: Millis) -> String {
    let Date { year, month, .. } = date(at / DAY);
    format!("{year:04}-{month:02}")
}

/// Year and month, 1 to 12.
pub(super) fn year_month(at: Millis) -> (u64, u64) {
    let Date { year, month, .. } = date(at / DAY);
    (year, month)
}

/// When the calendar month began.
pub(super) fn month_start(at: Millis) -> Millis {
    let Date { year, month, .. } = date(at / DAY);
    days(Date { year, month, day: 1 }) * DAY
}

/// When the next calendar month begins.
pub(super) fn next_month(at: Millis) -> Millis {
    let Date { year, month, .. } = date(at / DAY);
    let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    days(Date { year, month, day: 1 }) * DAY
}

/// Whole seconds that `span` takes, rounded up.
pub(super) fn whole_seconds(span: Millis) -> u64 {
    span.div_ceil(SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_known_dates() {
        // The example of RFC 9110 section 5.6.7.
        assert_eq!(http_date(784_111_777_000), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(rfc3339(951_782_400_123), "2000-02-29T00:00:00.123Z");
        assert_eq!(rfc3339(1_795_543_698_885), "2026-11-24T18:08:18.885Z");
    }

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
    fn days_and_dates_are_inverse() {
        for day in (0..60_000).step_by(7) {
            assert_eq!(days(date(day)), day);
        }
    }

    #[test]
    fn seconds_round_up() {
        assert_eq!([0, 1, 1_000, 1_001].map(whole_seconds), [0, 1, 1, 2]);
    }
}
