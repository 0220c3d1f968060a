//! Reports what a slow step does, how long it usually takes, and how long it took; also a table of
//! the time of each step of a command.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::error::Result;

/// The steps that have ended, in the order of their ends.
static STEPS: Mutex<Vec<Step>> = Mutex::new(Vec::new());

/// A step and how long it took.
struct Step {
    what: String,
    took: Duration,
}

/// Runs `work` between two lines of text; `usually` is for example "about 2 minutes".
pub(crate) fn step<T>(what: &str, usually: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("{what} (usually {usually})…");
    let (outcome, took) = timed(what, work);
    let outcome = outcome?;
    eprintln!("{what}: done in {}", duration(took));
    Ok(outcome)
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

fn duration(time: Duration) -> String {
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
