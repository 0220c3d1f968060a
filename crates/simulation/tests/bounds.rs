//! A few of the cases of the page, with their bounds.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use backoffice_client::Priority;
use backoffice_simulation::baselines::Baseline;
use backoffice_simulation::report;
use backoffice_simulation::scenario::{Scenario, Strategy};
use backoffice_simulation::server::form::Form;

const ONE_TAB: Scenario = Scenario {
    tabs: 1,
    limit: 60,
    skew: 0,
    form: Form::DeltaSeconds,
    consumer: false,
    faults: 0.0,
    priority: Priority::Interactive,
    strategy: Strategy::Client,
    seed: 1,
};

#[track_caller]
fn assert_kept(scenarios: &[Scenario]) {
    for case in report::run(scenarios, 3).unwrap() {
        let misses = case.summary.misses(&case.scenario);
        assert!(misses.is_empty(), "{misses:?} in {:?}", case.scenario);
    }
}

#[test]
fn one_tab_fills_each_window_and_is_not_refused() {
    assert_kept(&[
        ONE_TAB,
        Scenario { form: Form::EpochSeconds, skew: 600_000, ..ONE_TAB },
        Scenario { form: Form::HttpDate, skew: -600_000, faults: 0.05, ..ONE_TAB },
        Scenario { form: Form::Ietf, faults: 0.05, ..ONE_TAB },
    ]);
}

#[test]
fn five_tabs_are_as_good_as_one() {
    assert_kept(&[
        Scenario { tabs: 5, ..ONE_TAB },
        Scenario { tabs: 5, form: Form::EpochMillis, skew: -600_000, ..ONE_TAB },
        Scenario { tabs: 5, form: Form::Rfc3339, skew: 600_000, faults: 0.05, ..ONE_TAB },
    ]);
}

#[test]
fn another_consumer_gets_its_share() {
    assert_kept(&[
        Scenario { consumer: true, ..ONE_TAB },
        Scenario { tabs: 5, consumer: true, faults: 0.05, ..ONE_TAB },
    ]);
}

#[test]
fn a_limit_that_is_not_told_is_learnt() {
    let blind = [
        Scenario { form: Form::Hidden, ..ONE_TAB },
        Scenario { tabs: 5, form: Form::RetryAfter, ..ONE_TAB },
    ];
    for case in report::run(&blind, 3).unwrap() {
        let (summary, scenario) = (case.summary, case.scenario);
        assert_eq!(summary.complete(), summary.runs(), "{scenario:?}");
        assert!(summary.refused() < 0.01, "{} in {scenario:?}", summary.refused());
    }
}

#[test]
fn calls_that_nobody_waits_for_get_through_and_take_longer() {
    let urgent = ONE_TAB.run().unwrap();
    let calm = Scenario { priority: Priority::Background, ..ONE_TAB }.run().unwrap();
    assert_eq!((calm.worked, calm.refused), (calm.wanted, 0));
    assert!(calm.makespan > urgent.makespan);
}

#[test]
fn the_simpler_ways_pay_with_refusals_or_time() {
    for (baseline, refused, ratio) in
        [(Baseline::Naive, 0.9, 1.0), (Baseline::Backoff, 0.5, 1.2), (Baseline::Windows, 0.4, 1.0)]
    {
        let strategy = Strategy::Baseline(baseline);
        let run = Scenario { tabs: 5, strategy, ..ONE_TAB }.run().unwrap();
        assert_eq!(run.worked, run.wanted, "{baseline:?}");
        assert!(f64::from(run.refused) / f64::from(run.sent) > refused, "{baseline:?}: {run:?}");
        assert!(run.makespan as f64 / run.minimum as f64 > ratio, "{baseline:?}: {run:?}");
    }
}
