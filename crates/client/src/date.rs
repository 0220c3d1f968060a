//! Dates as headers carry them, read into epoch milliseconds.

use crate::runtime::Millis;

const DAY: i64 = 86_400_000;
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads an HTTP-date in any of its three forms (RFC 9110 section 5.6.7).
pub(crate) fn parse_http(text: &str) -> Option<Millis> {
    // The first word is the weekday, which says nothing that the rest does not.
    let mut words =
        text.split([' ', ',', '-']).filter(|word| !word.is_empty() && *word != "GMT").skip(1);
    let (mut day, mut month, mut year, mut time) = (None, None, None, None);
    for word in &mut words {
        let number = word.parse::<i64>().ok();
        if word.contains(':') {
            time = Some(parse_time(word)?);
        } else if let Some(name) = MONTHS.iter().position(|name| word.eq_ignore_ascii_case(name)) {
            month = i64::try_from(name).ok();
        } else if day.is_none() {
            day = Some(number?);
        } else {
            year = Some(match number? {
                short @ 0..70 if word.len() == 2 => 2000 + short,
                short @ 70..100 if word.len() == 2 => 1900 + short,
                full => full,
            });
        }
    }
    instant(year?, month? + 1, day?, time?)
}

/// Reads a date and time of RFC 3339.
pub(crate) fn parse_rfc3339(text: &str) -> Option<Millis> {
    let (date, rest) = text.split_once(['T', 't', ' '])?;
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let (time, zone) = match rest.strip_suffix(['Z', 'z']) {
        Some(time) => (time, 0),
        None => {
            let at = rest.rfind(['+', '-'])?;
            let (time, zone) = rest.split_at_checked(at)?;
            let offset = parse_time(&format!("{}:0", zone.get(1..)?))?;
            (time, if zone.starts_with('-') { -offset } else { offset })
        }
    };
    let utc = i64::try_from(instant(year, month, day, parse_time(time)?)?).ok()? - zone;
    Millis::try_from(utc).ok()
}

/// The first moment of the month after the one that `now` is in (UTC).
pub(crate) fn next_month(now: Millis) -> Millis {
    let days = i64::try_from(now).unwrap_or(i64::MAX) / DAY;
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    instant(year, month, 1, 0).unwrap_or(now)
}

/// `hh:mm:ss`, perhaps with a fraction, in milliseconds.
fn parse_time(text: &str) -> Option<i64> {
    let mut parts = text.splitn(3, ':');
    let hours: i64 = parts.next()?.parse().ok()?;
    let minutes: i64 = parts.next()?.parse().ok()?;
    let seconds: f64 = parts.next()?.parse().ok()?;
    // A leap second is 60.
    if !(0..24).contains(&hours) || !(0..60).contains(&minutes) || !(0.0..61.0).contains(&seconds) {
        return None;
    }
    Some((hours * 60 + minutes) * 60_000 + (seconds * 1_000.0) as i64)
}

/// The moment, or none where the calendar has none. The same source as above,
/// `days_from_civil`.
fn instant(year: i64, month: i64, day: i64, time: i64) -> Option<Millis> {
    if !(1970..10_000).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = era * 146_097 + day_of_era - 719_468;
    Millis::try_from(days * DAY + time).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form_and_nothing_else() {
        let expected = Some(784_111_777_000);
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(parse_http(text), expected, "{text}");
        }
        for text in
            ["1994-11-06T08:49:37Z", "1994-11-06 09:49:37+01:00", "1994-11-06t08:19:37.000-00:30"]
        {
            assert_eq!(parse_rfc3339(text), expected, "{text}");
        }
        for text in [
            "",
            "41",
            "Sun",
            "Sun, 32 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 25:00:00 GMT",
            "ü-ü-ü",
            "x x:x:x",
        ] {
            assert_eq!(parse_http(text), None, "{text}");
            assert_eq!(parse_rfc3339(text), None, "{text}");
        }
        for text in [
            "1994-11-06T08:49:37",
            "1994-13-06T08:49:37Z",
            "1994-11-06T08:49:37ü",
            "1994-11-06T08:49:37+ü",
        ] {
            assert_eq!(parse_rfc3339(text), None, "{text}");
        }
    }

    #[test]
    fn months_end_where_the_next_begins() {
        for (now, next) in [
            ("2026-11-24T09:43:40Z", "2026-12-01T00:00:00Z"),
            ("2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z"),
            ("2028-02-29T12:00:00Z", "2028-03-01T00:00:00Z"),
            ("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"),
        ] {
            assert_eq!(Some(next_month(parse_rfc3339(now).unwrap())), parse_rfc3339(next), "{now}");
        }
    }
}
