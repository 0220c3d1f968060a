//! What an operator of a sandbox may choose.

use crate::engine::Millis;

/// Limits and lifetimes. The world itself does not hold them: they may change from
/// one start to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Requests per user and window; also per address, for requests of nobody.
    pub rate_limit: u32,
    /// The length of a window.
    pub window_ms: Millis,
    /// Requests per user and calendar month (UTC).
    pub monthly_cap: u32,
    /// Requests per address and window to sign-in, sign-up and password endpoints.
    pub credentials_limit: u32,
    /// How long an access token lives.
    pub access_ttl_ms: Millis,
    /// How long a renewal token lives.
    pub renewal_ttl_ms: Millis,
    /// How many of a hundred calls of the API fail by chance.
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
