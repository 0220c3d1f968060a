//! Days and months in UTC.
//!
//! After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".

use crate::runtime::Millis;

/// The length of a day.
pub(crate) const DAY: Millis = 86_400_000;

/// The last day of a month that every month has.
pub(crate) const LAST_FIRST_DAY: u8 = 28;

/// When the month that `now` is in began and when the next one begins, where months
/// begin on `first_day`.
pub(crate) fn month(now: Millis, first_day: u8) -> (Millis, Millis) {
    let first_day = i64::from(first_day.clamp(1, LAST_FIRST_DAY));
    let days = i64::try_from(now / DAY).unwrap_or(i64::MAX / 2);
    let (mut year, mut month, day) = civil_from_days(days);
    if day < first_day {
        (year, month) = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
    }
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    (midnight(year, month, first_day), midnight(next_year, next_month, first_day))
}

fn midnight(year: i64, month: i64, day: i64) -> Millis {
    Millis::try_from(days_from_civil(year, month, day)).unwrap_or_default() * DAY
}

/// Days since the epoch; `month` from 1, `day` from 1.
pub(crate) fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month from 1 and day from 1.
pub(crate) fn civil_from_days(days: i64) -> (i64, i64, i64) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn at(year: i64, month: i64, day: i64, hour: u64) -> Millis {
        midnight(year, month, day) + hour * 3_600_000
    }

    #[test]
    fn months_begin_on_any_day() {
        assert_eq!(at(2026, 11, 24, 0), 1_795_478_400_000);
        for (now, first_day, began, next) in [
            (at(2026, 11, 24, 9), 1, at(2026, 11, 1, 0), at(2026, 12, 1, 0)),
            (at(2026, 12, 31, 23), 1, at(2026, 12, 1, 0), at(2027, 1, 1, 0)),
            (at(2026, 1, 1, 0), 1, at(2026, 1, 1, 0), at(2026, 2, 1, 0)),
            (at(2026, 1, 14, 23), 15, at(2025, 12, 15, 0), at(2026, 1, 15, 0)),
            (at(2026, 1, 15, 0), 15, at(2026, 1, 15, 0), at(2026, 2, 15, 0)),
            (at(2028, 2, 29, 12), 28, at(2028, 2, 28, 0), at(2028, 3, 28, 0)),
            (at(2026, 3, 31, 12), 31, at(2026, 3, 28, 0), at(2026, 4, 28, 0)),
        ] {
            assert_eq!(month(now, first_day), (began, next), "{now} {first_day}");
        }
    }

    #[test]
    fn days_and_dates_are_inverse() {
        for days in (-100_000..100_000).step_by(37) {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
    }
}
