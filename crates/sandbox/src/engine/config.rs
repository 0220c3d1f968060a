//! The options of a sandbox's operator.

use crate::engine::Millis;

/// Limits and lifetimes. They are not part of the world: they may change from one start to
/// the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Requests per user and window; also per address, for requests without a user.
    pub rate_limit: u32,
    /// The length of a window.
    pub window_ms: Millis,
    /// Requests per user and calendar month (UTC).
    pub monthly_cap: u32,
    /// Requests per address and window to sign-in, sign-up and password endpoints.
    pub credentials_limit: u32,
    /// The lifetime of an access token.
    pub access_ttl_ms: Millis,
    /// The lifetime of a renewal token.
    pub renewal_ttl_ms: Millis,
    /// The share of API calls that fail at random, in percent.
    pub chaos_percent: u8,
}

impl Default for Config {
    /// The limits of the guide, and the lifetimes of the token scheme (Pow).
    fn default() -> Self {
        Self {
            rate_limit: 120,
            window_ms: 60_000,
            monthly_cap: 10_000,
            credentials_limit: 30,
            access_ttl_ms: 30 * 60_000,
            renewal_ttl_ms: 30 * 24 * 60 * 60_000,
            chaos_percent: 0,
        }
    }
}
