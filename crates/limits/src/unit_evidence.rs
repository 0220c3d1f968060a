//! Whether a server counts the time left in seconds or in milliseconds, as its answers
//! show it one after the other.
//!
//! No single number does: 6,405 may be two hours or six seconds, and 600,000 a week or ten
//! minutes. But within a window the number falls by one a second, or by a thousand.

use super::Unit;
use super::clock::MAX_SECONDS;
use crate::Millis;

/// How far apart, in milliseconds, two answers may put the same end in whole seconds: the
/// rounding, and a second for the way.
const SECONDS_FIT: f64 = 2_000.0;
/// An answer that comes this much later than another may have been written before it. Ends
/// further apart than this are not the same end in seconds.
const SECONDS_END: f64 = 60_000.0;
/// The same in milliseconds, where nothing is rounded.
const MILLIS_FIT: f64 = 500.0;
const MILLIS_END: f64 = 2_000.0;

/// What the numbers of several answers say about their unit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UnitEvidence {
    /// An earlier number, to compare the next one with.
    earlier: Option<Sample>,
    unit: Option<Unit>,
}

/// A number left, and when it came.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Sample {
    number: f64,
    at: Millis,
}

impl UnitEvidence {
    /// The unit that two answers agreed on last.
    pub fn unit(&self) -> Option<Unit> {
        self.unit
    }

    /// Takes a bare number that came at `now` as the time left until a reset. Returns what
    /// [`Self::unit`] does.
    pub fn observe(&mut self, number: f64, now: Millis) -> Option<Unit> {
        let sample = Sample { number, at: now };
        match self.earlier.map(|earlier| compare(earlier, sample)) {
            // The longer the time between them, the clearer: the earlier one is kept.
            Some(Comparison::TooClose) => return self.unit,
            Some(Comparison::Agree(unit)) => self.unit = Some(unit),
            Some(Comparison::Differ) | None => {}
        }
        self.earlier = Some(sample);
        self.unit
    }
}

enum Comparison {
    /// They put the same end in this unit, and not in the other.
    Agree(Unit),
    /// They may put the same end in either unit.
    TooClose,
    /// They put the same end in neither, as when another window has begun.
    Differ,
}

fn compare(earlier: Sample, later: Sample) -> Comparison {
    let Some(passed) = later.at.checked_sub(earlier.at) else { return Comparison::Differ };
    let passed = passed as f64;
    let fell = earlier.number - later.number;
    let seconds_apart = (passed - fell * 1_000.0).abs();
    let millis_apart = (passed - fell).abs();
    // A window of so many milliseconds is over by now, so the next one may be seen. Below
    // that size the number is read as seconds anyway.
    let may_be_next = earlier.number > MAX_SECONDS && passed >= earlier.number;
    if seconds_apart <= SECONDS_FIT && millis_apart > MILLIS_END && !may_be_next {
        return Comparison::Agree(Unit::Seconds);
    }
    if millis_apart <= MILLIS_FIT.min(passed / 2.0) && seconds_apart > SECONDS_END {
        return Comparison::Agree(Unit::Millis);
    }
    if seconds_apart <= SECONDS_END && millis_apart <= MILLIS_END {
        return Comparison::TooClose;
    }
    Comparison::Differ
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The unit after each of these numbers at these moments.
    fn units(samples: &[(f64, Millis)]) -> Vec<Option<Unit>> {
        let mut evidence = UnitEvidence::default();
        samples.iter().map(|(number, at)| evidence.observe(*number, *at)).collect()
    }

    #[test]
    fn two_answers_that_agree_decide_and_one_never_does() {
        let (seconds, millis) = (Some(Unit::Seconds), Some(Unit::Millis));
        for (samples, expected) in [
            (vec![(41.0, 0)], vec![None]),
            (vec![(600_000.0, 0)], vec![None]),
            // A minute, in milliseconds.
            (vec![(60_000.0, 0), (59_700.0, 300)], vec![None, millis]),
            // Both as large, and as small.
            (vec![(600_000.0, 0), (599_990.0, 10_000)], vec![None, seconds]),
            (vec![(6_405.0, 1_000), (6_047.0, 1_358)], vec![None, millis]),
            (vec![(41.0, 0), (38.0, 3_000)], vec![None, seconds]),
            (vec![(900.0, 0), (400.0, 500)], vec![None, millis]),
            // A volley says little until some time has passed.
            (
                vec![(900.0, 0), (895.0, 5), (890.0, 10), (830.0, 70)],
                vec![None, None, None, millis],
            ),
            (vec![(41.0, 0), (41.0, 400), (39.0, 2_300)], vec![None, None, seconds]),
            // Another window.
            (vec![(600_000.0, 0), (41.0, 1_000)], vec![None, None]),
            (vec![(3.0, 0), (60.0, 3_500)], vec![None, None]),
            // A slow answer with an older number comes first.
            (vec![(41.0, 10_000), (31.0, 10_050)], vec![None, None]),
            // The same point of the next window in milliseconds, 60 ms late.
            (vec![(30_000.0, 0), (29_940.0, 60_060)], vec![None, None]),
            // A clock that was turned back.
            (vec![(41.0, 10_000), (40.0, 9_000)], vec![None, None]),
            // What was decided changes when answers agree on the other unit.
            (
                vec![(60_000.0, 0), (59_700.0, 300), (41.0, 1_000), (31.0, 11_000)],
                vec![None, millis, millis, seconds],
            ),
            (
                vec![(50.0, 0), (40.0, 10_000), (60_000.0, 11_000), (58_000.0, 13_000)],
                vec![None, seconds, seconds, millis],
            ),
        ] {
            assert_eq!(units(&samples), expected, "{samples:?}");
        }
    }

    proptest! {
        /// Answers of one window, each with the time it took, never show the wrong unit.
        #[test]
        fn the_wrong_unit_is_never_shown(
            in_seconds: bool,
            length in 1_000_u64..7_200_000,
            answers in prop::collection::vec((0.0..1.0, 0_u64..400), 2..20),
        ) {
            let mut evidence = UnitEvidence::default();
            let mut answers: Vec<_> = answers
                .into_iter()
                .map(|(part, way)| ((length as f64 * part) as u64, way))
                .map(|(written, way)| (written + way, length - written))
                .collect();
            answers.sort_unstable();
            let wrong = if in_seconds { Unit::Millis } else { Unit::Seconds };
            for (at, left) in answers {
                let number = if in_seconds { left.div_ceil(1_000) } else { left };
                prop_assert_ne!(evidence.observe(number as f64, at), Some(wrong));
            }
        }
    }
}
