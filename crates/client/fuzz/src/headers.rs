//! What holds for every list of headers, and how bytes become one.

use backoffice_client::sentences;
use backoffice_limits::{self as limits, FAR, Limits, Reset, Unit};

/// A case to read: the headers, when they came, and the unit used before.
pub type Case = (Vec<(String, String)>, u64, Option<Unit>);

/// Times to read at: the beginning of all time, today and its end.
const NOWS: [u64; 4] = [1_795_513_420_000, 1_795_513_420_999, 0, u64::MAX];
const UNITS: [Option<Unit>; 4] =
    [None, Some(Unit::Seconds), Some(Unit::Millis), Some(Unit::EpochSeconds)];

/// Reads a case from bytes: a first one that chooses time and unit, then lines of a
/// name, a colon and a value.
pub fn case(data: &[u8]) -> Case {
    let (first, rest) = data.split_first().map_or((0, data), |(first, rest)| (*first, rest));
    let pick = usize::from(first);
    let now = NOWS.get(pick % 4).copied().unwrap_or_default();
    let known = UNITS.get(pick / 4 % 4).copied().flatten();
    let text = String::from_utf8_lossy(rest);
    let lines = text.split('\n').filter_map(|line| line.split_once(':'));
    (lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(), now, known)
}

/// Reads the headers and asserts what holds for all of them.
pub fn check((headers, now, known): &Case) {
    let read = |headers: &[(String, String)]| limits::read(headers, *now, *known);
    let limits = read(headers);
    invariants(&limits, *now);

    let backwards: Vec<_> = headers.iter().rev().cloned().collect();
    assert_eq!(read(&backwards), limits, "the order of headers says nothing");
    let loud: Vec<_> =
        headers.iter().map(|(name, value)| (name.to_ascii_uppercase(), value.clone())).collect();
    assert_eq!(read(&loud), limits, "nor does the case of their names");
    let padded: Vec<_> =
        headers.iter().map(|(name, value)| (name.clone(), format!("\t {value} "))).collect();
    assert_eq!(read(&padded), limits, "nor does the space around their values");
}

/// What holds for whatever was read.
pub fn invariants(limits: &Limits, now: u64) {
    for reset in [&limits.reset, &limits.retry_after].into_iter().flatten() {
        moment(reset, now);
    }
    if let (Some(remaining), Some(limit)) = (limits.remaining, limits.limit) {
        assert!(remaining <= limit, "more is left than there is: {limits:?}");
    }
    assert_ne!(limits.limit, Some(0), "a limit of zero counts as missing");
    if let Some(window) = limits.window {
        assert!((1..=FAR).contains(&window), "{limits:?}");
        let end = limits.reset.as_ref().map_or(now, |reset| reset.at);
        assert!(end - now <= window + 1_000, "ends after its window: {limits:?}");
    }
    let hint = limits.retry_after.as_ref().or(limits.reset.as_ref());
    assert_eq!(limits.hint(), hint, "Retry-After goes first");
    assert_eq!(limits.is_hidden(), limits.remaining.is_none() && limits.reset.is_none());
}

fn moment(reset: &Reset, now: u64) {
    assert!(reset.at >= now, "before now: {reset:?}");
    assert!(reset.at - now <= FAR, "too far away: {reset:?}");
    let reading = &reset.reading;
    assert!(reading.value.chars().count() <= 61, "too long: {reset:?}");
    assert_eq!(reading.header, reading.header.to_ascii_lowercase(), "{reset:?}");
    let sentence = sentences::reading(reading);
    assert!(!sentence.contains(|c: char| c.is_control()), "a control is shown: {reset:?}");
    let named = format!("{}: {}, read as ", reading.header, reading.value);
    assert!(sentence.starts_with(&named), "{sentence}");
}
