//! What a bucket learns from answers.

use super::{Bucket, Hold, Pause, Place, Window};
use crate::limits::{Limits, Reset, Unit};
use crate::own_count;
use crate::runtime::Millis;

/// Seconds left are whole: a window ends up to a second before it is said to.
const ROUNDING: Millis = 1_000;
/// Resets closer to each other are no two windows.
const SHORTEST_WINDOW: Millis = 5_000;

impl Bucket {
    /// An answer came; `accepted` unless it refuses the call because of the limit.
    pub(crate) fn answered(
        &mut self,
        place: Place,
        limits: &Limits,
        accepted: bool,
        now: Millis,
        random: f64,
    ) {
        if !self.land(place) {
            return;
        }
        self.roll(now);
        // A call that went in spite of the pause, and got through, shows that it is over.
        self.pause.take_if(|pause| accepted && place.sent_at > pause.since);
        self.headers_hidden = limits.is_hidden();
        self.seen_at = Some(now);
        if self.headers_hidden {
            self.scouting = false;
            return;
        }
        self.limit = limits.limit.filter(|limit| *limit > 0).or(self.limit);
        self.length = limits.window.or(self.length);
        self.unit = limits.reset.as_ref().map(|reset| reset.unit).or(self.unit);
        let reset = match (&limits.reset, &self.window) {
            (Some(reset), _) => reset.clone(),
            (None, Some(window)) => {
                Reset { at: window.end.told, read_as: window.read_as.clone(), unit: Unit::Date }
            }
            (None, None) => Reset {
                at: now + self.length.unwrap_or(own_count::WINDOW),
                read_as: "the end of the window was not told".to_owned(),
                unit: Unit::Date,
            },
        };
        self.place(place, &reset, limits.remaining, now, random);
    }

    /// Puts what an answer said where it belongs in time: in the window that is
    /// known, in a later one, or nowhere, when its window is over.
    fn place(
        &mut self,
        place: Place,
        reset: &Reset,
        remaining: Option<u32>,
        now: Millis,
        random: f64,
    ) {
        let up = self.rounds_down && reset.unit == Unit::Seconds;
        let latest = reset.at + if up { ROUNDING } else { 0 };
        // The header is as old as the call at most.
        let earliest = latest.saturating_sub(ROUNDING + now.saturating_sub(place.sent_at));
        let early = self.is_early(place, earliest, remaining, now);
        match &mut self.window {
            Some(window) if latest < window.earliest => return,
            Some(window) if earliest <= window.end.told => {
                window.earliest = window.earliest.max(earliest);
                if latest < window.end.told {
                    let spread = window.end.resume - window.end.told;
                    window.end = Hold { told: latest, resume: latest + spread };
                    window.read_as.clone_from(&reset.read_as);
                }
                self.remaining = match (self.remaining, remaining) {
                    (Some(known), Some(told)) => Some(known.min(told)),
                    (known, told) => known.or(told),
                };
            }
            // A straggler of the window before says nothing about this one.
            None if place.epoch < self.epoch && earliest <= self.last_end => return,
            None if early => {
                self.rounds_down = true;
                self.open(reset, latest + ROUNDING, earliest, remaining, now, random);
            }
            _ => self.open(reset, latest, earliest, remaining, now, random),
        }
        self.scouting = false;
    }

    /// Whether a call that went after the end of a window was still counted in it:
    /// then the server rounds its seconds down, which is learnt once.
    fn is_early(
        &self,
        place: Place,
        earliest: Millis,
        remaining: Option<u32>,
        now: Millis,
    ) -> bool {
        self.scouting
            && place.epoch == self.epoch
            && remaining == Some(0)
            && now >= self.last_end
            && earliest <= self.last_end
    }

    fn open(
        &mut self,
        reset: &Reset,
        end: Millis,
        earliest: Millis,
        remaining: Option<u32>,
        now: Millis,
        random: f64,
    ) {
        let before = self.window.as_ref().map_or(self.last_end, |window| window.end.told);
        let length = end.saturating_sub(before);
        if before > 0 && length >= SHORTEST_WINDOW {
            // Several windows may have passed unseen; the shortest distance is one.
            let rounded = (length + ROUNDING / 2) / ROUNDING * ROUNDING;
            self.length = Some(self.length.map_or(rounded, |known| known.min(rounded)));
        }
        let read_as = reset.read_as.clone();
        self.window = Some(Window { earliest, end: Hold::new(end, now, random), read_as });
        self.remaining = remaining.or(self.limit);
        self.held = false;
    }

    /// The server refused a call: nothing goes before `until`, for a `reason` that
    /// follows a colon. `hidden` says that
    /// the answer told nothing about the limit.
    pub(crate) fn refused(
        &mut self,
        until: Millis,
        reason: String,
        hidden: bool,
        now: Millis,
        random: f64,
    ) {
        self.roll(now);
        if hidden {
            self.own.refused(now);
        } else if self.window.is_some() {
            self.remaining = Some(0);
        }
        match &mut self.pause {
            // The same moment, rounded differently, or an earlier one.
            Some(pause) if until <= pause.hold.told + ROUNDING => pause.since = now,
            pause => {
                *pause = Some(Pause { since: now, hold: Hold::new(until, now, random), reason })
            }
        }
    }
}
