//! One bucket of the rate limit: what is known, what is on its way, and whether the
//! next call may go.
//!
//! The limit is a fixed window. Within one window `remaining` only falls, whatever
//! order answers come in, and every call on its way is counted as if the server had
//! not seen it yet. So a single client is not refused, and a refusal means that
//! somebody else uses the same limit.

mod burst;
mod demand;
mod learn;
#[cfg(test)]
mod tests;
mod usage;

use serde::{Deserialize, Serialize};

use crate::backoff;
use crate::hidden_limit::{self, HiddenLimit, Raise};
use crate::limits::{self, Limits, Unit, UnitEvidence};
pub(crate) use crate::priority::Rank;
use crate::runtime::Millis;
use crate::why::{Source, Why};

use burst::Burst;
use demand::Demand;
use usage::UsageLog;

/// How many calls of one page are on their way at once, so that a queue is a stream
/// and not a volley; calls that nobody waits for leave half to the others.
const AT_ONCE: u32 = 8;
const AT_ONCE_BACKGROUND: u32 = 4;
/// And before any answer has told what is left.
const AT_ONCE_UNKNOWN: u32 = 4;
/// And where only a refusal tells of the limit: as many as may be refused then are few
/// beside those that were not.
const AT_ONCE_BLIND: u32 = 2;
const BLIND_SHARE: u32 = 30;
/// How soon a paced call is looked at again at the earliest.
const LOOK_AGAIN: Millis = 50;
/// How long the others wait for the first call of a window.
const SCOUTING: Millis = 5_000;

/// Whether a call may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Now.
    Go,
    /// Not yet. Without `until`, only an answer can change that.
    Hold { until: Option<NotUntil>, why: Why },
}

/// The call that asks to go, and what waits and is in flight beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asker {
    pub(crate) rank: Rank,
    /// How many calls wait, this one included, on all pages.
    pub(crate) waiting: usize,
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
    /// How many calls of one page may be on their way at once.
    pub(crate) fn most_at_once(rank: Rank) -> u32 {
        match rank {
            Rank::Session => u32::MAX,
            Rank::Interactive => AT_ONCE,
            Rank::Background => AT_ONCE_BACKGROUND,
        }
    }

    /// The most urgent call, alone.
    const URGENT: Self = Self { rank: Rank::Session, waiting: 1, in_flight: 0 };
}

/// A moment that is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NotUntil {
    /// When it ends at the latest, as it was told.
    pub(crate) told: Millis,
    /// When to go on: with its spread, or earlier where calls are paced.
    pub(crate) resume: Millis,
}

impl NotUntil {
    fn new(told: Millis, now: Millis, random: f64) -> Self {
        Self { told, resume: told + backoff::spread(told.saturating_sub(now), random) }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Window {
    /// Lies certainly before its end.
    earliest: Millis,
    /// Its end, or up to a second after.
    end: NotUntil,
    source: Source,
    /// The unit that the end was read in, if a header named it.
    unit: Option<Unit>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Pause {
    since: Millis,
    hold: NotUntil,
    source: Source,
}

/// A bucket of the rate limit.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Bucket {
    limit: Option<u32>,
    /// Without a window, either unknown or the whole limit.
    remaining: Option<u32>,
    window: Option<Window>,
    length: Option<Millis>,
    seen_at: Option<Millis>,
    headers_hidden: bool,
    pause: Option<Pause>,
    own: HiddenLimit,
    /// Not stored, so that a wrong one does not outlast the page.
    #[serde(skip)]
    units: UnitEvidence,
    last_end: Millis,
    /// When this page saw the last window, or pause, end. A call that was sent before may
    /// belong to the window before.
    began_at: Millis,
    /// How many calls that were sent since then were lost while no window was known. The
    /// server may still count them in the next window.
    lost: u32,
    held: bool,
    /// After a hold a single call goes first and shows whether the window is new;
    /// others wait for it until then.
    scouting: Option<Millis>,
    rounds_down: bool,
    /// Set while the limit is one that was counted here, because only refusals tell of
    /// it.
    counted: Option<Raise>,
    others: Demand,
    personal: Burst,
    usage: UsageLog,
}

impl Bucket {
    /// Whether any answer has told something.
    pub(crate) fn is_known(&self) -> bool {
        self.seen_at.is_some()
    }

    /// Drops the count of its own that is only needed where headers cannot be read.
    pub(crate) fn forget_what_headers_tell(&mut self) {
        if !self.headers_hidden {
            self.own = HiddenLimit::default();
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
        if self.headers_hidden
            && self.counted.is_none()
            && let Some(until) = self.own.held_until(now)
        {
            let why = Why::HiddenLimit { allowed: self.own.allowed().unwrap_or_default() };
            return Decision::Hold { until: Some(NotUntil { told: until, resume: until }), why };
        }
        let at_once = Asker::most_at_once(asker.rank);
        // The first refusal hits all that is on its way.
        let blind = self.headers_hidden && self.counted.is_none() && asker.rank != Rank::Session;
        let unknown = self.seen_at.is_none() && asker.rank != Rank::Session;
        let scouted = self.scouting.is_some_and(|until| now < until);
        if asker.in_flight >= at_once
            || (unknown && out.count >= AT_ONCE_UNKNOWN)
            || (blind && out.count >= self.at_once_blind(now))
            || (scouted && out.latest >= Some(self.began_at))
        {
            return on_their_way();
        }
        Decision::Go
    }

    fn at_once_blind(&self, now: Millis) -> u32 {
        (self.own.recent(now) / BLIND_SHARE).clamp(AT_ONCE_BLIND, AT_ONCE)
    }

    fn held_by_window(&self, asker: Asker, out: Outstanding, now: Millis) -> Option<Decision> {
        let free = self.remaining?.saturating_sub(out.count);
        let Some(window) = &self.window else { return (free == 0).then(on_their_way) };
        if free == 0 {
            // What is on its way can only use up the rest, so this holds to the end.
            let why = Why::WindowUsedUp(window.source.clone());
            return Some(Decision::Hold { until: Some(window.end), why });
        }
        let fixed = self.background_reserve(asker.rank);
        if free <= fixed {
            let why = Why::KeptForInteractive(window.source.clone());
            return Some(Decision::Hold { until: Some(window.end), why });
        }
        if asker.rank == Rank::Session
            || self.counted.is_some()
            || (asker.rank == Rank::Interactive && self.personal.covers(asker.waiting, now))
        {
            return None;
        }
        let free = free - fixed;
        let frame = self.frame(window);
        let fits = asker.waiting <= usize::try_from(free).unwrap_or(usize::MAX);
        if free > self.others.reserve(frame, fits, now) {
            return None;
        }
        // Never now: a window that is over may be waited for a little longer.
        let released = self.others.released_at(frame, fits, free, now);
        let resume = released.min(window.end.resume).max(now + LOOK_AGAIN);
        let why = Why::Paced { others: self.others.seen() };
        Some(Decision::Hold { until: Some(NotUntil { told: window.end.told, resume }), why })
    }

    /// The window for whoever looks after others.
    fn frame(&self, window: &Window) -> demand::Frame {
        demand::Frame {
            end: window.end.told,
            length: self.length.unwrap_or(hidden_limit::WINDOW),
            limit: self.limit.unwrap_or_default(),
        }
    }

    /// A call waits for the end of the window.
    pub(crate) fn mark_held(&mut self) {
        self.held = true;
    }

    /// What calls that nobody waits for leave of a window to those that somebody
    /// waits for: a tenth.
    fn background_reserve(&self, rank: Rank) -> u32 {
        match (rank, self.limit) {
            (Rank::Session | Rank::Interactive, _) => 0,
            (Rank::Background, None) => 1,
            (Rank::Background, Some(limit)) => (limit / 10).max(1).min(limit.saturating_sub(1)),
        }
    }

    /// Counts a call as sent; `out` are those that were in flight before it.
    pub(crate) fn send(&mut self, out: Outstanding, now: Millis) {
        self.roll(out, now);
        self.own.sent(now);
        self.others.sent();
        self.personal.sent(now);
        self.usage.ours(now);
    }

    /// A call that was counted as sent was given up before it was sent.
    pub(crate) fn give_back(&mut self, sent_at: Millis) {
        self.own.unsent();
        self.usage.unsent();
        if self.is_recent(sent_at) {
            self.others.unsent();
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
            self.others.window_over(frame, out.count);
        }
        self.scouting = (self.held || pause_over).then(|| now + SCOUTING);
        self.held = false;
        self.remaining = self.limit;
        self.began_at = now;
        self.lost = 0;
    }

    /// What is known.
    pub(crate) fn view(&mut self, out: Outstanding, now: Millis) -> crate::BudgetView {
        let hold = match self.decide(Asker::URGENT, out, now) {
            Decision::Hold { until: Some(until), why } => {
                Some(crate::Hold { why, until: until.told })
            }
            Decision::Hold { .. } | Decision::Go => None,
        };
        let sliding = self.headers_hidden && self.counted.is_none();
        let counted = if sliding { self.own.allowed() } else { None };
        let left = if counted.is_some() { self.own.left(now) } else { self.remaining };
        let remaining = left.map(|left| match counted {
            Some(_) => left,
            None => left.saturating_sub(out.count),
        });
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
            others: self.others.seen(),
            runs_out_at: self
                .usage
                .runs_out_at(remaining, now)
                .filter(|at| reset_at.is_some_and(|reset_at| *at < reset_at)),
            usage: self.usage.steps(now),
            pages: 1,
        }
    }
}

fn on_their_way() -> Decision {
    Decision::Hold { until: None, why: Why::InFlight }
}
