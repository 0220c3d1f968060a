//! What a bucket learns from answers.

use crate::budget::bucket::{Bucket, NotUntil, Outstanding, Pause, Window};
use crate::budget::hidden_limit::{self, Raise};
use crate::host::runtime::Millis;
use crate::why::Source;
use backoffice_limits::{Limits, Reset, Unit};

/// Seconds left are whole, so a window ends up to a second earlier than told.
const ROUNDING: Millis = 1_000;
/// A refusal after fewer calls does not show how many are allowed.
const ENOUGH: u32 = 5;
/// Two ends that are closer to each other belong to the same window.
const SHORTEST_WINDOW: Millis = 5_000;

/// What an answer says about the window that it was counted in.
struct WindowReport {
    /// The window ends between these two moments.
    earliest: Millis,
    latest: Millis,
    /// How the end is known.
    source: Source,
    /// The unit that it was read in, if a header named it.
    unit: Option<Unit>,
    /// How many calls are left in it.
    remaining: Option<u32>,
}

impl Bucket {
    /// The answer to a call that was sent at `sent_at` came; `accepted` unless it refuses
    /// the call because of the limit. `out` are the calls in flight, this one included.
    /// Returns how many calls of others it shows that were not known before.
    pub(crate) fn answered(
        &mut self,
        sent_at: Millis,
        limits: &Limits,
        accepted: bool,
        out: Outstanding,
        now: Millis,
        random: f64,
    ) -> u32 {
        self.roll(out, now);
        // A call that was sent during the pause and was not refused shows that it is over.
        self.pause.take_if(|pause| accepted && sent_at > pause.since);
        self.headers_hidden = limits.is_hidden();
        self.seen_at = Some(now);
        if self.headers_hidden {
            self.probe_until = None;
            if accepted {
                self.count(sent_at, now, random);
            }
            return 0;
        }
        self.counted_limit = None;
        self.limit = limits.limit.filter(|limit| *limit > 0).or(self.limit);
        let report = self.report(limits, sent_at, now);
        self.forget_misread_window(&report);
        self.length = limits.window.or(self.length);
        if !self.place(sent_at, report, out, now, random) {
            return 0;
        }
        self.probe_until = None;
        self.note_others(sent_at, now)
    }

    /// Counts a call where only refusals show the limit.
    fn count(&mut self, sent_at: Millis, now: Millis, random: f64) {
        let Some(raise) = &mut self.counted_limit else { return };
        let length = self.length.unwrap_or(hidden_limit::WINDOW);
        if self.window.is_none() {
            // While calls go on, each window begins at the end of the one before.
            let next = self.last_end + length;
            let end = if now < next { next } else { now + length };
            let end = NotUntil::new(end, now, random);
            self.window = Some(Window::new(end.told, end, Source::CountedHere, now));
            let more = raise.take(now);
            self.limit = self.limit.map(|limit| limit.saturating_add(more));
            self.remaining = self.limit.map(|limit| limit.saturating_sub(self.lost));
        }
        if self.is_recent(sent_at) {
            self.remaining = self.remaining.map(|left| left.saturating_sub(1));
        }
    }

    /// What an answer says about its window.
    fn report(&mut self, limits: &Limits, sent_at: Millis, now: Millis) -> WindowReport {
        // Answers to calls of other pages were read there, with less evidence.
        let mut limits = limits.clone();
        limits.weigh_unit(&mut self.units, now);
        let (at, source, unit) = match (limits.reset, &self.window) {
            (Some(Reset { at, reading }), _) => {
                let unit = reading.unit;
                (at, Source::Header(reading), Some(unit))
            }
            (None, Some(window)) => (window.end.told, window.source.clone(), None),
            (None, None) => {
                let length = limits.window.or(self.length).unwrap_or(hidden_limit::WINDOW);
                (now + length, Source::NotTold, None)
            }
        };
        let rounded = self.rounds_down && unit == Some(Unit::Seconds);
        let latest = at + if rounded { ROUNDING } else { 0 };
        // The server wrote the header while the call was in flight, at any moment of that.
        let earliest = latest.saturating_sub(ROUNDING + now.saturating_sub(sent_at));
        WindowReport { earliest, latest, source, unit, remaining: limits.remaining }
    }

    /// If the window was read in seconds and this answer in milliseconds, or the other way
    /// round, one of the two is wrong: the later one is based on more answers.
    fn forget_misread_window(&mut self, report: &WindowReport) {
        let was = self.window.as_ref().and_then(|window| window.unit);
        if let (Some(Unit::Seconds), Some(Unit::Millis))
        | (Some(Unit::Millis), Some(Unit::Seconds)) = (was, report.unit)
        {
            self.window = None;
            self.length = None;
        }
    }

    /// Finds out which window an answer is about: the known one, a later one, or one that
    /// is over. Returns false for the last, which teaches nothing.
    fn place(
        &mut self,
        sent_at: Millis,
        told: WindowReport,
        out: Outstanding,
        now: Millis,
        random: f64,
    ) -> bool {
        let recent = self.is_recent(sent_at);
        let early = recent && self.is_early(&told, now);
        match &mut self.window {
            Some(window) if told.latest < window.earliest => return false,
            Some(window) if told.earliest <= window.end.told => {
                window.earliest = window.earliest.max(told.earliest);
                if told.latest < window.end.told {
                    let spread = window.end.resume - window.end.told;
                    window.end = NotUntil { told: told.latest, resume: told.latest + spread };
                    window.source = told.source;
                    window.unit = told.unit;
                }
                self.remaining = match (self.remaining, told.remaining) {
                    (Some(known), Some(told)) => Some(known.min(told)),
                    (known, told) => known.or(told),
                };
            }
            None if !recent && told.earliest <= self.last_end => return false,
            None if early => {
                self.rounds_down = true;
                self.open(
                    WindowReport { latest: told.latest + ROUNDING, ..told },
                    out,
                    now,
                    random,
                );
            }
            _ => self.open(told, out, now, random),
        }
        true
    }

    /// What is used of this window and was not sent from here, other users have used.
    fn note_others(&mut self, sent_at: Millis, now: Millis) -> u32 {
        let (Some(limit), Some(remaining)) = (self.limit, self.remaining) else { return 0 };
        if !self.is_recent(sent_at) {
            return 0;
        }
        let more = self.demand.note(limit.saturating_sub(remaining), now);
        self.usage.others(more, now);
        more
    }

    /// Whether a call that was sent after the end of a window was still counted in it: then
    /// the server rounds seconds down. This is learnt once.
    fn is_early(&self, told: &WindowReport, now: Millis) -> bool {
        self.probe_until.is_some()
            && told.remaining == Some(0)
            && now >= self.last_end
            && told.earliest <= self.last_end
    }

    /// Begins the window that an answer is about.
    fn open(&mut self, told: WindowReport, out: Outstanding, now: Millis, random: f64) {
        let before = self.window.as_ref().map_or(self.last_end, |window| window.end.told);
        if follows(before, told.latest, now) {
            let length = (told.latest - before + ROUNDING / 2) / ROUNDING * ROUNDING;
            self.length = Some(self.length.map_or(length, |known| known.min(length)));
        }
        if let Some(window) = &self.window {
            // It ended earlier than told.
            let frame = self.frame(window);
            self.demand.window_over(frame, out.count);
        }
        let WindowReport { earliest, latest, source, unit, remaining } = told;
        let end = NotUntil::new(latest, now, random);
        self.window = Some(Window { unit, ..Window::new(earliest, end, source, now) });
        let remaining = remaining.or(self.limit);
        self.remaining = remaining.map(|left| left.saturating_sub(self.lost));
        self.lost = 0;
        self.held = false;
    }

    /// The API refused a call: nothing goes before `until`, which is known from `source`.
    /// `hidden` says that no header of the answer says anything about the limit.
    pub(crate) fn refused(
        &mut self,
        until: Millis,
        source: Source,
        hidden: bool,
        out: Outstanding,
        now: Millis,
        random: f64,
    ) {
        self.roll(out, now);
        // `until` is rounded up to whole seconds, so the window began up to a second earlier
        // than it seems. Where calls waited for its begin, none went in that second.
        let slack = if self.counted_limit.is_some() { ROUNDING } else { ROUNDING / 2 };
        let length = self.length.unwrap_or(hidden_limit::WINDOW);
        let began = until.saturating_sub(length + slack);
        let told = matches!(source, Source::Header(_));
        let accepted = if hidden && told { self.hidden_limit.accepted(began) } else { 0 };
        if accepted >= ENOUGH {
            // The calls of this window before the refusal are what it allows.
            self.limit = Some(accepted);
            self.remaining = Some(0);
            self.counted_limit = Some(Raise::learnt(now));
            let end = NotUntil::new(until, now, random);
            self.window = Some(Window::new(end.told, end, source.clone(), now));
        } else if hidden && !told {
            self.hidden_limit.refused(now);
        } else if self.window.is_some() {
            self.remaining = Some(0);
        }
        match &mut self.pause {
            // The same moment with another rounding, or an earlier one.
            Some(pause) if until <= pause.hold.told + ROUNDING => pause.since = now,
            pause => {
                *pause = Some(Pause { since: now, hold: NotUntil::new(until, now, random), source })
            }
        }
    }
}

/// Whether no window lies between the one that ended at `before` and the one that ends at
/// `end`, which is known since `now`. A window is at least as long as what is left of it, so
/// a shorter time without any window holds none.
fn follows(before: Millis, end: Millis, now: Millis) -> bool {
    let idle = now.saturating_sub(before);
    let left = end.saturating_sub(now);
    // Where the one before ends later than now, it was cut short.
    before > 0 && before <= now + ROUNDING && idle < left && end - before >= SHORTEST_WINDOW
}
