//! One bucket of the rate limit: what is known, what is on its way, and whether the
//! next call may go.
//!
//! The limit is a fixed window. Within one window `remaining` only falls, whatever
//! order answers come in, and every call on its way is counted as if the server had
//! not seen it yet. So a single client is not refused, and a refusal means that
//! somebody else uses the same limit.

mod learn;
#[cfg(test)]
mod tests;

use crate::backoff;
use crate::limits::Unit;
use crate::own_count::OwnCount;
use crate::runtime::Millis;
use crate::words;

/// How many calls are on their way at once, so that a queue is a stream and not a
/// volley; calls that nobody waits for leave half to the others.
const AT_ONCE: u32 = 8;
const AT_ONCE_BACKGROUND: u32 = 4;
/// And before any answer has told what is left.
const AT_ONCE_UNKNOWN: u32 = 4;

/// In which order calls go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    Hold { until: Option<Hold>, why: String },
}

/// A moment that is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hold {
    /// As it was told.
    pub(crate) told: Millis,
    /// With its spread.
    pub(crate) resume: Millis,
}

impl Hold {
    fn new(told: Millis, now: Millis, random: f64) -> Self {
        Self { told, resume: told + backoff::spread(told.saturating_sub(now), random) }
    }
}

#[derive(Debug)]
struct Window {
    /// Lies certainly before its end.
    earliest: Millis,
    /// Its end, or up to a second after.
    end: Hold,
    read_as: String,
}

#[derive(Debug)]
struct Pause {
    since: Millis,
    hold: Hold,
    reason: String,
}

/// What a call on its way holds of a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    epoch: u64,
    pub(crate) sent_at: Millis,
}

/// A bucket of the rate limit.
#[derive(Debug, Default)]
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
    own: OwnCount,
    unit: Option<Unit>,
    last_end: Millis,
    /// Counts windows, so that an answer to a call of an earlier one is known as such.
    epoch: u64,
    /// Calls of earlier epochs belong to another user.
    first_epoch: u64,
    in_flight_of_epoch: u32,
    held: bool,
    /// After a hold a single call goes first and shows whether the window is new.
    scouting: bool,
    rounds_down: bool,
}

impl Bucket {
    /// Forgets everything; what calls on their way bring back is not heard.
    pub(crate) fn clear(&mut self) {
        let epoch = self.epoch + 1;
        *self = Self { epoch, first_epoch: epoch, ..Self::default() };
    }

    /// The unit that resets came in so far.
    pub(crate) fn unit(&self) -> Option<Unit> {
        self.unit
    }

    /// Whether a call of `rank` may go now.
    pub(crate) fn decide(&mut self, rank: Rank, now: Millis) -> Decision {
        self.roll(now);
        if let Some(pause) = &self.pause {
            let left = words::duration(pause.hold.told.saturating_sub(now));
            let why = format!("Waits {left}: {}.", pause.reason);
            return Decision::Hold { until: Some(pause.hold), why };
        }
        let free = self.remaining.map(|left| left.saturating_sub(self.in_flight));
        if free.is_some_and(|free| free <= self.reserve(rank)) {
            // What is on its way can only use up the rest, so this holds to the end.
            let Some(window) = &self.window else { return on_their_way() };
            let left = words::duration(window.end.told.saturating_sub(now));
            let why = if free > Some(0) {
                format!(
                    "Waits {left} and leaves the rest of this window to you: {}.",
                    window.read_as
                )
            } else {
                format!("Waits {left}: {}.", window.read_as)
            };
            return Decision::Hold { until: Some(window.end), why };
        }
        if self.headers_hidden
            && let Some(until) = self.own.held_until(now)
        {
            let why = format!(
                "Waits {}: the limit cannot be read, so calls are counted here: {} a minute.",
                words::duration(until.saturating_sub(now)),
                self.own.allowed().unwrap_or_default()
            );
            return Decision::Hold { until: Some(Hold { told: until, resume: until }), why };
        }
        let at_once = match rank {
            Rank::Session => u32::MAX,
            _ if self.seen_at.is_none() => AT_ONCE_UNKNOWN,
            Rank::Interactive => AT_ONCE,
            Rank::Background => AT_ONCE_BACKGROUND,
        };
        if self.in_flight >= at_once || (self.scouting && self.in_flight_of_epoch > 0) {
            return on_their_way();
        }
        Decision::Go
    }

    /// A call waits for the end of the window.
    pub(crate) fn mark_held(&mut self) {
        self.held = true;
    }

    /// What `rank` leaves of a window: a tenth for those that somebody waits for.
    fn reserve(&self, rank: Rank) -> u32 {
        match (rank, self.limit) {
            (Rank::Session | Rank::Interactive, _) => 0,
            (Rank::Background, None) => 1,
            (Rank::Background, Some(limit)) => (limit / 10).max(1).min(limit.saturating_sub(1)),
        }
    }

    /// Counts a call as on its way.
    pub(crate) fn send(&mut self, now: Millis) -> Place {
        self.roll(now);
        self.in_flight += 1;
        self.in_flight_of_epoch += 1;
        self.own.sent(now);
        Place { epoch: self.epoch, sent_at: now }
    }

    /// The call was given up before it was sent.
    pub(crate) fn give_back(&mut self, place: Place) {
        if self.land(place) {
            self.own.unsent();
        }
    }

    /// The call ended without an answer that tells about this bucket. The server
    /// may have counted it.
    pub(crate) fn lost(&mut self, place: Place) {
        if self.land(place) && self.window.is_some() {
            self.remaining = self.remaining.map(|left| left.saturating_sub(1));
        }
    }

    /// Whether the call belongs to this user.
    fn land(&mut self, place: Place) -> bool {
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
        }
        self.scouting = self.held || pause_over;
        self.held = false;
        self.remaining = self.limit;
        self.epoch += 1;
        self.in_flight_of_epoch = 0;
    }

    /// What is known, with `waiting` calls in the queue.
    pub(crate) fn view(&mut self, now: Millis) -> crate::BudgetView {
        let hold = match self.decide(Rank::Session, now) {
            Decision::Hold { until: Some(_), why } => Some(why),
            Decision::Hold { .. } | Decision::Go => None,
        };
        let counted = if self.headers_hidden { self.own.allowed() } else { None };
        let left = if counted.is_some() { self.own.left(now) } else { self.remaining };
        crate::BudgetView {
            bucket: backoffice_contract::LimitClass::Standard,
            limit: counted.or(self.limit),
            remaining: left.map(|left| match counted {
                Some(_) => left,
                None => left.saturating_sub(self.in_flight),
            }),
            reset_at: self.window.as_ref().map(|window| window.end.told),
            window: self.length,
            seen_at: self.seen_at,
            sentence: self.window.as_ref().map(|window| format!("{}.", window.read_as)),
            in_flight: self.in_flight,
            waiting: 0,
            hold,
            headers_hidden: self.headers_hidden,
        }
    }
}

fn on_their_way() -> Decision {
    Decision::Hold { until: None, why: "Waits for calls that are on their way.".into() }
}
