//! What is known about the rate limit and the connection, for showing.

use backoffice_contract::{LimitClass, Method};
use serde::{Deserialize, Serialize};

use crate::budget::priority::Priority;
use crate::host::runtime::Millis;
use crate::journal::EntryId;
use crate::why::{Source, Why};

/// A bucket of the rate limit as it is now, for all pages that share it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetView {
    /// Which bucket.
    pub bucket: LimitClass,
    /// How many calls a window allows.
    pub limit: Option<u32>,
    /// How many are left in this window: as last seen, minus those in flight.
    pub remaining: Option<u32>,
    /// When the window ends; `None` when it has ended or its end was never told.
    pub reset_at: Option<Millis>,
    /// How long a window is, in milliseconds: as a header told it, or as two windows in a row
    /// showed it.
    pub window: Option<Millis>,
    /// When the last answer came.
    pub seen_at: Option<Millis>,
    /// How the end of the window is known; `None` while no window is.
    pub source: Option<Source>,
    /// How many calls are in flight.
    pub in_flight: u32,
    /// How many calls wait, on all pages.
    pub waiting: usize,
    /// The first of them, the calls of this page before those of others.
    pub queue: Vec<QueuedCall>,
    /// Why nothing is sent right now.
    pub hold: Option<Hold>,
    /// Whether the last answer had no rate-limit headers, as happens across
    /// origins without `Access-Control-Expose-Headers`. Then the client counts for
    /// itself after the first refusal.
    pub headers_hidden: bool,
    /// How many calls of this window the user's command line or CI has used, at least. The
    /// pages of this browser are counted together.
    pub others: u32,
    /// When the window will be used up at the pace of the last minute; `None` when it ends
    /// before.
    pub runs_out_at: Option<Millis>,
    /// The use of the last minutes, in steps of [`Usage::STEP`], oldest first.
    pub usage: Vec<Usage>,
    /// How many pages share this budget, this one included.
    pub pages: u32,
}

/// Why nothing is sent, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The reason.
    pub why: Why,
    /// When it ends.
    pub until: Millis,
}

/// A call that waits for the budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedCall {
    /// Its entry in the journal; `None` when another page makes it.
    pub id: Option<EntryId>,
    /// The method.
    pub method: Method,
    /// Path and query, secrets redacted.
    pub target: String,
    /// How urgent it is.
    pub priority: Priority,
    /// When it was asked for.
    pub since: Millis,
}

/// What was used of the limit in a step of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Usage {
    /// Calls of pages of this browser.
    pub ours: u32,
    /// Calls of others, as far as answers show them.
    pub others: u32,
}

impl Usage {
    /// The length of a step.
    pub const STEP: Millis = 10_000;
    /// How many steps are kept: five minutes.
    pub const STEPS: usize = 30;
}

/// The monthly cap, as far as it can be known: no header tells it, so calls are
/// counted here, and the first refusal says that it is used up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthView {
    /// When the month began.
    pub began_at: Millis,
    /// When the next one begins.
    pub resets_at: Millis,
    /// The day of the month on which it begins, 1 to 28.
    pub first_day: u8,
    /// How many calls the month allows.
    pub cap: u32,
    /// How many were sent from this browser.
    pub ours: u32,
    /// How many others were seen to make, at least.
    pub others: u32,
    /// When the cap is reached if the month goes on as it did; `None` when it lasts.
    pub reached_at: Option<Millis>,
    /// How full it is.
    pub level: MonthLevel,
    /// Whether the user said to go on in spite of the level.
    pub overridden: bool,
}

/// How full the month is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MonthLevel {
    /// Below 80 %.
    Free,
    /// From 80 % on: worth a warning.
    Warning,
    /// From 95 % on: background calls are held.
    Reserved,
    /// The API has said that the cap is used up: everything is held.
    UsedUp,
}

/// Whether the API can be reached, judged by what became of calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Connection {
    /// Since when no call got through.
    pub lost_since: Option<Millis>,
    /// When it is tried again; calls wait until one gets through.
    pub retry_at: Option<Millis>,
}
