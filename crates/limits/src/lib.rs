//! What the headers of an answer say about the rate limit.
//!
//! Two forms are standards: `Retry-After` (RFC 9110 section 10.2.3) and the fields
//! `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers, as of -11
//! and in the forms of earlier drafts). None governs `x-ratelimit-reset`. In the wild
//! its value is seconds left, milliseconds left, a duration with units, a UNIX timestamp
//! in seconds or milliseconds, or a date (the survey in the appendix of that draft). It is
//! read by its form and size, and how it was read is kept as a [`Reading`].

mod clock;
mod duration;
mod named;
mod reading;
mod service_limit;
mod standard;
mod structured;
mod text;
mod unit_evidence;

use serde::{Deserialize, Serialize};

pub use self::reading::{Reading, Unit};
pub use self::unit_evidence::UnitEvidence;

use self::clock::{Clock, SECOND};
use self::service_limit::ServiceLimit;
use self::text::{fields, values};

/// Epoch milliseconds, or a length in milliseconds.
pub type Millis = u64;

/// Anything further away is no reset: a month is the longest window of this API.
pub const FAR: Millis = 32 * 86_400_000;

/// What an answer says. What is malformed counts as missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// How many calls a window allows.
    pub limit: Option<u32>,
    /// How many are left in this window: never more than the limit.
    pub remaining: Option<u32>,
    /// How long a window is.
    pub window: Option<Millis>,
    /// When the window ends.
    pub reset: Option<Reset>,
    /// When the server wants the call again (RFC 9110 section 10.2.3).
    pub retry_after: Option<Reset>,
}

/// A moment that a header names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reset {
    /// When, by the clock of the caller: not before now and within [`FAR`] of it.
    pub at: Millis,
    /// The header, and how it was read. Boxed, so that an answer with limits is not much
    /// larger than one without.
    pub reading: Box<Reading>,
}

impl Reset {
    /// Cuts it to the end of a window that began just now, if it lies beyond: no window ends
    /// later than that, whatever a clock or a unit made of its end.
    fn cut(&mut self, window: Millis, now: Millis) {
        let latest = now.saturating_add(window);
        if self.at > latest.saturating_add(SECOND) {
            self.at = latest;
            self.reading.cut_to = Some(window);
        }
    }
}

impl Limits {
    /// What decides about waiting after a refusal: `Retry-After` before the rest.
    #[must_use]
    pub fn hint(&self) -> Option<&Reset> {
        self.retry_after.as_ref().or(self.reset.as_ref())
    }

    /// Whether nothing could be read that changes from call to call. How many calls a
    /// window allows does not say how many are left.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.remaining.is_none() && self.reset.is_none()
    }

    /// Adds the number of the reset to the evidence of its unit, and reads it in the unit
    /// that follows from that. `now` is when the answer came.
    pub fn weigh_unit(&mut self, evidence: &mut UnitEvidence, now: Millis) {
        let Some(reset) = &mut self.reset else { return };
        let Some(number) = reset.reading.bare_number() else { return };
        let Some(unit) = evidence.observe(number, now) else { return };
        if let Some(left) = clock::left(number, unit).filter(|_| unit != reset.reading.unit) {
            (reset.at, reset.reading.unit, reset.reading.cut_to) =
                (now.saturating_add(left), unit, None);
            if let Some(window) = self.window {
                reset.cut(window, now);
            }
        }
    }
}

/// Reads headers that arrived at `now`. `known` is the unit, seconds or milliseconds, that
/// several answers of this server have shown: a single number does not show it.
///
/// - Moments: `Retry-After` is kept apart and goes first ([`Limits::hint`]), then `t`
///   of `RateLimit`, `x-ratelimit-reset`, `x-rate-limit-reset` and `ratelimit-reset`.
/// - Of several limits, as policies or with suffixes such as `-minute`, the one with
///   the least left counts, and of those the one that ends last. The standard fields
///   and the others are not compared: where there are both, the standard counts.
/// - Of several values of one field the tightest counts: the fewest calls, the latest
///   moment. The order that headers come in says nothing.
/// - A bare number up to 7,200, or one that fits its window, is read as seconds left, a
///   larger one as milliseconds left, unless `known` says otherwise.
/// - A reset beyond the window of its limit is cut to it, `Retry-After` is not: a
///   server may punish for longer than it counts.
/// - What is malformed, negative, further away than [`FAR`] or over for more than a
///   minute by the server's clock counts as missing.
/// - Without a `Date` the server's clock is taken to be this one. If it is not, a moment is
///   absurd, and missing; or it is too late, and cut to the window, if that is known; or
///   it seems to be over, and is put a second from now.
#[must_use]
pub fn read(headers: &[(String, String)], now: Millis, known: Option<Unit>) -> Limits {
    let clock = Clock::new(fields(headers, "date").flat_map(values), now, known);
    let policies = standard::policies(headers);
    let mut standard = standard::limits(headers, &policies, &clock);
    let mut named = named::limits(headers, &clock);
    standard.sort_by_cached_key(ServiceLimit::tightness);
    named.sort_by_cached_key(ServiceLimit::tightness);
    let mut limits = service_limit::merge(standard.into_iter().chain(named));
    if limits == Limits::default() {
        // Policies alone are something, too.
        limits.limit = policies.iter().filter_map(standard::Policy::limit).min();
    }
    if limits.window.is_none() {
        // Earlier drafts named a policy by its number of calls.
        let same = policies.iter().filter(|policy| policy.limit() == limits.limit);
        limits.window = same.filter_map(|policy| policy.window).max();
    }
    if let (Some(reset), Some(window)) = (&mut limits.reset, limits.window) {
        reset.cut(window, now);
    }
    limits.retry_after = latest(
        fields(headers, "retry-after")
            .flat_map(values)
            .filter_map(|value| clock.retry_after(&value)),
    );
    limits
}

/// The last of several moments; of equal ones, the same in whatever order.
fn latest(resets: impl Iterator<Item = Reset>) -> Option<Reset> {
    resets.max_by(|a, b| (a.at, &a.reading).cmp(&(b.at, &b.reading)))
}
