//! Consideration for whoever else uses the same limit.
//!
//! The limit is the user's, not this browser's: the command line and CI take from
//! it too. What a window loses beyond what was sent from here, they have used. That
//! is expected of them for the rest of the window as well, and left to them. Before
//! anything is known about them, work in bulk leaves a share of each window that is
//! released little by little, so that they can be seen at all: whoever empties each
//! window in its first second only ever hears of a limit that is used up.

use serde::{Deserialize, Serialize};

use crate::runtime::Millis;

/// What is left to others at the beginning of a window when nothing is known of
/// them, as a share of the limit.
const SHARE_UNKNOWN: f64 = 0.6;
/// And when they were there in the windows before: what those have shown may be little.
const SHARE_SHARED: f64 = 0.6;
/// And when the window before was seen to be without them.
const SHARE_ALONE: f64 = 0.25;
/// By when all of that share is released, as a part of the window. Early enough that
/// a slow answer costs no place.
const RELEASED_BY: f64 = 0.85;
/// The weight of what earlier windows showed, as a part of a window.
const MEMORY: f64 = 0.5;
/// The same where there is nothing to remember: it keeps one early call from being
/// taken for many.
const DOUBT: f64 = 0.1;
/// How many standard deviations are left to them beyond what they are expected to need,
/// as if their calls were a Poisson process.
const DEVIATIONS: f64 = 2.0;
/// After what part of a window without any answer a call is worth sending for what
/// its answer shows, though it takes from the margin.
const LOOK_AFTER: f64 = 0.15;
/// For how many windows it counts what one has shown.
const REMEMBERED: Millis = 3;

/// A window, as far as it is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) end: Millis,
    pub(super) length: Millis,
    pub(super) limit: u32,
}

/// What others use of the limit.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Demand {
    /// How many calls of this window are ours, at most.
    ours: u32,
    seen: u32,
    seen_at: Millis,
    /// How many a millisecond they made in the windows before, and when the last of
    /// those ended.
    before: Option<(f64, Millis)>,
}

impl Demand {
    pub(super) fn sent(&mut self) {
        self.ours += 1;
    }

    pub(super) fn unsent(&mut self) {
        self.ours = self.ours.saturating_sub(1);
    }

    /// How many calls of this window were theirs, at least.
    pub(super) fn seen(&self) -> u32 {
        self.seen
    }

    /// So many calls of the window are used. Returns how many more than known are
    /// theirs.
    pub(super) fn note(&mut self, used: u32, now: Millis) -> u32 {
        let theirs = used.saturating_sub(self.ours);
        let more = theirs.saturating_sub(self.seen);
        self.seen += more;
        self.seen_at = now;
        more
    }

    /// A window has ended; `carried` calls are on their way and may be counted in
    /// the next.
    pub(super) fn window_over(&mut self, frame: Frame, carried: u32) {
        let began = frame.end.saturating_sub(frame.length);
        let observed = self.seen_at.saturating_sub(began);
        // Whoever sends much shows early; that nobody does has to be seen for longer.
        let through = if self.seen > 0 { frame.length / 4 } else { frame.length / 2 };
        if observed >= through.max(1) {
            // Of what they did after the last answer nothing is known, and of calls that
            // were refused nothing can be.
            let rate = f64::from(self.seen) / observed as f64;
            // They are believed at once, and forgotten slowly.
            let rate = match self.before {
                Some((before, _)) if rate < before => f64::midpoint(rate, before),
                _ => rate,
            };
            self.before = Some((rate, frame.end));
        }
        (self.ours, self.seen) = (carried, 0);
    }

    /// How many calls a window has to keep for them. Less and less until its end.
    /// `fits` says that all that waits fits into the window.
    pub(super) fn reserve(&self, frame: Frame, fits: bool, now: Millis) -> u32 {
        let length = frame.length.max(1) as f64;
        let left = (frame.end.saturating_sub(now) as f64).min(length);
        let elapsed = length - left;
        let fresh = |(_, end): &(f64, Millis)| {
            now.saturating_sub(*end) <= frame.length.saturating_mul(REMEMBERED)
        };
        let before = self.before.filter(fresh).map(|(rate, _)| rate);
        let alone = before.is_some_and(|rate| rate * length < 0.5) && self.seen == 0;
        let (share, by) = match before {
            // The last window of a piece of work is not stretched for nobody.
            Some(_) if alone && fits => (0.0, RELEASED_BY),
            Some(_) if alone => (SHARE_ALONE, RELEASED_BY),
            Some(_) => (SHARE_SHARED, 1.0),
            None => (SHARE_UNKNOWN, RELEASED_BY),
        };
        let unknown = share * f64::from(frame.limit) * (1.0 - elapsed / (by * length)).max(0.0);
        // What they have used since they were seen last is not known yet.
        let unseen = (now.saturating_sub(self.seen_at) as f64).min(elapsed);
        let memory = if before.is_some() { MEMORY } else { DOUBT } * length;
        let observed = memory + elapsed - unseen;
        let rate = (before.unwrap_or(0.0) * memory + f64::from(self.seen)) / observed;
        let needed = rate * (left + unseen);
        // The longer nothing was seen, the more it is worth to look again.
        let caution = (1.0 - unseen / (LOOK_AFTER * length)).max(0.0);
        // Both what they will do and what they have shown so far are chance.
        let shown = (rate * observed).max(1.0);
        let margin = DEVIATIONS * (needed + needed * needed / shown).sqrt();
        let expected = needed + caution * margin;
        let reserve = if alone { unknown } else { unknown.max(expected) };
        (reserve.ceil() as u32).min(frame.limit)
    }

    /// When a window that has `free` calls left keeps less than that.
    pub(super) fn released_at(&self, frame: Frame, fits: bool, free: u32, now: Millis) -> Millis {
        let (mut held, mut released) = (now, frame.end.max(now));
        while released - held > 50 {
            let middle = held.midpoint(released);
            if free > self.reserve(frame, fits, middle) {
                released = middle;
            } else {
                held = middle;
            }
        }
        released
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { end: 60_000, length: 60_000, limit: 120 };

    fn next(frame: Frame) -> Frame {
        Frame { end: frame.end + frame.length, ..frame }
    }

    #[test]
    fn a_share_is_released_little_by_little_before_anything_is_known() {
        let others = Demand::default();
        let mut last = u32::MAX;
        for now in (0..60_000).step_by(1_000) {
            let reserve = others.reserve(FRAME, false, now);
            assert!(reserve <= last);
            last = reserve;
        }
        assert_eq!(others.reserve(FRAME, false, 0), 72);
        assert_eq!(others.reserve(FRAME, true, 0), 72, "a piece of work that fits, too");
        assert_eq!(others.reserve(FRAME, false, 51_000), 0);
        let at = others.released_at(FRAME, false, 20, 0);
        assert!(others.reserve(FRAME, false, at) < 20);
        assert!(others.reserve(FRAME, false, at - 100) >= 20);
    }

    #[test]
    fn what_they_used_so_far_is_expected_for_the_rest() {
        let mut others = Demand::default();
        for _ in 0..60 {
            others.sent();
        }
        assert_eq!(others.note(60 + 15, 25_000), 15);
        assert_eq!(others.note(60 + 18, 30_000), 3);
        // 18 in half a window: 15 more, as 6 s of doubt are added, and a margin for chance.
        let reserve = others.reserve(FRAME, false, 30_000);
        assert!((20..=30).contains(&reserve), "{reserve}");
        let unseen = others.reserve(FRAME, false, 50_000);
        assert_eq!(unseen, 15, "what they used since is not known, but the margin is spent");
        others.note(60 + 35, 59_000);
        assert!(others.reserve(FRAME, false, 59_900) <= 4, "the end is there for all");
        others.window_over(FRAME, 0);
        let frame = next(FRAME);
        let reserve = others.reserve(frame, false, 60_000);
        assert_eq!(reserve, 72, "more than they seem to need");
        let later = others.reserve(frame, false, 90_000);
        assert!((30..=40).contains(&later), "{later}");
        assert!(others.reserve(frame, true, 60_000) == reserve, "even for the last few calls");
        assert!(
            others.reserve(Frame { end: 420_000, ..frame }, false, 400_000) <= 32,
            "long ago counts as unknown"
        );
    }

    #[test]
    fn whoever_was_alone_for_a_window_may_finish_at_once() {
        let mut others = Demand::default();
        for _ in 0..120 {
            others.sent();
        }
        assert_eq!(others.note(120, 50_000), 0);
        others.window_over(FRAME, 0);
        let frame = next(FRAME);
        assert_eq!(others.reserve(frame, true, 60_000), 0);
        assert_eq!(others.reserve(frame, false, 60_000), 30, "but looks out while there is more");
    }

    #[test]
    fn a_window_that_was_not_seen_to_its_second_half_shows_nothing() {
        let mut others = Demand::default();
        others.sent();
        others.note(1, 10_000);
        others.window_over(FRAME, 0);
        assert_eq!(others.reserve(next(FRAME), true, 60_000), 72);
    }

    #[test]
    fn calls_on_their_way_at_the_end_are_not_taken_for_others() {
        let mut others = Demand::default();
        others.window_over(FRAME, 3);
        others.sent();
        assert_eq!(others.note(4, 61_000), 0);
        assert_eq!(others.note(5, 62_000), 1);
    }
}
