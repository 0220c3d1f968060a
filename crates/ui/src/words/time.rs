//! Times in words.

use backoffice_calendar::{civil, month_name, short};
use wasm_bindgen::JsValue;

/// How long ago, for a stamp: `ms` is the age in milliseconds.
#[must_use]
pub fn ago(ms: u64) -> String {
    let seconds = ms / 1_000;
    match seconds {
        0..=4 => "just now".to_owned(),
        5..=59 => format!("{seconds} s ago"),
        60..=3_599 => format!("{} min ago", seconds / 60),
        3_600..=86_399 => format!("{} h ago", seconds / 3_600),
        86_400..=172_799 => "yesterday".to_owned(),
        _ => format!("{} days ago", seconds / 86_400),
    }
}

/// How long still, rounded up so that a countdown ends at one: `ms` milliseconds.
#[must_use]
pub fn left(ms: u64) -> String {
    let seconds = ms.div_ceil(1_000);
    match seconds {
        0..=119 => format!("{seconds} s"),
        120..=7_199 => format!("{} min", seconds.div_ceil(60)),
        7_200..=172_799 => format!("{} h", seconds.div_ceil(3_600)),
        _ => format!("{} days", seconds.div_ceil(86_400)),
    }
}

/// How long something took, as exact as it is worth: `ms` milliseconds.
#[must_use]
pub fn took(ms: u64) -> String {
    match ms {
        0..=999 => format!("{ms} ms"),
        1_000..=9_999 => format!("{}.{} s", ms / 1_000, ms % 1_000 / 100),
        _ => left(ms),
    }
}

/// Epoch milliseconds of an RFC 3339 time, as the browser reads it.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be a date")]
pub fn parse(text: &str) -> Option<u64> {
    let ms = js_sys::Date::parse(text);
    (ms.is_finite() && ms >= 0.0).then_some(ms as u64)
}

/// The local date and time, as the user's browser writes them.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "dates are far below 2^53")]
pub fn local(ms: u64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(ms as f64));
    String::from(date.to_locale_string("default", &JsValue::UNDEFINED))
}

/// The local time of day, `14:31:08`.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "dates are far below 2^53")]
pub fn clock(ms: u64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(ms as f64));
    format!("{:02}:{:02}:{:02}", date.get_hours(), date.get_minutes(), date.get_seconds())
}

/// When something will be, as exact as one would say it at `now`: the time of day, or
/// the day when that is not soon.
#[must_use]
pub fn when(ms: u64, now: u64) -> String {
    if ms.saturating_sub(now) < 12 * 3_600_000 { clock(ms) } else { utc_day(ms) }
}

/// The day in UTC, `27 Nov`: months of the API begin and end there.
#[must_use]
pub fn utc_day(ms: u64) -> String {
    let (_, month, day) = civil(ms);
    format!("{day} {}", short(month_name(month)))
}

/// Month and year in UTC, `October 2026`.
#[must_use]
pub fn utc_month(ms: u64) -> String {
    let (year, month, _) = civil(ms);
    format!("{} {year}", month_name(month))
}

/// Year and month in UTC, the month from 1 to 12.
#[must_use]
pub fn utc_year_month(ms: u64) -> (i64, i64) {
    let (year, month, _) = civil(ms);
    (year, month)
}

/// As RFC 3339 writes it, in UTC.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a moment since 1970")]
pub fn rfc3339(ms: f64) -> String {
    backoffice_calendar::rfc3339(ms as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_and_countdowns() {
        assert_eq!(ago(900), "just now");
        assert_eq!(ago(12_000), "12 s ago");
        assert_eq!(ago(125_000), "2 min ago");
        assert_eq!(ago(7_300_000), "2 h ago");
        assert_eq!(ago(90_000_000), "yesterday");
        assert_eq!(took(12), "12 ms");
        assert_eq!(took(1_260), "1.2 s");
        assert_eq!(took(41_000), "41 s");
        assert_eq!(left(1), "1 s");
        assert_eq!(left(41_000), "41 s");
        assert_eq!(left(121_000), "3 min");
        assert_eq!(left(86_400_000 * 7), "7 days");
    }
}
