//! What the headers of an answer say about the rate limit.
//!
//! Two forms are standards: `Retry-After` (RFC 9110 section 10.2.3) and the fields
//! `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers, as of -11
//! and in the forms of earlier drafts). None governs `x-ratelimit-reset`. In the wild
//! its value is seconds left, milliseconds left, a UNIX timestamp in seconds or
//! milliseconds, or a date (the survey in the appendix of that draft). It is told
//! apart by size here, and how it was read is kept as a sentence.

mod clock;
mod named;
mod standard;
mod structured;
mod text;
mod told;

use serde::{Deserialize, Serialize};

use self::clock::Clock;
use self::text::{fields, values};
use self::told::Told;
use crate::runtime::Millis;

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

/// A moment that a header told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reset {
    /// When, by the clock of the caller: not before now and within [`FAR`] of it.
    pub at: Millis,
    /// The header and how it was read, as "x-ratelimit-reset: 41, read as seconds left",
    /// and what was done about a clock or a window that did not fit.
    pub read_as: String,
    /// The unit that it was in.
    pub unit: Unit,
}

/// How a moment was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// Seconds left, whole or decimal.
    Seconds,
    /// Milliseconds left.
    Millis,
    /// A UNIX timestamp in seconds.
    EpochSeconds,
    /// A UNIX timestamp in milliseconds.
    EpochMillis,
    /// An HTTP-date or a date of RFC 3339.
    Date,
}

impl Unit {
    fn words(self) -> &'static str {
        match self {
            Self::Seconds => "seconds left",
            Self::Millis => "milliseconds left",
            Self::EpochSeconds => "a UNIX timestamp in seconds",
            Self::EpochMillis => "a UNIX timestamp in milliseconds",
            Self::Date => "a date",
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
    /// window allows does not tell how many it still does.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.remaining.is_none() && self.reset.is_none()
    }
}

/// Reads headers that arrived at `now`. `known` is the unit that this server used
/// before: a small number of milliseconds looks like seconds otherwise.
///
/// - Moments: `Retry-After` is kept apart and goes first ([`Limits::hint`]), then `t`
///   of `RateLimit`, `x-ratelimit-reset`, `x-rate-limit-reset` and `ratelimit-reset`.
/// - Of several limits, as policies or with suffixes such as `-minute`, the one with
///   the least left counts, and of those the one that ends last. The standard fields
///   and the others are not compared: where there are both, the standard counts.
/// - Of several values of one field the tightest counts: the fewest calls, the latest
///   moment. The order that headers come in says nothing.
/// - A reset beyond the window of its limit is cut to it, `Retry-After` is not: a
///   server may punish for longer than it counts.
/// - What is malformed, negative, further away than [`FAR`] or over for more than a
///   minute by the server's clock counts as missing. Without a `Date` that clock is
///   taken to be this one; then a wrong clock shows as an absurd moment, or is kept
///   harmless by the window, or by a second at least for what seems to be over.
#[must_use]
pub fn read(headers: &[(String, String)], now: Millis, known: Option<Unit>) -> Limits {
    let clock = Clock::new(fields(headers, "date").flat_map(values), now, known);
    let policies = standard::policies(headers);
    let mut standard = standard::limits(headers, &policies, &clock);
    let mut named = named::limits(headers, &clock);
    standard.sort_by_cached_key(Told::tightness);
    named.sort_by_cached_key(Told::tightness);
    let mut limits = told::merge(standard.into_iter().chain(named));
    if limits == Limits::default() {
        // Policies alone are something, too.
        limits.limit = policies.iter().filter_map(standard::Policy::limit).min();
    }
    if limits.window.is_none() {
        // Earlier drafts named a policy by its number of calls.
        let same = policies.iter().filter(|policy| policy.limit() == limits.limit);
        limits.window = same.filter_map(|policy| policy.window).max();
    }
    if let Some(window) = limits.window {
        limits.reset = limits.reset.map(|reset| clock.within(reset, window));
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
    resets.max_by(|a, b| (a.at, &a.read_as).cmp(&(b.at, &b.read_as)))
}
