//! When a header says that something happens, by the clock of the caller.

use super::text::{number, shown};
use super::{FAR, Reset, Unit};
use crate::runtime::Millis;
use crate::{date, words};

/// A moment this far in the past is taken for now; before, for a wrong clock.
const PAST: Millis = 60_000;
/// Up to here a bare number is seconds; windows of two hours are the longest that
/// are told in seconds.
const MAX_SECONDS: f64 = 7_200.0;
/// From here on a bare number is no milliseconds left any more.
const MAX_MILLIS: f64 = 1e8;
const MAX_EPOCH_SECONDS: f64 = 1e11;
/// Whole seconds: how far a moment may be off because of them, and how long none
/// left may last where a server rounds down.
const SECOND: Millis = 1_000;
/// A smaller difference of the clocks is no news: `Date` has whole seconds, and an
/// answer takes its time.
const NOTABLE: u64 = 2_000;

/// The clocks of both sides.
pub(super) struct Clock {
    now: Millis,
    /// How far the server's clock is ahead, in milliseconds, if it tells its time.
    ///
    /// `Date` is cut to whole seconds and as old as its way here, so this is too
    /// small by up to a second and that way, and a corrected moment too late by as
    /// much: on the side on which a call is not refused again.
    offset: i64,
    known: Option<Unit>,
}

impl Clock {
    /// `dates` are the values of `Date`. Where they differ, one was put there by
    /// something on the way: the earliest makes every wait the longest.
    pub(super) fn new(
        dates: impl Iterator<Item = String>,
        now: Millis,
        known: Option<Unit>,
    ) -> Self {
        let date = dates.filter_map(|date| date::parse_http(&date)).min();
        Self { now, offset: date.map_or(0, |date| signed(date) - signed(now)), known }
    }

    /// A value of no standard, told apart by its form and size. `window` is how long
    /// the window of this limit is, if that was told.
    pub(super) fn reset(&self, name: &str, value: &str, window: Option<Millis>) -> Option<Reset> {
        let Some(number) = number(value) else {
            let at = self.absolute(date(value)?)?;
            return Some(self.told(name, value, self.ends(at), Unit::Date));
        };
        if number >= MAX_EPOCH_SECONDS {
            let at = self.absolute(number as Millis)?;
            return Some(self.told(name, value, self.ends(at), Unit::EpochMillis));
        }
        if number >= MAX_MILLIS {
            let at = self.absolute((number * 1_000.0).round() as Millis)?;
            return Some(self.told(name, value, self.ends(at), Unit::EpochSeconds));
        }
        // A long window is why a number of seconds may be large.
        let fits = window.is_some_and(|window| number * 1_000.0 <= (window + SECOND) as f64);
        let unit = match self.known {
            Some(Unit::Millis) => Unit::Millis,
            _ if number <= MAX_SECONDS || fits => Unit::Seconds,
            _ => Unit::Millis,
        };
        let at = match unit {
            Unit::Seconds => self.seconds(number)?,
            _ => self.now.saturating_add(number.round() as Millis),
        };
        Some(self.told(name, value, at, unit))
    }

    /// Seconds until a window ends, which is how the IETF fields tell it.
    pub(super) fn effective_window(&self, name: &str, raw: &str, seconds: i64) -> Option<Reset> {
        let at = self.seconds(seconds as f64)?;
        Some(self.told(name, raw, at, Unit::Seconds))
    }

    /// `Retry-After` is seconds or a date, never anything else, and none is none
    /// (RFC 9110 section 10.2.3). Decimals are not in the standard but are sent.
    pub(super) fn retry_after(&self, value: &str) -> Option<Reset> {
        let (at, unit) = match number(value) {
            Some(0.0) => (self.now, Unit::Seconds),
            Some(number) => (self.seconds(number)?, Unit::Seconds),
            None => (self.absolute(date(value)?)?, Unit::Date),
        };
        Some(self.told("retry-after", value, at, unit))
    }

    /// Puts `reset` at the end of a window that began just now, if it lies beyond: no
    /// window ends later than that, whatever a clock or a unit made of its end.
    pub(super) fn within(&self, reset: Reset, window: Millis) -> Reset {
        let latest = self.now.saturating_add(window);
        if reset.at <= latest.saturating_add(SECOND) {
            return reset;
        }
        let read_as = format!("{}, cut to a window of {}", reset.read_as, words::duration(window));
        Reset { at: latest, read_as, unit: reset.unit }
    }

    /// The moment in so many seconds. None left may still be less than one.
    fn seconds(&self, number: f64) -> Option<Millis> {
        let left = number * SECOND as f64;
        let left = if left == 0.0 { SECOND } else { left.round() as Millis };
        (left <= FAR).then(|| self.now.saturating_add(left))
    }

    /// The end of a window that the server still counts in is not over, whatever
    /// this clock says: with nothing left to wait a call would meet the same window.
    fn ends(&self, at: Millis) -> Millis {
        if at == self.now { at.saturating_add(SECOND) } else { at }
    }

    /// A moment by the server's clock, unless it is absurd.
    fn absolute(&self, at: Millis) -> Option<Millis> {
        let at = Millis::try_from(signed(at).saturating_sub(self.offset)).ok()?;
        let plausible = at.saturating_add(PAST) >= self.now && at <= self.now.saturating_add(FAR);
        plausible.then_some(at.max(self.now))
    }

    fn told(&self, name: &str, value: &str, at: Millis, unit: Unit) -> Reset {
        let mut read_as = format!("{name}: {}, read as {}", shown(value), unit.words());
        let apart = self.offset.unsigned_abs();
        if apart > NOTABLE && !matches!(unit, Unit::Seconds | Unit::Millis) {
            let side = if self.offset > 0 { "ahead of" } else { "behind" };
            let apart = words::duration(rounded(apart));
            read_as = format!("{read_as}, with the server's clock {apart} {side} this one");
        }
        Reset { at, read_as, unit }
    }
}

/// To the unit that it is told in: 599.4 s are 10 minutes.
fn rounded(ms: Millis) -> Millis {
    let step = match ms {
        0..=119_999 => SECOND,
        120_000..=7_199_999 => 60_000,
        7_200_000..=172_799_999 => 3_600_000,
        _ => 86_400_000,
    };
    (ms.saturating_add(step / 2) / step).saturating_mul(step)
}

fn signed(at: Millis) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}

fn date(value: &str) -> Option<Millis> {
    date::parse_http(value).or_else(|| date::parse_rfc3339(value))
}
