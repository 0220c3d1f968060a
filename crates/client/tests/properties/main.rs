//! What holds whatever happens, and in whatever order: random sequences of calls,
//! answers, failures and what people do, against a model of the API.
//!
//! A failure names its seed and the fewest steps that still fail.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

#[path = "../pipeline/clock.rs"]
mod clock;
mod history;
mod journal;
mod model;
mod progress;
mod run;
#[path = "../pipeline/server.rs"]
#[expect(dead_code, reason = "the tests of single rules use the rest")]
mod server;
mod session;
mod step;
#[path = "../pipeline/support.rs"]
#[expect(dead_code, reason = "the tests of single rules use the rest")]
mod support;
mod writes;

use std::sync::OnceLock;

use history::History;
use step::Step;

/// How many sequences are tried.
const SEQUENCES: u64 = 300;

/// Every sequence with its outcome; all properties check the same ones.
fn histories() -> &'static [History] {
    static ALL: OnceLock<Vec<History>> = OnceLock::new();
    ALL.get_or_init(|| (0..SEQUENCES).map(|seed| run::run(seed, &step::sequence(seed))).collect())
}

/// Fails with the fewest steps that break `property`, which answers with what is wrong.
#[track_caller]
fn assert_holds(property: impl Fn(&History) -> Result<(), String>) {
    let failed: Vec<&History> =
        histories().iter().filter(|history| property(history).is_err()).collect();
    let Some(first) = failed.first() else { return };
    let steps = fewest(first.seed, step::sequence(first.seed), &property);
    let wrong = property(&run::run(first.seed, &steps)).expect_err("the fewest steps fail");
    let seeds: Vec<u64> = failed.iter().map(|history| history.seed).collect();
    panic!(
        "{wrong}\n\nseed {}, steps {steps:#?}\n\n{} of {SEQUENCES} sequences fail: {seeds:?}",
        first.seed,
        seeds.len()
    );
}

/// Leaves out every step without which `property` still fails: half of them at once,
/// then less and less.
fn fewest(
    seed: u64,
    mut steps: Vec<Step>,
    property: &impl Fn(&History) -> Result<(), String>,
) -> Vec<Step> {
    let mut size = steps.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at < steps.len() {
            let mut fewer = steps.clone();
            fewer.drain(at..(at + size).min(steps.len()));
            if property(&run::run(seed, &fewer)).is_err() {
                steps = fewer;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    steps
}
