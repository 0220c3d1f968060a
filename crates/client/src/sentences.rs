//! Facts as sentences for people.

use crate::limits::{Reading, Unit};
use crate::runtime::Millis;
use crate::words;

/// How a header was read: "x-ratelimit-reset: 41, read as seconds left", and what was done
/// about a clock or a window that did not fit. It follows a colon.
#[must_use]
pub fn reading(reading: &Reading) -> String {
    let unit = match reading.unit {
        Unit::Seconds => "seconds left",
        Unit::Millis => "milliseconds left",
        Unit::EpochSeconds => "a UNIX timestamp in seconds",
        Unit::EpochMillis => "a UNIX timestamp in milliseconds",
        Unit::Date => "a date",
        Unit::Duration => "a duration",
    };
    let mut text = format!("{}: {}, read as {unit}", reading.header, reading.value);
    if let Some(ahead) = reading.clock_ahead {
        let side = if ahead > 0 { "ahead of" } else { "behind" };
        let apart = words::duration(rounded(ahead.unsigned_abs()));
        text += &format!(", with the server's clock {apart} {side} this one");
    }
    if let Some(window) = reading.cut_to {
        text += &format!(", cut to a window of {}", words::duration(window));
    }
    text
}

/// Rounded to the unit that it is shown in: 599.4 s are 10 minutes.
fn rounded(ms: Millis) -> Millis {
    let step = match ms {
        0..=119_999 => 1_000,
        120_000..=7_199_999 => 60_000,
        7_200_000..=172_799_999 => 3_600_000,
        _ => 86_400_000,
    };
    (ms.saturating_add(step / 2) / step).saturating_mul(step)
}
