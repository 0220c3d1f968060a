//! What the headers of an answer say about the rate limit.
//!
//! No standard governs `x-ratelimit-reset`. In the wild its value is seconds left,
//! milliseconds left, a UNIX timestamp in seconds or milliseconds, or a date (the
//! survey in the appendix of the IETF draft "RateLimit header fields for HTTP"). It
//! is told apart by size here, and how it was read is kept as a sentence.

use crate::date;
use crate::runtime::Millis;

/// Anything further away is no reset: a month is the longest window of this API.
const FAR: Millis = 32 * 86_400_000;
/// A reset this far in the past is taken for now; before, for a wrong clock.
const PAST: Millis = 60_000;
/// Up to here a bare number is seconds; windows of two hours are the longest that
/// are told in seconds.
const MAX_SECONDS: f64 = 7_200.0;
/// From here on a bare number is no milliseconds left any more.
const MAX_MILLIS: f64 = 1e8;
const MAX_EPOCH_SECONDS: f64 = 1e11;

/// What an answer says. What is malformed counts as missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    /// How many calls a window allows.
    pub limit: Option<u32>,
    /// How many are left in this window.
    pub remaining: Option<u32>,
    /// How long a window is.
    pub window: Option<Millis>,
    /// When the window ends.
    pub reset: Option<Reset>,
    /// When the server wants the call again (RFC 9110 section 10.2.3).
    pub retry_after: Option<Reset>,
}

/// A moment that a header told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reset {
    /// When, by the clock of the caller.
    pub at: Millis,
    /// The header and how it was read, as "x-ratelimit-reset: 41, read as seconds left".
    pub read_as: String,
    /// The unit that it was in.
    pub unit: Unit,
}

/// How a moment was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    /// Whether nothing about the limit could be read.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.limit.is_none() && self.remaining.is_none() && self.reset.is_none()
    }
}

/// Reads headers that arrived at `now`. `known` is the unit that this server used
/// before: a small number of milliseconds looks like seconds otherwise.
///
/// Order: the IETF `RateLimit` fields, then `x-ratelimit-*`, then `x-rate-limit-*`,
/// then `ratelimit-*` of earlier drafts.
#[must_use]
pub fn read(headers: &[(String, String)], now: Millis, known: Option<Unit>) -> Limits {
    let clock = Clock { now, offset: offset(headers, now), known };
    let mut limits = Limits {
        retry_after: get(headers, "retry-after")
            .and_then(|value| clock.retry_after(value))
            .map(|(at, unit)| reset("retry-after", get(headers, "retry-after"), at, unit)),
        ..Limits::default()
    };
    if let Some((name, item)) = get(headers, "ratelimit").and_then(tightest) {
        limits.remaining = parameter(&item, &["r", "remaining"]).and_then(count);
        limits.limit = parameter(&item, &["q", "limit"]).and_then(count);
        limits.reset = parameter(&item, &["t", "reset"])
            .and_then(|value| clock.seconds(value))
            .map(|at| reset("ratelimit", Some(&item), at, Unit::Seconds));
        let policies = get(headers, "ratelimit-policy").unwrap_or_default();
        if let Some(policy) = items(policies).find(|policy| policy_name(policy) == name) {
            limits.limit = limits.limit.or(parameter(policy, &["q"]).and_then(count));
            limits.window = parameter(policy, &["w"])
                .and_then(|value| value.parse::<Millis>().ok())
                .and_then(|seconds| seconds.checked_mul(1_000))
                .filter(|window| (1..=FAR).contains(window));
        }
    }
    for family in ["x-ratelimit", "x-rate-limit", "ratelimit"] {
        let field = |name: &str| get(headers, &format!("{family}-{name}"));
        limits.limit = limits.limit.or(field("limit").and_then(count));
        limits.remaining = limits.remaining.or(field("remaining").and_then(count));
        if limits.reset.is_none() {
            limits.reset = field("reset")
                .and_then(|value| clock.classify(value))
                .map(|(at, unit)| reset(&format!("{family}-reset"), field("reset"), at, unit));
        }
    }
    limits
}

fn reset(name: &str, value: Option<&str>, at: Millis, unit: Unit) -> Reset {
    let value = value.unwrap_or_default();
    Reset { at, read_as: format!("{name}: {value}, read as {}", unit.words()), unit }
}

/// How far the server's clock is ahead, in milliseconds, if it tells its time.
fn offset(headers: &[(String, String)], now: Millis) -> i64 {
    get(headers, "date").and_then(date::parse_http).map_or(0, |date| signed(date) - signed(now))
}

fn signed(at: Millis) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}

struct Clock {
    now: Millis,
    offset: i64,
    known: Option<Unit>,
}

impl Clock {
    fn classify(&self, value: &str) -> Option<(Millis, Unit)> {
        let Some(number) = number(value) else {
            return self.date(value).map(|at| (at, Unit::Date));
        };
        let (at, unit) = if number < MAX_MILLIS {
            let unit = match self.known {
                Some(unit @ (Unit::Seconds | Unit::Millis)) if number <= MAX_SECONDS => unit,
                _ if number <= MAX_SECONDS => Unit::Seconds,
                _ => Unit::Millis,
            };
            let factor = if unit == Unit::Seconds { 1_000.0 } else { 1.0 };
            // No seconds left may be up to one, where a server rounds down.
            let left = if number == 0.0 { 1_000.0 } else { number * factor };
            (Some(self.now + left as Millis), unit)
        } else if number < MAX_EPOCH_SECONDS {
            (self.absolute((number * 1_000.0) as Millis), Unit::EpochSeconds)
        } else {
            (self.absolute(number as Millis), Unit::EpochMillis)
        };
        Some((at.filter(|at| *at <= self.now.saturating_add(FAR))?, unit))
    }

    /// `Retry-After` is whole seconds or a date, never anything else.
    fn retry_after(&self, value: &str) -> Option<(Millis, Unit)> {
        match number(value) {
            Some(_) => self.seconds(value).map(|at| (at, Unit::Seconds)),
            None => self.date(value).map(|at| (at, Unit::Date)),
        }
    }

    fn seconds(&self, value: &str) -> Option<Millis> {
        let left = number(value)? * 1_000.0;
        (left <= FAR as f64).then(|| self.now + left as Millis)
    }

    fn date(&self, value: &str) -> Option<Millis> {
        self.absolute(date::parse_http(value).or_else(|| date::parse_rfc3339(value))?)
    }

    /// A moment by the server's clock, unless it is absurd.
    fn absolute(&self, at: Millis) -> Option<Millis> {
        let at = Millis::try_from(signed(at).saturating_sub(self.offset)).ok()?;
        let plausible = at.saturating_add(PAST) >= self.now && at <= self.now.saturating_add(FAR);
        plausible.then_some(at.max(self.now))
    }
}

fn number(value: &str) -> Option<f64> {
    let digits = value.starts_with(|c: char| c.is_ascii_digit());
    value.parse::<f64>().ok().filter(|number| digits && number.is_finite())
}

fn get<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(header, _)| header.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
        .filter(|value| !value.is_empty())
}

/// A count, perhaps followed by the policies that earlier drafts appended.
fn count(value: &str) -> Option<u32> {
    let number = value.split([',', ';']).next()?.trim();
    match number.parse::<i64>() {
        // Some servers count below zero.
        Ok(number) => u32::try_from(number.max(0)).ok(),
        Err(_) => None,
    }
}

/// The items of a structured list, trimmed. Names that hold commas are not used by
/// anything that was seen.
fn items(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim)
}

fn policy_name(item: &str) -> &str {
    item.split(';').next().unwrap_or_default().trim()
}

/// Of several limits the one with the least left, with the name of its policy.
/// Reads `"name";r=50;t=30` and the earlier `limit=100, remaining=50, reset=50`.
fn tightest(value: &str) -> Option<(&str, String)> {
    if value.contains("remaining=") {
        return Some(("", value.replace(',', ";")));
    }
    items(value)
        .filter_map(|item| Some((parameter(item, &["r"]).and_then(count)?, item)))
        .min_by_key(|(remaining, _)| *remaining)
        .map(|(_, item)| (policy_name(item), item.to_owned()))
}

fn parameter<'a>(item: &'a str, names: &[&str]) -> Option<&'a str> {
    item.split(';')
        .filter_map(|part| part.trim().split_once('='))
        .find(|(name, _)| names.contains(name))
        .map(|(_, value)| value)
}
