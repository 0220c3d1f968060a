//! What is known about a bucket of the rate limit, for showing.

use backoffice_contract::LimitClass;

use crate::runtime::Millis;

/// A bucket of the rate limit as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetView {
    /// Which bucket.
    pub bucket: LimitClass,
    /// How many calls a window allows.
    pub limit: Option<u32>,
    /// How many are left in this window: as last seen, less those on their way.
    pub remaining: Option<u32>,
    /// When the window ends; `None` when it has ended or was never told.
    pub reset_at: Option<Millis>,
    /// How long a window is, inferred from what was seen.
    pub window: Option<Millis>,
    /// When the last answer told something.
    pub seen_at: Option<Millis>,
    /// Which header told the end of the window and how it was read, as a sentence.
    pub sentence: Option<String>,
    /// How many calls are on their way.
    pub in_flight: u32,
    /// How many calls wait.
    pub waiting: usize,
    /// Why nothing is sent right now, as a sentence.
    pub hold: Option<String>,
    /// Whether the last answer had no rate-limit headers, as happens across
    /// origins without `Access-Control-Expose-Headers`. Then the client counts for
    /// itself as soon as it has been refused once.
    pub headers_hidden: bool,
}
