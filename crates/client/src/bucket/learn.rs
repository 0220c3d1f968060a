//! What a bucket learns from answers.

use super::{Bucket, NotUntil, Pause, Reservation, Window, demand};
use crate::hidden_limit::{self, Raise};
use crate::limits::{Limits, Unit};
use crate::runtime::Millis;
use crate::why::Source;

/// Seconds left are whole: a window ends up to a second before it is said to.
const ROUNDING: Millis = 1_000;
/// A refusal after fewer calls tells of something else than how many are allowed.
const ENOUGH: u32 = 5;
/// Resets closer to each other are no two windows.
const SHORTEST_WINDOW: Millis = 5_000;

/// When a window ends, as an answer says it.
#[derive(Clone)]
struct End {
    at: Millis,
    source: Source,
    /// The unit that it was read in, if a header named it.
    unit: Option<Unit>,
}

impl Bucket {
    /// An answer came; `accepted` unless it refuses the call because of the limit.
    /// Returns how many more calls than known others have made.
    pub(crate) fn answered(
        &mut self,
        place: Reservation,
        limits: &Limits,
        accepted: bool,
        now: Millis,
        random: f64,
    ) -> u32 {
        if !self.land(place) {
            return 0;
        }
        self.roll(now);
        // A call that went in spite of the pause, and got through, shows that it is over.
        self.pause.take_if(|pause| accepted && place.sent_at > pause.since);
        self.headers_hidden = limits.is_hidden();
        self.seen_at = Some(now);
        if self.headers_hidden {
            self.scouting = None;
            if accepted {
                self.count(place, now, random);
            }
            return 0;
        }
        self.counted = None;
        self.limit = limits.limit.filter(|limit| *limit > 0).or(self.limit);
        let end = self.end(limits, now);
        self.forget_misread_window(&end);
        self.length = limits.window.or(self.length);
        if !self.place(place, &end, limits.remaining, now, random) {
            return 0;
        }
        self.scouting = None;
        self.note_others(place, now)
    }

    /// Counts a call against a limit that only refusals tell of.
    fn count(&mut self, place: Reservation, now: Millis, random: f64) {
        let Some(raise) = &mut self.counted else { return };
        let length = self.length.unwrap_or(hidden_limit::WINDOW);
        if self.window.is_none() {
            // The windows follow each other, as long as there are calls in them.
            let next = self.last_end + length;
            let end = if now < next { next } else { now + length };
            let end = NotUntil::new(end, now, random);
            let source = Source::CountedHere;
            self.window = Some(Window { earliest: end.told, end, source, unit: None });
            let more = raise.take(now);
            self.limit = self.limit.map(|limit| limit.saturating_add(more));
            self.remaining = self.limit.map(|limit| limit.saturating_sub(self.lost_of_epoch));
        }
        if place.epoch == self.epoch {
            self.remaining = self.remaining.map(|left| left.saturating_sub(1));
        }
    }

    /// When the window ends that an answer is about.
    fn end(&mut self, limits: &Limits, now: Millis) -> End {
        // Answers to calls of other pages were read there, with less evidence.
        let mut limits = limits.clone();
        limits.weigh_unit(&mut self.units, now);
        match (limits.reset, &self.window) {
            (Some(reset), _) => End {
                at: reset.at,
                source: Source::Header(reset.reading.clone()),
                unit: Some(reset.reading.unit),
            },
            (None, Some(window)) => {
                End { at: window.end.told, source: window.source.clone(), unit: None }
            }
            (None, None) => End {
                at: now + limits.window.or(self.length).unwrap_or(hidden_limit::WINDOW),
                source: Source::NotTold,
                unit: None,
            },
        }
    }

    /// If the window was read in seconds and this answer in milliseconds, or the other way
    /// round, one of the two is wrong: the later one is based on more answers.
    fn forget_misread_window(&mut self, end: &End) {
        let was = self.window.as_ref().and_then(|window| window.unit);
        if let (Some(Unit::Seconds), Some(Unit::Millis))
        | (Some(Unit::Millis), Some(Unit::Seconds)) = (was, end.unit)
        {
            self.window = None;
            self.length = None;
        }
    }

    /// Puts what an answer said where it belongs in time: in the window that is
    /// known, in a later one, or nowhere, when its window is over. Says whether it was
    /// about the window that is known by then.
    fn place(
        &mut self,
        place: Reservation,
        end: &End,
        remaining: Option<u32>,
        now: Millis,
        random: f64,
    ) -> bool {
        let up = self.rounds_down && end.unit == Some(Unit::Seconds);
        let latest = end.at + if up { ROUNDING } else { 0 };
        // The header is as old as the call at most.
        let earliest = latest.saturating_sub(ROUNDING + now.saturating_sub(place.sent_at));
        let early = self.is_early(place, earliest, remaining, now);
        match &mut self.window {
            Some(window) if latest < window.earliest => return false,
            Some(window) if earliest <= window.end.told => {
                window.earliest = window.earliest.max(earliest);
                if latest < window.end.told {
                    let spread = window.end.resume - window.end.told;
                    window.end = NotUntil { told: latest, resume: latest + spread };
                    window.source.clone_from(&end.source);
                    window.unit = end.unit;
                }
                self.remaining = match (self.remaining, remaining) {
                    (Some(known), Some(told)) => Some(known.min(told)),
                    (known, told) => known.or(told),
                };
            }
            // A straggler of the window before says nothing about this one.
            None if place.epoch < self.epoch && earliest <= self.last_end => return false,
            None if early => {
                self.rounds_down = true;
                self.open(end, latest + ROUNDING, earliest, remaining, now, random);
            }
            _ => self.open(end, latest, earliest, remaining, now, random),
        }
        true
    }

    /// What this window lost and was not sent from here, somebody else has used.
    fn note_others(&mut self, place: Reservation, now: Millis) -> u32 {
        let (Some(limit), Some(remaining)) = (self.limit, self.remaining) else { return 0 };
        if place.epoch != self.epoch {
            return 0;
        }
        let more = self.others.note(limit.saturating_sub(remaining), now);
        self.usage.others(more, now);
        more
    }

    /// Whether a call that went after the end of a window was still counted in it:
    /// then the server rounds its seconds down, which is learnt once.
    fn is_early(
        &self,
        place: Reservation,
        earliest: Millis,
        remaining: Option<u32>,
        now: Millis,
    ) -> bool {
        self.scouting.is_some()
            && place.epoch == self.epoch
            && remaining == Some(0)
            && now >= self.last_end
            && earliest <= self.last_end
    }

    fn open(
        &mut self,
        end: &End,
        at: Millis,
        earliest: Millis,
        remaining: Option<u32>,
        now: Millis,
        random: f64,
    ) {
        let before = self.window.as_ref().map_or(self.last_end, |window| window.end.told);
        let length = at.saturating_sub(before);
        if before > 0 && length >= SHORTEST_WINDOW {
            // Several windows may have passed unseen; the shortest distance is one.
            let rounded = (length + ROUNDING / 2) / ROUNDING * ROUNDING;
            self.length = Some(self.length.map_or(rounded, |known| known.min(rounded)));
        }
        if self.window.is_some() {
            // The one before ended without being waited for.
            let frame = demand::Frame {
                end: before,
                length: self.length.unwrap_or(hidden_limit::WINDOW),
                limit: self.limit.unwrap_or_default(),
            };
            self.others.window_over(frame, self.in_flight + 1);
        }
        let End { source, unit, .. } = end.clone();
        let end = NotUntil::new(at, now, random);
        self.window = Some(Window { earliest, end, source, unit });
        let told = remaining.or(self.limit);
        self.remaining = told.map(|left| left.saturating_sub(self.lost_of_epoch));
        self.lost_of_epoch = 0;
        self.held = false;
    }

    /// The API refused a call: nothing goes before `until`, which is known from `source`.
    /// `hidden` says that no header of the answer says anything about the limit.
    pub(crate) fn refused(
        &mut self,
        until: Millis,
        source: Source,
        hidden: bool,
        now: Millis,
        random: f64,
    ) {
        self.roll(now);
        // Told in whole seconds, so that it began up to a second before. When the window
        // before was held to its end, nothing went in that second.
        let slack = if self.counted.is_some() { ROUNDING } else { ROUNDING / 2 };
        let length = self.length.unwrap_or(hidden_limit::WINDOW);
        let began = until.saturating_sub(length + slack);
        let told = matches!(source, Source::Header(_));
        let accepted = if hidden && told { self.own.accepted(began) } else { 0 };
        if accepted >= ENOUGH {
            // What went before it in this window is what the window allows.
            self.limit = Some(accepted);
            self.remaining = Some(0);
            self.counted = Some(Raise::learnt(now));
            let end = NotUntil::new(until, now, random);
            let source = source.clone();
            self.window = Some(Window { earliest: end.told, end, source, unit: None });
        } else if hidden && !told {
            self.own.refused(now);
        } else if self.window.is_some() {
            self.remaining = Some(0);
        }
        match &mut self.pause {
            // The same moment, rounded differently, or an earlier one.
            Some(pause) if until <= pause.hold.told + ROUNDING => pause.since = now,
            pause => {
                *pause = Some(Pause { since: now, hold: NotUntil::new(until, now, random), source })
            }
        }
    }
}
