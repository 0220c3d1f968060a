//! Days, dates and moments in UTC, on the proleptic Gregorian calendar.
//!
//! The arithmetic is that of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".

mod parse;
mod period;

pub use parse::{is_weekday, parse_http, parse_rfc3339};
pub use period::{LAST_FIRST_DAY, period};

/// Milliseconds in a day.
pub const DAY: u64 = 86_400_000;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// From the day of the epoch on.
const WEEKDAYS: [&str; 7] =
    ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

/// The English name of a month, which counts from 1; empty for a number that is no month.
#[must_use]
pub fn month_name(month: i64) -> &'static str {
    let at = month.checked_sub(1).and_then(|at| usize::try_from(at).ok());
    at.and_then(|at| MONTHS.get(at)).copied().unwrap_or_default()
}

/// The first three letters of a name, as dates have it.
#[must_use]
pub fn short(name: &str) -> &str {
    name.get(..3).unwrap_or(name)
}

/// Days since 1970-01-01; `month` and `day` count from 1.
#[must_use]
pub fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month from 1 and day from 1 of the day that is so many days after 1970-01-01.
#[must_use]
pub fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// Year, month from 1 and day from 1 of a moment in epoch milliseconds.
#[must_use]
pub fn civil(at: u64) -> (i64, i64, i64) {
    civil_from_days(i64::try_from(at / DAY).unwrap_or(i64::MAX / 2))
}

/// The beginning of a day in epoch milliseconds; days before the epoch count as its first.
#[must_use]
pub fn midnight(year: i64, month: i64, day: i64) -> u64 {
    u64::try_from(days_from_civil(year, month, day)).unwrap_or_default() * DAY
}

/// The time of day of a moment in epoch milliseconds, for example `18:14:58.885`.
#[must_use]
pub fn time_of_day(at: u64) -> String {
    format!("{}.{:03}", to_the_second(at), at % 1_000)
}

/// A moment in epoch milliseconds as RFC 3339 writes it, for example
/// `2026-11-24T18:14:58.885Z`.
#[must_use]
pub fn rfc3339(at: u64) -> String {
    let (year, month, day) = civil(at);
    format!("{year:04}-{month:02}-{day:02}T{}Z", time_of_day(at))
}

/// The same in whole seconds, for example `2026-11-24T18:14:58Z`.
#[must_use]
pub fn rfc3339_seconds(at: u64) -> String {
    let (year, month, day) = civil(at);
    format!("{year:04}-{month:02}-{day:02}T{}Z", to_the_second(at))
}

/// A moment in epoch milliseconds as HTTP writes it (IMF-fixdate, RFC 9110 section 5.6.7),
/// for example `Sun, 06 Nov 1994 08:49:37 GMT`.
#[must_use]
pub fn http_date(at: u64) -> String {
    let (year, month, day) = civil(at);
    let weekday = usize::try_from(at / DAY % 7).ok().and_then(|day| WEEKDAYS.get(day));
    format!(
        "{}, {day:02} {} {year:04} {} GMT",
        short(weekday.unwrap_or(&"")),
        short(month_name(month)),
        to_the_second(at),
    )
}

fn to_the_second(at: u64) -> String {
    let seconds = at % DAY / 1_000;
    format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
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
        assert_eq!(rfc3339_seconds(1_795_543_698_885), "2026-11-24T18:08:18Z");
        assert_eq!(midnight(2026, 11, 24), 1_795_478_400_000);
        assert_eq!(midnight(1969, 12, 31), 0);
    }

    #[test]
    fn days_and_dates_are_inverse() {
        for days in (-100_000..100_000).step_by(37) {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
    }
}
