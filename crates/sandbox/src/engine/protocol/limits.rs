//! How many requests are allowed: per user or address in a fixed window, and per user in a
//! calendar month (UTC).
//!
//! A window begins with the first request that counts in it. A refused request is not
//! executed and does not count.

use backoffice_contract::LimitClass;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::engine::protocol::reply::Answer;
use crate::engine::time;
use crate::engine::{Config, Millis, World};

/// How many windows are kept before past ones are removed.
const MAX_BUCKETS: usize = 1_000;

/// A window of the rate limit.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Bucket {
    from: Millis,
    used: u32,
}

/// A user's requests in a calendar month.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Month {
    month: String,
    used: u32,
}

/// What a request counts against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Meter {
    /// The row of the window.
    bucket: String,
    /// The limit of a window.
    limit: u32,
    /// The user whose month it counts in, if the caller is known.
    user: Option<u64>,
}

/// The state of a window, as the headers report it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    limit: u32,
    remaining: u32,
    /// Whole seconds until the window ends, rounded up.
    reset: u64,
}

impl Meter {
    /// Credential endpoints count per address, for all callers; the others count per user,
    /// or per address if the caller is unknown.
    pub(crate) fn new(class: LimitClass, user: Option<u64>, peer: &str, config: &Config) -> Self {
        let (bucket, limit) = match (class, user) {
            (LimitClass::Credentials, _) => {
                (format!("credentials/{peer}"), config.credentials_limit)
            }
            (LimitClass::Standard, Some(user)) => (format!("user/{user}"), config.rate_limit),
            (LimitClass::Standard, None) => (format!("address/{peer}"), config.rate_limit),
        };
        Self { bucket, limit, user }
    }

    /// Counts a request, or says why it is refused.
    pub(crate) fn count(
        &self,
        world: &mut World,
        config: &Config,
        now: Millis,
    ) -> Result<Window, Answer> {
        let bucket = world.buckets.get(&self.bucket);
        let mut bucket = match bucket {
            Some(bucket) if now < bucket.from.saturating_add(config.window_ms) => bucket.clone(),
            _ => Bucket { from: now, used: 0 },
        };
        if bucket.used >= self.limit {
            let window = self.window(&bucket, config, now);
            return Err(window.stamp(window_refusal(window.reset)));
        }
        if let Some(user) = self.user {
            let month = time::month(now);
            let key = user.to_string();
            let mut row = match world.months.get(&key) {
                Some(row) if row.month == month => row.clone(),
                _ => Month { month, used: 0 },
            };
            if row.used >= config.monthly_cap {
                return Err(self.window(&bucket, config, now).stamp(month_refusal(now)));
            }
            row.used += 1;
            world.months.insert(key, row);
        }
        bucket.used += 1;
        let window = self.window(&bucket, config, now);
        if world.buckets.len() >= MAX_BUCKETS {
            world
                .buckets
                .remove_where(|_, bucket| now >= bucket.from.saturating_add(config.window_ms));
        }
        world.buckets.insert(self.bucket.clone(), bucket);
        Ok(window)
    }

    fn window(&self, bucket: &Bucket, config: &Config, now: Millis) -> Window {
        let left = bucket.from.saturating_add(config.window_ms).saturating_sub(now);
        Window {
            limit: self.limit,
            remaining: self.limit.saturating_sub(bucket.used),
            reset: time::whole_seconds(left).max(1),
        }
    }
}

impl Window {
    /// The same window with nothing left.
    pub(crate) fn exhausted(self) -> Self {
        Self { remaining: 0, ..self }
    }

    /// Seconds until the window ends.
    pub(crate) fn reset(self) -> u64 {
        self.reset
    }

    /// Adds the headers that describe the window.
    pub(crate) fn stamp(self, answer: Answer) -> Answer {
        answer
            .with("x-ratelimit-limit", self.limit.to_string())
            .with("x-ratelimit-remaining", self.remaining.to_string())
            .with("x-ratelimit-reset", self.reset.to_string())
    }
}

/// The answer to a request over the limit of a window, in the guide's words.
pub(crate) fn window_refusal(retry_after: u64) -> Answer {
    refusal(
        "Sorry, your account has reached your ALLOWED LIMIT OF REQUESTS/MINUTE",
        "Rate Limit Error, unable to proceed",
        retry_after,
    )
}

/// The answer to a request over the monthly limit.
pub(crate) fn month_refusal(now: Millis) -> Answer {
    refusal(
        "Sorry, your account has reached your ALLOWED LIMIT OF REQUESTS/MONTH",
        "Monthly Cap Error, unable to proceed",
        time::whole_seconds(time::next_month(now).saturating_sub(now)).max(1),
    )
}

/// `errors` is a text here and a map everywhere else, as in the guide.
fn refusal(message: &str, errors: &str, retry_after: u64) -> Answer {
    let body = json!({
        "success": false,
        "message": message,
        "error_code": 429,
        "errors": errors,
        "data": {},
    });
    Answer::json(429, &body).with("retry-after", retry_after.to_string())
}

#[cfg(test)]
mod tests;
