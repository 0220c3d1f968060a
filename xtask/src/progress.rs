//! Reports what a slow step does, how long it usually takes, and how long it took; also a table of
//! the time of each step of a command.

use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::Result;

/// The steps that have ended, in the order of their ends.
static STEPS: Mutex<Vec<Step>> = Mutex::new(Vec::new());

/// What the command that runs consists of, if it has said so.
static PLAN: Mutex<Option<Plan>> = Mutex::new(None);

/// How often a plan says how far it is, between the ends of its steps.
const OFTEN: Duration = Duration::from_secs(30);

/// Steps that were announced together.
struct Plan {
    start: Instant,
    /// What the titles of the steps begin with, without those that have ended.
    left: Vec<&'static str>,
    steps: usize,
    estimate: Duration,
}

/// A step and how long it took.
struct Step {
    what: String,
    took: Duration,
}

/// Says which steps are to come and how long each usually takes; from then on it says how far the
/// command is. Each part names what the title of a step begins with. Nothing is said if there is
/// nothing to do.
pub(crate) fn plan(parts: &[(&'static str, Duration)]) {
    if parts.is_empty() {
        return;
    }
    let steps: Vec<Step> =
        parts.iter().map(|(what, took)| Step { what: (*what).to_owned(), took: *took }).collect();
    let estimate = parts.iter().map(|(_, time)| *time).sum();
    let usually = duration(estimate);
    eprintln!("This start usually takes {usually} on 2 cores, later ones take seconds:");
    eprintln!("{}", rows(&steps));
    let left: Vec<&str> = parts.iter().map(|(what, _)| *what).collect();
    let plan = Plan { start: Instant::now(), steps: left.len(), left, estimate };
    *PLAN.lock().unwrap_or_else(PoisonError::into_inner) = Some(plan);
    // It ends with this program.
    thread::spawn(|| {
        loop {
            thread::sleep(OFTEN);
            if let Some(plan) = &*PLAN.lock().unwrap_or_else(PoisonError::into_inner) {
                eprintln!("…{}", plan.position());
            }
        }
    });
}

/// Runs `work` between two lines of text; `usually` is for example "about 2 minutes".
pub(crate) fn step<T>(what: &str, usually: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("{what} (usually {usually})…");
    let (outcome, took) = timed(what, work);
    let outcome = outcome?;
    let mut plan = PLAN.lock().unwrap_or_else(PoisonError::into_inner);
    let far = plan.as_mut().and_then(|plan| plan.ended(what)).unwrap_or_default();
    eprintln!("{what}: done in {}{far}", duration(took));
    Ok(outcome)
}

impl Plan {
    /// Counts a step as done; the answer is how far it is, if the step was one of these.
    fn ended(&mut self, what: &str) -> Option<String> {
        let at = self.left.iter().position(|begin| what.starts_with(begin))?;
        self.left.remove(at);
        Some(self.position())
    }

    /// How far it is.
    fn position(&self) -> String {
        let (passed, estimate) = (duration(self.start.elapsed()), duration(self.estimate));
        let done = self.steps - self.left.len();
        format!(" ({done} of {} steps, {passed} of usually {estimate})", self.steps)
    }
}

/// Runs `work` after a line of text. The output of `work` shows that it is done.
pub(crate) fn announce<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("{what}…");
    timed(what, work).0
}

/// All steps so far with their times, as a table. Steps that ran in parallel are listed separately,
/// so the sum can be more than the time that has passed.
pub(crate) fn table() -> String {
    rows(&STEPS.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Runs `work` and records how long it took, even if it failed.
fn timed<T>(what: &str, work: impl FnOnce() -> Result<T>) -> (Result<T>, Duration) {
    let start = Instant::now();
    let outcome = work();
    let took = start.elapsed();
    let mut steps = STEPS.lock().unwrap_or_else(PoisonError::into_inner);
    steps.push(Step { what: what.to_owned(), took });
    (outcome, took)
}

fn rows(steps: &[Step]) -> String {
    let width = steps.iter().map(|step| step.what.chars().count()).max().unwrap_or(0);
    let rows = steps.iter().map(|Step { what, took }| {
        let took = duration(*took);
        format!("{what:<width$} {took:>12}\n")
    });
    rows.collect()
}

/// A duration as people say it.
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        let read = |seconds| duration(Duration::from_secs(seconds));
        assert_eq!(read(0), "0 s");
        assert_eq!(read(59), "59 s");
        assert_eq!(read(262), "4 min 22 s");
    }

    #[test]
    fn a_plan_counts_its_own_steps() {
        let (start, estimate) = (Instant::now(), Duration::from_secs(90));
        let mut plan = Plan { start, steps: 2, left: vec!["Installing a", "Building b"], estimate };
        assert_eq!(plan.ended("Building the server"), None);
        let position = plan.ended("Building b").unwrap();
        assert_eq!(position, " (1 of 2 steps, 0 s of usually 1 min 30 s)");
        assert_eq!(plan.ended("Building b"), None);
        assert!(plan.ended("Installing a 1.0, once per machine").unwrap().contains("2 of 2"));
    }

    #[test]
    fn times_are_below_each_other() {
        let step = |what: &str, seconds| Step {
            what: what.to_owned(),
            took: Duration::from_secs(seconds),
        };
        let table = rows(&[step("tidy", 1), step("lints, native", 131)]);
        assert_eq!(table, "tidy                   1 s\nlints, native   2 min 11 s\n");
    }

    #[test]
    fn a_step_that_fails_took_its_time_too() {
        let failing = || -> Result<()> { Err(crate::error::Error::new("no")) };
        assert!(announce("a step that fails", failing).is_err());
        assert!(table().contains("a step that fails"));
    }
}
