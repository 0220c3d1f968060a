//! Several runs of one case, and whether they keep the bounds.

use crate::scenario::{Outcome, Scenario};
use crate::server::form::Form;

/// Without another consumer: how much longer than the minimum, on average.
pub const MAKESPAN: f64 = 1.05;
/// Without another consumer: which share of our requests is refused, less than.
pub const REFUSED_ALONE: f64 = 0.01;
/// Beside another consumer: which share of our requests is refused, less than.
pub const REFUSED_BESIDE: f64 = 0.03;
/// Beside another consumer: which share of its requests is refused, at most.
pub const CONSUMER_REFUSED: f64 = 0.10;

/// Whether there are bounds to keep. Where no answer tells what is left, the limit can
/// only be found by being refused, and nobody can see that somebody else uses it.
#[must_use]
pub fn is_judged(scenario: &Scenario) -> bool {
    !matches!(scenario.form, Form::RetryAfter | Form::Hidden)
}

/// What came of several runs together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Summary {
    runs: u32,
    complete: u32,
    ratios: f64,
    /// The greatest makespan over its minimum.
    pub worst_ratio: f64,
    wanted: u32,
    sent: u32,
    refused: u32,
    /// The greatest share of our requests that was refused in one run.
    pub worst_refused: f64,
    consumer_sent: u32,
    consumer_refused: u32,
    /// The greatest share of the other consumer's requests that was refused in one run.
    pub worst_consumer: f64,
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

impl Summary {
    /// Adds a run.
    pub fn add(&mut self, run: &Outcome) {
        let ratio = run.makespan as f64 / run.minimum.max(1) as f64;
        self.merge(&Self {
            runs: 1,
            complete: u32::from(run.worked == run.wanted),
            ratios: ratio,
            worst_ratio: ratio,
            wanted: run.wanted,
            sent: run.sent,
            refused: run.refused,
            worst_refused: share(run.refused, run.sent),
            consumer_sent: run.consumer_sent,
            consumer_refused: run.consumer_refused,
            worst_consumer: share(run.consumer_refused, run.consumer_sent),
        });
    }

    /// Adds the runs of another.
    pub fn merge(&mut self, other: &Self) {
        self.runs += other.runs;
        self.complete += other.complete;
        self.ratios += other.ratios;
        self.worst_ratio = self.worst_ratio.max(other.worst_ratio);
        self.wanted += other.wanted;
        self.sent += other.sent;
        self.refused += other.refused;
        self.worst_refused = self.worst_refused.max(other.worst_refused);
        self.consumer_sent += other.consumer_sent;
        self.consumer_refused += other.consumer_refused;
        self.worst_consumer = self.worst_consumer.max(other.worst_consumer);
    }

    /// How many runs.
    #[must_use]
    pub fn runs(&self) -> u32 {
        self.runs
    }

    /// In how many runs every call worked.
    #[must_use]
    pub fn complete(&self) -> u32 {
        self.complete
    }

    /// Makespan over minimum, on average.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        self.ratios / f64::from(self.runs.max(1))
    }

    /// Which share of our requests was refused.
    #[must_use]
    pub fn refused(&self) -> f64 {
        share(self.refused, self.sent)
    }

    /// How many requests were sent for one call.
    #[must_use]
    pub fn sent_per_call(&self) -> f64 {
        share(self.sent, self.wanted)
    }

    /// Which share of the other consumer's requests was refused.
    #[must_use]
    pub fn consumer_refused(&self) -> f64 {
        share(self.consumer_refused, self.consumer_sent)
    }

    /// Which bounds the runs of `scenario` miss, in words; none when it is all of them
    /// that they keep, or when there are none to keep: see [`is_judged`].
    #[must_use]
    pub fn misses(&self, scenario: &Scenario) -> Vec<String> {
        let mut misses = Vec::new();
        if !is_judged(scenario) {
            return misses;
        }
        if self.complete < self.runs {
            let incomplete = self.runs - self.complete;
            misses.push(format!("calls without success in {incomplete} of {} runs", self.runs));
        }
        let bound = if scenario.consumer { REFUSED_BESIDE } else { REFUSED_ALONE };
        if self.refused() >= bound {
            misses.push(format!("{:.1} % refused", self.refused() * 100.0));
        }
        if !scenario.consumer && self.ratio() > MAKESPAN {
            misses.push(format!("{:.3} times the minimum", self.ratio()));
        }
        if self.consumer_refused() > CONSUMER_REFUSED {
            let share = self.consumer_refused() * 100.0;
            misses.push(format!("{share:.1} % of the other consumer refused"));
        }
        misses
    }
}
