//! When a header says that something happens, by the clock of the caller.

use super::text::{number, shown};
use super::{FAR, Reading, Reset, Unit, duration};
use crate::Millis;
use backoffice_calendar as date;

/// A moment up to this far in the past is taken for now; an earlier one is the mistake of
/// a wrong clock.
const PAST: Millis = 60_000;
/// Up to here a bare number is read as seconds, if nothing else is known: no server is
/// known to announce a longer window in seconds.
pub(super) const MAX_SECONDS: f64 = 7_200.0;
/// From here on a bare number is not milliseconds left.
const MAX_MILLIS: f64 = 1e8;
const MAX_EPOCH_SECONDS: f64 = 1e11;
/// The precision of whole seconds: how far off a moment may be, and how long "0 left" may
/// last where a server rounds down.
pub(super) const SECOND: Millis = 1_000;
/// A smaller difference of the clocks is not certain: `Date` has whole seconds, and an
/// answer takes its time.
const NOTABLE: u64 = 2_000;

/// The clocks of both sides.
pub(super) struct Clock {
    now: Millis,
    /// How far the server's clock is ahead, in milliseconds, if it sends its time.
    ///
    /// `Date` is cut to whole seconds and some time passes on the way, so this is too
    /// small by up to a second and that time. A corrected moment is too late by as much,
    /// which is the side on which a call is not refused again.
    offset: i64,
    known: Option<Unit>,
}

impl Clock {
    /// `dates` are the values of `Date`. If they differ, something on the way has added
    /// one: the earliest makes every wait the longest.
    pub(super) fn new(
        dates: impl Iterator<Item = String>,
        now: Millis,
        known: Option<Unit>,
    ) -> Self {
        let date = dates.filter_map(|date| date::parse_http(&date)).min();
        Self { now, offset: date.map_or(0, |date| signed(date) - signed(now)), known }
    }

    /// A value that no standard governs, read by its form and size. `window` is how long
    /// the window of this limit is, if the headers say so.
    pub(super) fn reset(&self, header: &str, value: &str, window: Option<Millis>) -> Option<Reset> {
        let Some(number) = number(value) else {
            let (at, unit) = self.duration_or_date(value)?;
            return Some(self.read(header, value, self.ends(at), unit));
        };
        if number >= MAX_EPOCH_SECONDS {
            let at = self.absolute(number as Millis)?;
            return Some(self.read(header, value, self.ends(at), Unit::EpochMillis));
        }
        if number >= MAX_MILLIS {
            let at = self.absolute((number * 1_000.0).round() as Millis)?;
            return Some(self.read(header, value, self.ends(at), Unit::EpochSeconds));
        }
        // A long window is why a number of seconds may be large.
        let fits = window.is_some_and(|window| number * 1_000.0 <= (window + SECOND) as f64);
        let unit = match self.known {
            Some(unit @ (Unit::Seconds | Unit::Millis)) => unit,
            _ if number <= MAX_SECONDS || fits => Unit::Seconds,
            _ => Unit::Millis,
        };
        let at = self.now.saturating_add(left(number, unit)?);
        Some(self.read(header, value, at, unit))
    }

    /// Seconds until a window ends, which is how the IETF fields express it.
    pub(super) fn effective_window(&self, header: &str, raw: &str, seconds: i64) -> Option<Reset> {
        let at = self.now.saturating_add(left(seconds as f64, Unit::Seconds)?);
        Some(self.read(header, raw, at, Unit::Seconds))
    }

    /// `Retry-After` is seconds or a date, never milliseconds or a timestamp, and zero
    /// means at once (RFC 9110 section 10.2.3). The standard has neither decimals nor
    /// durations, but they are sent, and cannot be misread.
    pub(super) fn retry_after(&self, value: &str) -> Option<Reset> {
        let (at, unit) = match number(value) {
            Some(0.0) => (self.now, Unit::Seconds),
            Some(number) => (self.now.saturating_add(left(number, Unit::Seconds)?), Unit::Seconds),
            None => self.duration_or_date(value)?,
        };
        Some(self.read("retry-after", value, at, unit))
    }

    fn duration_or_date(&self, value: &str) -> Option<(Millis, Unit)> {
        if let Some(left) = duration::parse(value) {
            return (left <= FAR).then(|| (self.now.saturating_add(left), Unit::Duration));
        }
        let date = date::parse_http(value).or_else(|| date::parse_rfc3339(value))?;
        Some((self.absolute(date)?, Unit::Date))
    }

    /// The end of a window in which the server still counts is not over, whatever this
    /// clock says: a call that goes at once would meet the same window.
    fn ends(&self, at: Millis) -> Millis {
        if at == self.now { at.saturating_add(SECOND) } else { at }
    }

    /// A moment by the server's clock, unless it is absurd.
    fn absolute(&self, at: Millis) -> Option<Millis> {
        let at = Millis::try_from(signed(at).saturating_sub(self.offset)).ok()?;
        let plausible = at.saturating_add(PAST) >= self.now && at <= self.now.saturating_add(FAR);
        plausible.then_some(at.max(self.now))
    }

    fn read(&self, header: &str, value: &str, at: Millis, unit: Unit) -> Reset {
        let by_its_clock = matches!(unit, Unit::EpochSeconds | Unit::EpochMillis | Unit::Date);
        let notable = by_its_clock && self.offset.unsigned_abs() > NOTABLE;
        let reading = Reading {
            header: header.to_owned(),
            value: shown(value),
            unit,
            clock_ahead: notable.then_some(self.offset),
            cut_to: None,
        };
        Reset { at, reading: Box::new(reading) }
    }
}

/// How many milliseconds a bare number of `unit` is, up to [`FAR`]. "0 seconds" may still
/// be a part of one.
pub(super) fn left(number: f64, unit: Unit) -> Option<Millis> {
    let left = match unit {
        Unit::Millis => number.round() as Millis,
        _ if number == 0.0 => SECOND,
        _ => (number * SECOND as f64).round() as Millis,
    };
    (left <= FAR).then_some(left)
}

fn signed(at: Millis) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}
