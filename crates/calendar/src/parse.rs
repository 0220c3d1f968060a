//! Dates as headers carry them, read into epoch milliseconds.
//!
//! The crate `httpdate` (1.0.3) was tried for HTTP-dates and refuses three spellings that
//! are read here: other letter case, a leap second (`23:59:60`), and a weekday that does
//! not belong to the date. A server that writes one of these still names the moment.

use super::{MONTHS, WEEKDAYS, days_from_civil, short};

const DAY: i64 = 86_400_000;

/// Reads an HTTP-date in any of its three forms, as recipients have to (RFC 9110 section
/// 5.6.7).
#[must_use]
pub fn parse_http(text: &str) -> Option<u64> {
    let mut words = text.split([' ', ',']).filter(|word| !word.is_empty());
    // The rest names the day already, so any weekday will do.
    words.next().filter(|word| is_weekday(word))?;
    let words: Vec<&str> = words.collect();
    let (day, month, year, time) = match *words.as_slice() {
        // Sun, 06 Nov 1994 08:49:37 GMT
        [day, month, year, time, zone] if is_gmt(zone) => {
            (digits(day, 2)?, month, digits(year, 4)?, time)
        }
        // Sunday, 06-Nov-94 08:49:37 GMT
        [date, time, zone] if is_gmt(zone) => {
            let mut parts = date.splitn(3, '-');
            let (day, month) = (digits(parts.next()?, 2)?, parts.next()?);
            // RFC 9110 moves dates more than 50 years ahead into the past, which takes a
            // clock. This differs from that for no date that a rate limit may have.
            let year = match digits(parts.next()?, 2)? {
                late @ 70.. => 1900 + late,
                early => 2000 + early,
            };
            (day, month, year, time)
        }
        // Sun Nov  6 08:49:37 1994
        [month, day, time, year] => (digits(day, day.len().min(2))?, month, digits(year, 4)?, time),
        _ => return None,
    };
    let month = MONTHS.iter().position(|name| month.eq_ignore_ascii_case(short(name)))?;
    instant(year, i64::try_from(month).ok()? + 1, day, parse_time(time)?)
}

/// Whether a word is the name of a weekday, short or long.
#[must_use]
pub fn is_weekday(word: &str) -> bool {
    let is =
        |name: &&str| word.eq_ignore_ascii_case(short(name)) || word.eq_ignore_ascii_case(name);
    WEEKDAYS.iter().any(is)
}

fn is_gmt(zone: &str) -> bool {
    zone.eq_ignore_ascii_case("GMT")
}

/// Reads a date and time of RFC 3339 section 5.6, also with a space for the `T`.
#[must_use]
pub fn parse_rfc3339(text: &str) -> Option<u64> {
    let (date, rest) = text.split_once(['T', 't', ' '])?;
    let mut parts = date.splitn(3, '-');
    let year = digits(parts.next()?, 4)?;
    let (month, day) = (digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    let (time, zone) = match rest.strip_suffix(['Z', 'z']) {
        Some(time) => (time, 0),
        None => {
            let (time, zone) = rest.split_at_checked(rest.rfind(['+', '-'])?)?;
            let offset = parse_time(&format!("{}:00", zone.get(1..)?))?;
            (time, if zone.starts_with('-') { -offset } else { offset })
        }
    };
    let utc = i64::try_from(instant(year, month, day, parse_time(time)?)?).ok()? - zone;
    u64::try_from(utc).ok()
}

/// A number of exactly `length` digits, without a sign.
fn digits(text: &str, length: usize) -> Option<i64> {
    let whole = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if whole { text.parse().ok() } else { None }
}

/// `hh:mm:ss`, perhaps with a fraction, in milliseconds.
fn parse_time(text: &str) -> Option<i64> {
    let (text, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = text.splitn(3, ':');
    let hours = digits(parts.next()?, 2)?;
    let minutes = digits(parts.next()?, 2)?;
    let seconds = digits(parts.next()?, 2)?;
    // A leap second is 60.
    if hours > 23 || minutes > 59 || seconds > 60 {
        return None;
    }
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let millis: i64 = format!("{fraction}00").get(..3)?.parse().ok()?;
    Some((hours * 60 + minutes) * 60_000 + seconds * 1_000 + millis)
}

/// The moment in epoch milliseconds, if the calendar has it.
fn instant(year: i64, month: i64, day: i64, time: i64) -> Option<u64> {
    if !(1970..10_000).contains(&year) || !(1..=days_in(year, month)?).contains(&day) {
        return None;
    }
    let days = days_from_civil(year, month, day);
    u64::try_from(days * DAY + time).ok()
}

/// How many days a month has, if there is such a month.
fn days_in(year: i64, month: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => Some(if leap { 29 } else { 28 }),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        _ => None,
    }
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
            "SUN, 06 NOV 1994 08:49:37 gmt",
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
            "Sun, 31 Nov 1994 08:49:37 GMT",
            "Sun, 29 Feb 1994 08:49:37 GMT",
            "Sun, 6 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 8:49:37 GMT",
            "Sun, 06 Nov 1994 +8:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:3e GMT",
            "Sun, 06 Nov 1994 08:49:37. GMT",
            "Sun, 06 Nov 1994 08:49:37 PST",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Now 1994 08:49:37 GMT",
            "Son, 06 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov +994 08:49:37 GMT",
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
            "1994-02-30T08:49:37Z",
            "94-11-06T08:49:37Z",
            "1994-11-06T08:49:37+1:00",
            "1994-11-06T08:49:37.Z",
            "1994-11-06T08:49:37.-1Z",
        ] {
            assert_eq!(parse_rfc3339(text), None, "{text}");
        }
    }

    #[test]
    fn two_digits_of_a_year_and_the_calendar() {
        for (text, same) in [
            ("Thursday, 01-Jan-70 00:00:00 GMT", "1970-01-01T00:00:00Z"),
            ("Thursday, 01-Jan-26 00:00:00 GMT", "2026-01-01T00:00:00Z"),
            ("Tuesday, 29-Feb-00 00:00:00 GMT", "2000-02-29T00:00:00Z"),
            ("Sat, 31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00Z"),
        ] {
            assert_eq!(parse_http(text), Some(parse_rfc3339(same).unwrap()), "{text}");
        }
        assert_eq!(parse_rfc3339("1970-01-01T00:00:00.0459Z"), Some(45));
        assert_eq!(parse_rfc3339("1970-01-01T00:00:00.5Z"), Some(500));
        assert_eq!(parse_rfc3339("2100-02-29T00:00:00Z"), None);
    }
}
