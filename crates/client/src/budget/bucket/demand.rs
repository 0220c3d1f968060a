//! How much of the limit other users of it need: the user's command line and CI.
//!
//! The limit belongs to the user, not to this browser. The calls of a window that were not
//! sent from here were theirs. As many are expected for the rest of the window, and bulk work
//! leaves them free.
//!
//! While nothing is known about them, bulk work leaves a share of each window that shrinks
//! towards its end. Otherwise they could not be seen: a client that uses up each window in
//! its first second never sees what others use.

use serde::{Deserialize, Serialize};

use crate::host::runtime::Millis;

/// The share of the limit that is left to others at the beginning of a window, while nothing
/// is known about them.
const SHARE_UNKNOWN: f64 = 0.6;
/// The same when others were seen lately. What was seen of them may be an underestimate.
const SHARE_SHARED: f64 = 0.6;
/// The same when the window before showed that there are no others.
const SHARE_ALONE: f64 = 0.25;
/// The part of a window after which that share is used up. Early enough that slow answers
/// do not leave calls unused.
const RELEASED_BY: f64 = 0.85;
/// The weight of what earlier windows showed, as a part of a window.
const MEMORY: f64 = 0.5;
/// The same weight without earlier windows: it keeps one early call from counting as many.
const DOUBT: f64 = 0.1;
/// How many standard deviations are left to them beyond what they are expected to need,
/// as if their calls were a Poisson process.
const DEVIATIONS: f64 = 2.0;
/// The part of a window without an answer after which the margin is used up: a call is worth
/// sending then, because its answer shows what others used.
const LOOK_AFTER: f64 = 0.15;
/// For how many windows a rate that was seen counts.
const REMEMBERED: Millis = 3;

/// A window.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) end: Millis,
    pub(super) length: Millis,
    pub(super) limit: u32,
}

/// What other users of the limit use.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Demand {
    /// An upper bound of our calls in this window.
    ours: u32,
    /// A lower bound of theirs.
    seen: u32,
    /// When the latest answer of this window came.
    seen_at: Millis,
    /// Their rate in earlier windows, in calls a millisecond, and when the last of those
    /// windows ended.
    before: Option<(f64, Millis)>,
}

impl Demand {
    pub(super) fn sent(&mut self) {
        self.ours += 1;
    }

    pub(super) fn unsent(&mut self) {
        self.ours = self.ours.saturating_sub(1);
    }

    /// A lower bound of their calls in this window.
    pub(super) fn seen(&self) -> u32 {
        self.seen
    }

    /// An answer shows that `used` calls of the window are used. Returns how many of theirs it
    /// shows that were not known before.
    pub(super) fn note(&mut self, used: u32, now: Millis) -> u32 {
        let theirs = used.saturating_sub(self.ours);
        let more = theirs.saturating_sub(self.seen);
        self.seen += more;
        self.seen_at = now;
        more
    }

    /// A window has ended. The `carried` calls in flight may be counted in the next one.
    pub(super) fn window_over(&mut self, frame: Frame, carried: u32) {
        let began = frame.end.saturating_sub(frame.length);
        let observed = self.seen_at.saturating_sub(began);
        // A quarter of a window is enough to see a rate, but not to see that nobody else calls.
        let through = if self.seen > 0 { frame.length / 4 } else { frame.length / 2 };
        if observed >= through.max(1) {
            // Calls after the last answer, and calls that were refused, are not seen.
            let rate = f64::from(self.seen) / observed as f64;
            // A higher rate counts at once, a lower one slowly.
            let rate = match self.before {
                Some((before, _)) if rate < before => f64::midpoint(rate, before),
                _ => rate,
            };
            self.before = Some((rate, frame.end));
        }
        (self.ours, self.seen) = (carried, 0);
    }

    /// How many calls of the window are left to them: fewer and fewer towards its end. `fits`
    /// says that all waiting calls fit into the window.
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
            // If nobody else is there, the last calls need not wait.
            Some(_) if alone && fits => (0.0, RELEASED_BY),
            Some(_) if alone => (SHARE_ALONE, RELEASED_BY),
            Some(_) => (SHARE_SHARED, 1.0),
            None => (SHARE_UNKNOWN, RELEASED_BY),
        };
        let unknown = share * f64::from(frame.limit) * (1.0 - elapsed / (by * length)).max(0.0);
        // What they have used since the last answer is not known yet.
        let unseen = (now.saturating_sub(self.seen_at) as f64).min(elapsed);
        let memory = if before.is_some() { MEMORY } else { DOUBT } * length;
        let observed = memory + elapsed - unseen;
        let rate = (before.unwrap_or(0.0) * memory + f64::from(self.seen)) / observed;
        let needed = rate * (left + unseen);
        // The longer ago the last answer is, the more the next one is worth.
        let caution = (1.0 - unseen / (LOOK_AFTER * length)).max(0.0);
        // The variance of what they will do, and of the rate as it was seen.
        let shown = (rate * observed).max(1.0);
        let margin = DEVIATIONS * (needed + needed * needed / shown).sqrt();
        let expected = needed + caution * margin;
        let reserve = if alone { unknown } else { unknown.max(expected) };
        (reserve.ceil() as u32).min(frame.limit)
    }

    /// When the window leaves less than `free` calls to them.
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
