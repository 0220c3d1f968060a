//! Durations that name their units: as Go prints them (`1h2m0.5s`, also with days), which
//! many servers send, and as ISO 8601 does (`PT1M30S`).

use super::text::number;
use crate::Millis;

/// Units and their lengths in milliseconds, the largest first.
type Units = [(&'static str, f64)];

const GO: &Units = &[
    ("d", 86_400_000.0),
    ("h", 3_600_000.0),
    ("m", 60_000.0),
    ("s", 1_000.0),
    ("ms", 1.0),
    ("us", 0.001),
    ("µs", 0.001),
    // The Greek letter.
    ("μs", 0.001),
    // The micro sign in UTF-8, read as Latin-1, as browsers read headers.
    ("Âµs", 0.001),
    ("ns", 0.000_001),
];
/// Years and months have no fixed length.
const ISO_DAYS: &Units = &[("W", 604_800_000.0), ("D", 86_400_000.0)];
const ISO_TIME: &Units = &[("H", 3_600_000.0), ("M", 60_000.0), ("S", 1_000.0)];

/// Reads a duration into milliseconds, rounded up: nothing ends early.
pub(super) fn parse(text: &str) -> Option<Millis> {
    let duration = match text.strip_prefix('P') {
        Some(iso) => match iso.split_once('T') {
            Some(("", time)) => sum(time, ISO_TIME)?,
            Some((days, time)) => sum(days, ISO_DAYS)? + sum(time, ISO_TIME)?,
            None => sum(iso, ISO_DAYS)?,
        },
        None => sum(text, GO)?,
    };
    // Less than a nanosecond is the error of the sum.
    Some((duration - 1e-6).ceil() as Millis)
}

/// The sum of numbers with units, at least one, each unit smaller than the one before.
fn sum(mut text: &str, mut units: &Units) -> Option<f64> {
    let mut total = 0.0;
    loop {
        let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
        let (amount, rest) = text.split_at_checked(end)?;
        let end = rest.find(|letter: char| letter.is_ascii_digit()).unwrap_or(rest.len());
        let (unit, rest) = rest.split_at_checked(end)?;
        let place = units.iter().position(|(name, _)| *name == unit)?;
        let ((_, length), smaller) = units.get(place..)?.split_first()?;
        total += number(amount)? * length;
        if rest.is_empty() {
            return Some(total);
        }
        (text, units) = (rest, smaller);
    }
}
