//! The forms in which servers tell their limit.

use backoffice_calendar::{http_date, rfc3339_seconds};
use backoffice_client::Millis;

/// How the limit is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `x-ratelimit-reset` in whole seconds left, rounded up.
    DeltaSeconds,
    /// In whole seconds left, rounded down.
    DeltaSecondsDown,
    /// In seconds left, with a fraction.
    DecimalSeconds,
    /// In milliseconds left.
    DeltaMillis,
    /// As a UNIX timestamp in seconds, rounded up.
    EpochSeconds,
    /// As a UNIX timestamp in milliseconds.
    EpochMillis,
    /// As an HTTP-date, rounded up.
    HttpDate,
    /// As a date of RFC 3339, rounded up.
    Rfc3339,
    /// `RateLimit` and `RateLimit-Policy` of the IETF draft.
    Ietf,
    /// Nothing but `Retry-After` with a refusal.
    RetryAfter,
    /// Nothing that a page may read.
    Hidden,
}

/// What there is to tell.
#[derive(Debug, Clone, Copy)]
pub struct Quota {
    /// How many calls a window allows.
    pub limit: u32,
    /// How many are left of this one.
    pub remaining: u32,
    /// How long this one goes on, in milliseconds.
    pub left: Millis,
    /// How long a window is, in milliseconds.
    pub length: Millis,
    /// The time of the server.
    pub now: Millis,
}

impl Form {
    /// All of them but [`Self::DeltaSecondsDown`], which costs a refusal to learn.
    pub const ALL: [Self; 10] = [
        Self::DeltaSeconds,
        Self::DecimalSeconds,
        Self::DeltaMillis,
        Self::EpochSeconds,
        Self::EpochMillis,
        Self::HttpDate,
        Self::Rfc3339,
        Self::Ietf,
        Self::RetryAfter,
        Self::Hidden,
    ];

    /// Its name in a table.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::DeltaSeconds => "seconds left",
            Self::DeltaSecondsDown => "seconds left, rounded down",
            Self::DecimalSeconds => "decimal seconds left",
            Self::DeltaMillis => "milliseconds left",
            Self::EpochSeconds => "epoch seconds",
            Self::EpochMillis => "epoch milliseconds",
            Self::HttpDate => "HTTP-date",
            Self::Rfc3339 => "RFC 3339",
            Self::Ietf => "IETF `RateLimit`",
            Self::RetryAfter => "only `Retry-After`",
            Self::Hidden => "hidden",
        }
    }

    /// The headers of an answer, which may be a refusal.
    #[must_use]
    pub fn headers(self, quota: &Quota, refused: bool) -> Vec<(String, String)> {
        let Quota { limit, remaining, left, length, now } = *quota;
        let seconds = left.div_ceil(1_000);
        let end = now + left;
        let end_second = end.div_ceil(1_000) * 1_000;
        let reset = match self {
            Self::Hidden => return Vec::new(),
            Self::RetryAfter if refused => return owned([("retry-after", seconds.to_string())]),
            Self::RetryAfter => return Vec::new(),
            Self::Ietf => {
                return owned([
                    ("date", http_date(now)),
                    ("ratelimit", format!(r#""default";r={remaining};t={seconds}"#)),
                    ("ratelimit-policy", format!(r#""default";q={limit};w={}"#, length / 1_000)),
                ]);
            }
            Self::DeltaSeconds => seconds.to_string(),
            Self::DeltaSecondsDown => (left / 1_000).to_string(),
            Self::DecimalSeconds => format!("{}.{:03}", left / 1_000, left % 1_000),
            Self::DeltaMillis => left.to_string(),
            Self::EpochSeconds => (end_second / 1_000).to_string(),
            Self::EpochMillis => end.to_string(),
            Self::HttpDate => http_date(end_second),
            Self::Rfc3339 => rfc3339_seconds(end_second),
        };
        owned([
            ("date", http_date(now)),
            ("x-ratelimit-limit", limit.to_string()),
            ("x-ratelimit-remaining", remaining.to_string()),
            ("x-ratelimit-reset", reset),
        ])
    }
}

fn owned<const COUNT: usize>(headers: [(&str, String); COUNT]) -> Vec<(String, String)> {
    headers.map(|(name, value)| (name.to_owned(), value)).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_reads_every_form_to_the_second() {
        let quota =
            Quota { limit: 60, remaining: 7, left: 41_237, length: 60_000, now: 1_795_513_420_000 };
        for form in Form::ALL.into_iter().chain([Form::DeltaSecondsDown]) {
            let limits =
                backoffice_limits::read(&form.headers(&quota, true), quota.now + 600_000, None);
            let Some(hint) = limits.hint() else {
                assert_eq!(form, Form::Hidden);
                continue;
            };
            let left = hint.at - quota.now - 600_000;
            let least = if form == Form::DeltaSecondsDown { 41_000 } else { 41_237 };
            assert!((least..=42_000).contains(&left), "{form:?}: {left}");
            let told = (form != Form::RetryAfter).then_some(7);
            assert_eq!(limits.remaining, told, "{form:?}");
        }
    }
}
