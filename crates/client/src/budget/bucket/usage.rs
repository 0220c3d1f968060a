//! The use of the last minutes, for the picture and the forecast.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::budget::view::Usage;
use crate::host::runtime::Millis;

/// How far back the forecast looks.
const PACE: Millis = 60_000;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct UsageLog {
    /// The number of each step since the epoch, and what happened in it.
    steps: VecDeque<(Millis, Usage)>,
}

impl UsageLog {
    fn note(&mut self, now: Millis, change: impl FnOnce(&mut Usage)) {
        let number = now / Usage::STEP;
        // The step may lie behind others: a report may come late.
        let at = self.steps.partition_point(|(step, _)| *step < number);
        if let Some((_, usage)) = self.steps.get_mut(at).filter(|(step, _)| *step == number) {
            return change(usage);
        }
        let mut usage = Usage::default();
        change(&mut usage);
        self.steps.insert(at, (number, usage));
        while self.steps.len() > Usage::STEPS {
            self.steps.pop_front();
        }
    }

    pub(super) fn ours(&mut self, now: Millis) {
        self.note(now, |usage| usage.ours += 1);
    }

    /// The latest call was given up before it was sent.
    pub(super) fn unsent(&mut self) {
        if let Some((_, usage)) = self.steps.back_mut() {
            usage.ours = usage.ours.saturating_sub(1);
        }
    }

    pub(super) fn others(&mut self, count: u32, now: Millis) {
        if count > 0 {
            self.note(now, |usage| usage.others += count);
        }
    }

    /// All steps up to now, oldest first; those without calls too.
    pub(super) fn steps(&self, now: Millis) -> Vec<Usage> {
        let last = now / Usage::STEP;
        let first = (last + 1).saturating_sub(Usage::STEPS as Millis);
        let mut all = vec![Usage::default(); Usage::STEPS];
        for (number, usage) in &self.steps {
            let at = number.checked_sub(first).and_then(|at| usize::try_from(at).ok());
            if let Some(slot) = at.and_then(|at| all.get_mut(at)) {
                *slot = *usage;
            }
        }
        all
    }

    /// When `remaining` calls will be used at the pace of the last minute.
    pub(super) fn runs_out_at(&self, remaining: Option<u32>, now: Millis) -> Option<Millis> {
        let remaining = remaining?;
        let recent = self
            .steps
            .iter()
            .filter(|(number, _)| (number + 1) * Usage::STEP + PACE > now)
            .map(|(_, usage)| usage.ours + usage.others)
            .sum::<u32>();
        (recent > 0).then(|| now + Millis::from(remaining) * PACE / Millis::from(recent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_without_calls_are_there_too() {
        let mut log = UsageLog::default();
        log.ours(1_000_000);
        log.ours(1_000_001);
        log.others(3, 1_020_000);
        let steps = log.steps(1_020_000);
        assert_eq!(steps.len(), Usage::STEPS);
        let last: Vec<_> = steps[27..].iter().map(|usage| (usage.ours, usage.others)).collect();
        assert_eq!(last, [(2, 0), (0, 0), (0, 3)]);
        assert_eq!(log.steps(9_000_000), vec![Usage::default(); Usage::STEPS]);
    }

    #[test]
    fn the_pace_of_the_last_minute_says_when_nothing_is_left() {
        let mut log = UsageLog::default();
        for now in 0..30 {
            log.ours(now * 1_000);
        }
        assert_eq!(log.runs_out_at(Some(10), 30_000), Some(50_000));
        assert_eq!(log.runs_out_at(None, 30_000), None);
        assert_eq!(log.runs_out_at(Some(10), 300_000), None, "nothing happens any more");
    }
}
