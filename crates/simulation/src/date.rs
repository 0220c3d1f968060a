//! Moments as headers write them.

use backoffice_client::Millis;

const DAY: Millis = 86_400_000;
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// An HTTP-date (RFC 9110 section 5.6.7), to the second.
pub(crate) fn http(at: Millis) -> String {
    let (year, month, day) = civil(at);
    let weekday = nth(&WEEKDAYS, at / DAY % 7);
    let month = nth(&MONTHS, month - 1);
    format!("{weekday}, {day:02} {month} {year} {} GMT", time(at))
}

/// A date and time of RFC 3339, to the second.
pub(crate) fn rfc3339(at: Millis) -> String {
    let (year, month, day) = civil(at);
    format!("{year}-{month:02}-{day:02}T{}Z", time(at))
}

fn nth(names: &[&'static str], index: Millis) -> &'static str {
    usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
}

fn time(at: Millis) -> String {
    let seconds = at % DAY / 1_000;
    format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// Year, month and day (Howard Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms", `civil_from_days`).
fn civil(at: Millis) -> (Millis, Millis, Millis) {
    let shifted = at / DAY + 719_468;
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert_eq!(http(784_111_777_000), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(rfc3339(784_111_777_999), "1994-11-06T08:49:37Z");
        assert_eq!(rfc3339(951_782_400_000), "2000-02-29T00:00:00Z");
        assert_eq!(http(0), "Thu, 01 Jan 1970 00:00:00 GMT");
    }
}
