//! One bucket of the rate limit: what is known of it, and whether the next call may go.
//!
//! The limit is a fixed window. Within a window `remaining` only falls, in whatever order
//! answers come in, and a call in flight counts as if the server had not seen it yet. So a
//! client that is alone is not refused, and a refusal means that somebody else uses the same
//! limit.
//!
//! Which calls are in flight the [queue](crate::budget::queue) knows; it hands them in.

mod burst;
mod demand;
mod learn;
#[cfg(test)]
mod tests;
mod usage;

use serde::{Deserialize, Serialize};

use crate::budget::hidden_limit::{self, HiddenLimit, Raise};
pub(crate) use crate::budget::priority::Rank;
use crate::host::runtime::Millis;
use crate::pipeline::backoff;
use crate::why::{Source, Why};
use backoffice_limits::{self as limits, Limits, Unit, UnitEvidence};

use burst::Burst;
use demand::Demand;
use usage::UsageLog;

/// How many calls of one page are in flight at once, so that a long queue goes out as a
/// stream. Background calls leave half of that to interactive ones.
const AT_ONCE: u32 = 8;
const AT_ONCE_BACKGROUND: u32 = 4;
/// How many calls of all pages are in flight before the first answer.
const AT_ONCE_UNKNOWN: u32 = 4;
/// How many while headers are hidden: few, as a refusal hits all of them. At least so many, and
/// one for each 30 calls of the last minute.
const AT_ONCE_BLIND: u32 = 2;
const BLIND_SHARE: u32 = 30;
/// The shortest wait of a paced call.
const LOOK_AGAIN: Millis = 50;
/// How long other calls wait for the answer to the first one after a hold.
const PROBE: Millis = 5_000;

/// Whether a call may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decision {
    /// It may go now.
    Go,
    /// It has to wait. Without `until`, only an answer ends the wait.
    Hold { until: Option<NotUntil>, why: Why },
}

/// The call that asks to go, and what waits and is in flight beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asker {
    pub(crate) rank: Rank,
    /// How many calls wait, this one included, on all pages.
    pub(crate) waiting: usize,
    /// How many of those are interactive.
    pub(crate) interactive: usize,
    /// How many calls of the same page are in flight.
    pub(crate) in_flight: u32,
}

/// The calls of all pages that are in flight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Outstanding {
    count: u32,
    /// When the latest of them was sent.
    latest: Option<Millis>,
}

impl FromIterator<Millis> for Outstanding {
    /// Takes the moments at which the calls were sent.
    fn from_iter<I: IntoIterator<Item = Millis>>(sent_at: I) -> Self {
        sent_at.into_iter().fold(Self::default(), |all, sent_at| Self {
            count: all.count.saturating_add(1),
            latest: all.latest.max(Some(sent_at)),
        })
    }
}

impl Asker {
    /// How many calls of one page may be in flight at once.
    pub(crate) fn most_at_once(rank: Rank) -> u32 {
        match rank {
            Rank::Session => u32::MAX,
            Rank::Interactive => AT_ONCE,
            Rank::Background => AT_ONCE_BACKGROUND,
        }
    }

    /// The most urgent call, alone.
    const URGENT: Self = Self { rank: Rank::Session, waiting: 1, interactive: 0, in_flight: 0 };
}

/// The end of a hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NotUntil {
    /// When the hold ends, as far as the API told it. The user sees this.
    pub(crate) told: Millis,
    /// When the next call goes: a random moment later, so that not all clients come back at
    /// once, or earlier where calls are paced.
    pub(crate) resume: Millis,
}

impl NotUntil {
    fn new(told: Millis, now: Millis, random: f64) -> Self {
        Self { told, resume: told + backoff::spread(told.saturating_sub(now), random) }
    }
}

/// A window of the limit that has not ended yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Window {
    /// A lower bound of its end.
    earliest: Millis,
    /// An upper bound of its end, at most a second late.
    end: NotUntil,
    /// When the first answer of this window came.
    opened_at: Millis,
    /// How its end is known.
    source: Source,
    /// The unit that the end was read in, if a header named it.
    unit: Option<Unit>,
}

impl Window {
    fn new(earliest: Millis, end: NotUntil, source: Source, now: Millis) -> Self {
        Self { earliest, end, opened_at: now, source, unit: None }
    }
}

/// The time after a refusal, in which no call goes.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Pause {
    /// When the latest refusal came. A later call that succeeds ends the pause.
    since: Millis,
    hold: NotUntil,
    /// How its end is known.
    source: Source,
}

/// A bucket of the rate limit.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Bucket {
    /// How many calls a window allows.
    limit: Option<u32>,
    /// How many were left when the server counted the latest call. While no window is known:
    /// the whole limit, or `None`.
    remaining: Option<u32>,
    /// The window that the latest answers were about; `None` when it is over.
    window: Option<Window>,
    /// How long a window is, as a header told it or as two neighbours showed it.
    length: Option<Millis>,
    /// When the latest answer came.
    seen_at: Option<Millis>,
    /// Whether that answer had no headers about the limit.
    headers_hidden: bool,
    pause: Option<Pause>,
    /// The limit of a sliding minute, for while headers are hidden.
    hidden_limit: HiddenLimit,
    /// In which unit this server sends resets. Not stored, so that a wrong one does not
    /// outlast the page.
    #[serde(skip)]
    units: UnitEvidence,
    /// When the last window ended, as it was told.
    last_end: Millis,
    /// When the end of the last window, or pause, was noticed. A call that was sent earlier
    /// may have been counted in that window.
    began_at: Millis,
    /// How many calls were lost since then, while no window was known. The server may count
    /// them in the next window.
    lost: u32,
    /// Whether calls wait for the end of this window.
    held: bool,
    /// After a hold a single call goes first and shows whether the window is new. Until this
    /// moment the others wait for its answer.
    probe_until: Option<Millis>,
    /// Whether this server rounds seconds left down.
    rounds_down: bool,
    /// Set while `limit` was counted here, because only refusals show it.
    counted_limit: Option<Raise>,
    demand: Demand,
    burst: Burst,
    usage: UsageLog,
}

impl Bucket {
    /// Whether an answer has come.
    pub(crate) fn is_known(&self) -> bool {
        self.seen_at.is_some()
    }

    /// Drops what is only needed while headers are hidden.
    pub(crate) fn drop_hidden_limit(&mut self) {
        if !self.headers_hidden {
            self.hidden_limit = HiddenLimit::default();
        }
    }

    /// Reads the headers of an answer in the unit that the answers before have shown.
    pub(crate) fn read(&mut self, headers: &[(String, String)], now: Millis) -> Limits {
        let mut limits = limits::read(headers, now, self.units.unit());
        limits.weigh_unit(&mut self.units, now);
        limits
    }

    /// Keeps the evidence of the bucket that this one replaces: it is neither stored nor
    /// sent to other pages.
    pub(crate) fn keep_unit_evidence(&mut self, replaced: Self) {
        self.units = replaced.units;
    }

    /// Whether a call may go now.
    pub(crate) fn decide(&mut self, asker: Asker, out: Outstanding, now: Millis) -> Decision {
        self.roll(out, now);
        if let Some(pause) = &self.pause {
            let why = Why::Paused(pause.source.clone());
            return Decision::Hold { until: Some(pause.hold), why };
        }
        if let Some(hold) = self.held_by_window(asker, out, now) {
            return hold;
        }
        let blind = self.is_blind();
        if blind && let Some(until) = self.hidden_limit.held_until(now) {
            let why = Why::HiddenLimit { allowed: self.hidden_limit.allowed().unwrap_or_default() };
            return Decision::Hold { until: Some(NotUntil { told: until, resume: until }), why };
        }
        let most = match asker.rank {
            Rank::Session => u32::MAX,
            _ if self.seen_at.is_none() => AT_ONCE_UNKNOWN,
            _ if blind => self.at_once_blind(now),
            _ => u32::MAX,
        };
        let probing = self.probe_until.is_some_and(|until| now < until);
        if asker.in_flight >= Asker::most_at_once(asker.rank)
            || out.count >= most
            || (probing && out.latest >= Some(self.began_at))
        {
            return in_flight();
        }
        Decision::Go
    }

    /// Whether nothing shows the limit but the refusals of a sliding minute.
    fn is_blind(&self) -> bool {
        self.headers_hidden && self.counted_limit.is_none()
    }

    fn at_once_blind(&self, now: Millis) -> u32 {
        (self.hidden_limit.recent(now) / BLIND_SHARE).clamp(AT_ONCE_BLIND, AT_ONCE)
    }

    fn held_by_window(&self, asker: Asker, out: Outstanding, now: Millis) -> Option<Decision> {
        let free = self.remaining?.saturating_sub(out.count);
        let Some(window) = &self.window else { return (free == 0).then(in_flight) };
        if free == 0 {
            // No answer can show that more is left, so this lasts to the end of the window.
            let why = Why::WindowUsedUp(window.source.clone());
            return Some(Decision::Hold { until: Some(window.end), why });
        }
        let fixed = self.background_reserve(asker.rank);
        if free <= fixed {
            let why = Why::KeptForInteractive(window.source.clone());
            return Some(Decision::Hold { until: Some(window.end), why });
        }
        if asker.rank == Rank::Session
            || self.counted_limit.is_some()
            || (asker.rank == Rank::Interactive && self.burst.covers(asker.interactive, now))
        {
            return None;
        }
        let free = free - fixed;
        let frame = self.frame(window);
        let fits = asker.waiting <= usize::try_from(free).unwrap_or(usize::MAX);
        if free > self.demand.reserve(frame, fits, now) {
            return None;
        }
        // Not at once, even where the window is over and its spread is waited for.
        let released = self.demand.released_at(frame, fits, free, now);
        let resume = released.min(window.end.resume).max(now + LOOK_AGAIN);
        let why = Why::Paced { others: self.demand.seen() };
        Some(Decision::Hold { until: Some(NotUntil { told: window.end.told, resume }), why })
    }

    fn frame(&self, window: &Window) -> demand::Frame {
        let left = window.end.told.saturating_sub(window.opened_at);
        demand::Frame {
            end: window.end.told,
            length: self.length.unwrap_or(hidden_limit::WINDOW).max(left),
            limit: self.limit.unwrap_or_default(),
        }
    }

    /// Calls wait for the end of the window.
    pub(crate) fn mark_held(&mut self) {
        self.held = true;
    }

    /// How many calls of a window background calls leave to interactive ones: a tenth.
    fn background_reserve(&self, rank: Rank) -> u32 {
        match (rank, self.limit) {
            (Rank::Session | Rank::Interactive, _) => 0,
            (Rank::Background, None) => 1,
            (Rank::Background, Some(limit)) => (limit / 10).max(1).min(limit.saturating_sub(1)),
        }
    }

    /// Counts a call as sent; `out` are those that were in flight before it.
    pub(crate) fn send(&mut self, rank: Rank, out: Outstanding, now: Millis) {
        self.roll(out, now);
        self.hidden_limit.sent(now);
        self.demand.sent();
        if rank == Rank::Interactive {
            self.burst.sent(now);
        }
        self.usage.ours(now);
    }

    /// A call that was counted as sent was given up before it was sent.
    pub(crate) fn give_back(&mut self, sent_at: Millis) {
        self.hidden_limit.unsent();
        self.usage.unsent();
        if self.is_recent(sent_at) {
            self.demand.unsent();
        }
    }

    /// A call ended without an answer that says anything about this bucket. The server
    /// may have counted it.
    pub(crate) fn lost(&mut self, sent_at: Millis) {
        if self.window.is_some() {
            self.remaining = self.remaining.map(|left| left.saturating_sub(1));
        } else if self.is_recent(sent_at) {
            self.lost += 1;
        }
    }

    /// Whether a call was sent after the window before had ended.
    fn is_recent(&self, sent_at: Millis) -> bool {
        sent_at >= self.began_at
    }

    /// Closes the window, or the pause, when it is over.
    fn roll(&mut self, out: Outstanding, now: Millis) {
        let pause_over = self.pause.take_if(|pause| now >= pause.hold.resume).is_some();
        let window_over = self.window.as_ref().is_some_and(|window| {
            now >= if self.held { window.end.resume } else { window.end.told }
        });
        if !pause_over && !window_over {
            return;
        }
        if let Some(window) = self.window.take() {
            self.last_end = window.end.told;
            let frame = self.frame(&window);
            self.demand.window_over(frame, out.count);
        }
        self.probe_until = (self.held || pause_over).then(|| now + PROBE);
        self.held = false;
        self.remaining = self.limit;
        self.began_at = now;
        self.lost = 0;
    }

    /// What is known, for showing.
    pub(crate) fn view(&mut self, out: Outstanding, now: Millis) -> crate::BudgetView {
        let hold = match self.decide(Asker::URGENT, out, now) {
            Decision::Hold { until: Some(until), why } => {
                Some(crate::Hold { why, until: until.told })
            }
            Decision::Hold { .. } | Decision::Go => None,
        };
        let blind = self.is_blind();
        let counted = self.hidden_limit.allowed().filter(|_| blind);
        let remaining = match counted {
            Some(_) => self.hidden_limit.left(now),
            None => self.remaining.map(|left| left.saturating_sub(out.count)),
        };
        let reset_at = self.window.as_ref().map(|window| window.end.told);
        crate::BudgetView {
            bucket: backoffice_contract::LimitClass::Standard,
            limit: counted.or(self.limit),
            remaining,
            reset_at,
            window: self.length,
            seen_at: self.seen_at,
            source: self.window.as_ref().map(|window| window.source.clone()),
            in_flight: out.count,
            waiting: 0,
            queue: Vec::new(),
            hold,
            headers_hidden: self.headers_hidden,
            others: self.demand.seen(),
            runs_out_at: self
                .usage
                .runs_out_at(remaining, now)
                .filter(|at| reset_at.is_some_and(|reset_at| *at < reset_at)),
            usage: self.usage.steps(now),
            pages: 1,
        }
    }
}

fn in_flight() -> Decision {
    Decision::Hold { until: None, why: Why::InFlight }
}
