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
use crate::limits::Unit;
use crate::runtime::Millis;
use crate::words;

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

/// In which order calls go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Rank {
    /// Renews or ends the session: every other call waits for it.
    Session,
    /// Somebody waits for it.
    Interactive,
    /// Nobody does.
    Background,
}

/// Whether a call may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Now.
    Go,
    /// Not yet. Without `until`, only an answer can change that.
    Hold { until: Option<NotUntil>, why: String },
}

/// Who asks for a call to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asker {
    pub(crate) rank: Rank,
    /// How many calls wait, this one included, on all pages.
    pub(crate) waiting: usize,
    /// How many calls of the same page are on their way.
    pub(crate) in_flight: u32,
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

    /// What the user has to have patience for.
    pub(crate) fn length(self, now: Millis) -> Millis {
        self.told.min(self.resume).saturating_sub(now)
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Window {
    /// Lies certainly before its end.
    earliest: Millis,
    /// Its end, or up to a second after.
    end: NotUntil,
    /// When the end was told.
    told_at: Millis,
    read_as: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Pause {
    since: Millis,
    hold: NotUntil,
    reason: String,
}

/// What a call on its way holds of a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reservation {
    epoch: u64,
    pub(crate) sent_at: Millis,
}

/// A bucket of the rate limit.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Bucket {
    limit: Option<u32>,
    /// Without a window, either unknown or the whole limit.
    remaining: Option<u32>,
    window: Option<Window>,
    length: Option<Millis>,
    seen_at: Option<Millis>,
    headers_hidden: bool,
    in_flight: u32,
    pause: Option<Pause>,
    own: HiddenLimit,
    unit: Option<Unit>,
    last_end: Millis,
    /// Counts windows, so that an answer to a call of an earlier one is known as such.
    epoch: u64,
    /// Calls of earlier epochs belong to another user.
    first_epoch: u64,
    in_flight_of_epoch: u32,
    /// How many calls ended without an answer before one has opened this window. The
    /// server may have counted them later than that one.
    lost_of_epoch: u32,
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
    /// Forgets everything; what calls on their way bring back is not heard.
    pub(crate) fn clear(&mut self) {
        let epoch = self.epoch + 1;
        *self = Self { epoch, first_epoch: epoch, ..Self::default() };
    }

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

    /// The unit that resets came in so far.
    pub(crate) fn unit(&self) -> Option<Unit> {
        self.unit
    }

    /// Whether a call may go now.
    pub(crate) fn decide(&mut self, asker: Asker, now: Millis) -> Decision {
        self.roll(now);
        if let Some(pause) = &self.pause {
            let left = words::duration(pause.hold.told.saturating_sub(now));
            let why = format!("Waits {left}: {}.", pause.reason);
            return Decision::Hold { until: Some(pause.hold), why };
        }
        if let Some(hold) = self.held_by_window(asker, now) {
            return hold;
        }
        if self.headers_hidden
            && self.counted.is_none()
            && let Some(until) = self.own.held_until(now)
        {
            let why = format!(
                "Waits {}: the limit cannot be read, so calls are counted here: {} a minute.",
                words::duration(until.saturating_sub(now)),
                self.own.allowed().unwrap_or_default()
            );
            return Decision::Hold { until: Some(NotUntil { told: until, resume: until }), why };
        }
        let at_once = Asker::most_at_once(asker.rank);
        // The first refusal hits all that is on its way.
        let blind = self.headers_hidden && self.counted.is_none() && asker.rank != Rank::Session;
        let unknown = self.seen_at.is_none() && asker.rank != Rank::Session;
        let scouted = self.scouting.is_some_and(|until| now < until);
        if asker.in_flight >= at_once
            || (unknown && self.in_flight >= AT_ONCE_UNKNOWN)
            || (blind && self.in_flight >= self.at_once_blind(now))
            || (scouted && self.in_flight_of_epoch > 0)
        {
            return on_their_way();
        }
        Decision::Go
    }

    fn at_once_blind(&self, now: Millis) -> u32 {
        (self.own.recent(now) / BLIND_SHARE).clamp(AT_ONCE_BLIND, AT_ONCE)
    }

    fn held_by_window(&self, asker: Asker, now: Millis) -> Option<Decision> {
        let free = self.remaining?.saturating_sub(self.in_flight);
        let Some(window) = &self.window else { return (free == 0).then(on_their_way) };
        let left = words::duration(window.end.told.saturating_sub(now));
        if free == 0 {
            // What is on its way can only use up the rest, so this holds to the end.
            let why = format!("Waits {left}: {}.", window.read_as);
            return Some(Decision::Hold { until: Some(window.end), why });
        }
        let fixed = self.background_reserve(asker.rank);
        if free <= fixed {
            let why = format!(
                "Waits {left} and leaves the rest of this window to you: {}.",
                window.read_as
            );
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
        let why = match self.others.seen() {
            0 => "Goes on little by little in this window, in case your command line or CI needs \
                  a part of it."
                .to_owned(),
            seen => format!(
                "Goes on little by little: your command line or CI has used {seen} of this \
                 window, and the rest is shared with it."
            ),
        };
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

    /// Counts a call as on its way.
    pub(crate) fn send(&mut self, now: Millis) -> Reservation {
        self.roll(now);
        self.in_flight += 1;
        self.in_flight_of_epoch += 1;
        self.own.sent(now);
        self.others.sent();
        self.personal.sent(now);
        self.usage.ours(now);
        Reservation { epoch: self.epoch, sent_at: now }
    }

    /// Counts a call that another page says it sent at `sent_at`.
    pub(crate) fn adopt(&mut self, sent_at: Millis, now: Millis) -> Reservation {
        self.others.sent();
        self.usage.ours(sent_at);
        self.readopt(Reservation { epoch: self.epoch, sent_at }, now)
    }

    /// Counts a call as on its way that was counted as sent before.
    pub(crate) fn readopt(&mut self, place: Reservation, now: Millis) -> Reservation {
        self.roll(now);
        let began = self.window.as_ref().map_or(self.last_end, |window| {
            let length = self.length.unwrap_or(hidden_limit::WINDOW);
            window.end.told.saturating_sub(length).max(self.last_end)
        });
        self.in_flight += 1;
        if place.sent_at < began {
            let epoch = self.epoch.saturating_sub(1).max(self.first_epoch);
            return Reservation { epoch, ..place };
        }
        self.in_flight_of_epoch += 1;
        Reservation { epoch: self.epoch, ..place }
    }

    /// The place of a call that is counted elsewhere.
    pub(crate) fn uncounted(&self, now: Millis) -> Reservation {
        Reservation { epoch: self.epoch, sent_at: now }
    }

    /// Forgets which calls are on their way, before they are counted anew.
    pub(crate) fn land_all(&mut self) {
        (self.in_flight, self.in_flight_of_epoch) = (0, 0);
    }

    /// The call was given up before it was sent.
    pub(crate) fn give_back(&mut self, place: Reservation) {
        if self.land(place) {
            self.own.unsent();
            self.usage.unsent();
            if place.epoch == self.epoch {
                self.others.unsent();
            }
        }
    }

    /// The call ended without an answer that tells about this bucket. The server
    /// may have counted it.
    pub(crate) fn lost(&mut self, place: Reservation) {
        if !self.land(place) {
            return;
        }
        if self.window.is_some() {
            self.remaining = self.remaining.map(|left| left.saturating_sub(1));
        } else if place.epoch == self.epoch {
            self.lost_of_epoch += 1;
        }
    }

    /// Whether the call belongs to this user.
    fn land(&mut self, place: Reservation) -> bool {
        if place.epoch < self.first_epoch {
            return false;
        }
        self.in_flight = self.in_flight.saturating_sub(1);
        if place.epoch == self.epoch {
            self.in_flight_of_epoch = self.in_flight_of_epoch.saturating_sub(1);
        }
        true
    }

    /// Opens the next window when this one, or the pause, is over.
    fn roll(&mut self, now: Millis) {
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
            self.others.window_over(frame, self.in_flight);
        }
        self.scouting = (self.held || pause_over).then(|| now + SCOUTING);
        self.held = false;
        self.remaining = self.limit;
        self.epoch += 1;
        self.in_flight_of_epoch = 0;
        self.lost_of_epoch = 0;
    }

    /// What is known.
    pub(crate) fn view(&mut self, now: Millis) -> crate::BudgetView {
        let hold = match self.decide(Asker::URGENT, now) {
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
            None => left.saturating_sub(self.in_flight),
        });
        let reset_at = self.window.as_ref().map(|window| window.end.told);
        crate::BudgetView {
            bucket: backoffice_contract::LimitClass::Standard,
            limit: counted.or(self.limit),
            remaining,
            reset_at,
            window: self.length,
            seen_at: self.seen_at,
            sentence: self.window.as_ref().map(|window| format!("{}.", window.read_as)),
            in_flight: self.in_flight,
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
    Decision::Hold { until: None, why: "Waits for calls that are on their way.".into() }
}
