//! The budget beside a server, whatever headers it sends and whatever else uses it: random
//! traffic over random circumstances. A failure names its seed and circumstances.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::rc::Rc;
use std::sync::OnceLock;

use backoffice_client::{CallError, Millis, Priority};
use backoffice_contract::op;
use backoffice_simulation::chance::Chance;
use backoffice_simulation::consumer::Consumer;
use backoffice_simulation::server::form::Form;
use backoffice_simulation::server::{ServerOptions, Source, Tally};
use backoffice_simulation::{TabOptions, Task, World, WorldOptions};

/// How many circumstances are tried.
const RUNS: u64 = 120;

/// Under which circumstances.
#[derive(Debug)]
struct Circumstances {
    seed: u64,
    limit: u32,
    window: Millis,
    form: Form,
    skew: i64,
    /// Which share of the answers is lost, or a 503.
    faults: f64,
    /// Which share of the limit another client uses.
    others: f64,
}

/// The result.
struct Traffic {
    ours: Tally,
    calls: usize,
    /// How many calls have not ended in time.
    open: usize,
    /// How many ended without success.
    failed: usize,
    /// From the first call to the last answer.
    took: Millis,
    /// How long nothing was asked for.
    idle: Millis,
}

fn pick<T: Copy>(chance: &Chance, all: &[T]) -> T {
    let last = all.len() as Millis - 1;
    let at = usize::try_from(chance.between(0, last)).unwrap();
    *all.get(at).unwrap()
}

impl Circumstances {
    fn new(seed: u64, others: bool) -> Self {
        let chance = Chance::new(seed);
        let forms: Vec<Form> = Form::ALL.into_iter().chain([Form::DeltaSecondsDown]).collect();
        Self {
            seed,
            limit: pick(&chance, &[10, 30, 60, 90]),
            // A longer wait asks the user, and nobody answers here.
            window: pick(&chance, &[20_000, 30_000, 60_000]),
            form: pick(&chance, &forms),
            skew: pick(&chance, &[0, 3_000, -3_000, 600_000, -600_000]),
            faults: pick(&chance, &[0.0, 0.0, 0.05]),
            others: if others { 0.1 + 0.3 * chance.uniform() } else { 0.0 },
        }
    }

    /// Bursts of calls with pauses between them, each after the one before has ended.
    fn run(&self) -> Traffic {
        let chance = Chance::new(!self.seed);
        let world = World::new(WorldOptions {
            seed: self.seed,
            server: ServerOptions {
                limit: self.limit,
                window: self.window,
                left_at_start: chance.between(1, self.window),
                form: self.form,
                faults: self.faults,
            },
            ..WorldOptions::default()
        });
        if self.others > 0.0 {
            let (clock, line) = (Rc::clone(&world.clock), Rc::clone(&world.line));
            let calls = f64::from(self.limit) * self.others;
            Consumer::start(clock, line, world.chance(), calls, self.window);
        }
        let session = Some(world.session(0));
        let tab =
            world.open(TabOptions { session, skew: self.skew, ..TabOptions::default() }).unwrap();
        let mut calls: Vec<Task<Result<(), CallError>>> = Vec::new();
        let mut idle = 0;
        for _ in 0..chance.between(2, 5) {
            let pause = chance.exponential(40_000.0).min(290_000.0) as Millis;
            world.advance(pause);
            idle += pause;
            let background = chance.happens(0.3);
            let priority = if background { Priority::Background } else { Priority::Interactive };
            let first = calls.len();
            for number in 0..chance.between(1, Millis::from(self.limit) * 3 / 2) {
                let (client, app) = (tab.client.clone(), format!("app-{first}-{number}"));
                calls.push(world.spawn(Some(tab.id), async move {
                    client.call(op::GetApp { app }, priority).await.map(drop)
                }));
            }
            world.run_until(20 * self.window, || calls.iter().skip(first).all(Task::is_done));
        }
        let open = calls.iter().filter(|call| !call.is_done()).count();
        let failed = calls.iter().filter(|call| matches!(call.take(), Some(Err(_)))).count();
        Traffic {
            ours: world.server.tally(Source::Us),
            calls: calls.len(),
            open,
            failed,
            took: world.elapsed() - idle,
            idle,
        }
    }
}

type Runs = Vec<(Circumstances, Traffic)>;

/// Every run, alone or beside others; the properties look at the same ones.
fn runs(others: bool) -> &'static Runs {
    static ALONE: OnceLock<Runs> = OnceLock::new();
    static BESIDE: OnceLock<Runs> = OnceLock::new();
    let run = |seed| {
        let circumstances = Circumstances::new(seed, others);
        let traffic = circumstances.run();
        (circumstances, traffic)
    };
    let all = if others { &BESIDE } else { &ALONE };
    all.get_or_init(|| (0..RUNS).map(run).collect())
}

/// Fails with the circumstances in which `wrong` finds something.
#[track_caller]
fn assert_holds(others: bool, wrong: impl Fn(&Circumstances, &Traffic) -> Option<String>) {
    let failed: Vec<String> = runs(others)
        .iter()
        .filter_map(|(circumstances, traffic)| {
            Some(format!("{}: {circumstances:?}", wrong(circumstances, traffic)?))
        })
        .collect();
    assert!(failed.is_empty(), "{} of {RUNS} runs:\n{}", failed.len(), failed.join("\n"));
}

/// Whether answers tell what is left.
fn is_told(form: Form) -> bool {
    !matches!(form, Form::RetryAfter | Form::Hidden)
}

/// Why calls do not get on as they should.
fn stalled(circumstances: &Circumstances, traffic: &Traffic) -> Option<String> {
    let Circumstances { limit, window, others, .. } = circumstances;
    let Traffic { calls, open, failed, took, idle, .. } = traffic;
    if *open > 0 {
        return Some(format!("{open} of {calls} calls have no end"));
    }
    // What the server did not tell, or lost too often, may be given up.
    if *failed * 20 > *calls {
        return Some(format!("{failed} of {calls} calls failed"));
    }
    // A tenth is kept from background work, and each burst may begin in a window that
    // is used up.
    let share = f64::from(*limit) * (0.9 - others);
    let windows = (traffic.ours.arrived as f64 / share).ceil() + 6.0;
    let most = windows * *window as f64 * 1.5;
    (*took as f64 > most).then(|| format!("{calls} calls took {took} ms, {idle} ms idle"))
}

#[test]
fn a_lone_client_is_not_refused_where_the_limit_is_told() {
    assert_holds(false, |circumstances, traffic| {
        // Rounded down, the end of a window is learnt from a refusal, or from two that
        // are on their way together.
        let allowed = if circumstances.form == Form::DeltaSecondsDown { 2 } else { 0 };
        let refused = traffic.ours.refused;
        (is_told(circumstances.form) && refused > allowed)
            .then(|| format!("{refused} of {} refused", traffic.ours.arrived))
    });
}

#[test]
fn a_lone_client_learns_a_hidden_limit_from_few_refusals() {
    assert_holds(false, |circumstances, traffic| {
        let Tally { refused, arrived, .. } = traffic.ours;
        (!is_told(circumstances.form) && refused > 4 + arrived / 25)
            .then(|| format!("{refused} of {arrived} refused"))
    });
}

#[test]
fn a_lone_client_makes_progress() {
    assert_holds(false, stalled);
}

#[test]
fn a_client_beside_others_makes_progress() {
    assert_holds(true, |circumstances, traffic| {
        // What is not told cannot be shared, and a first number of milliseconds below 7,200 is
        // taken for seconds: nothing shows otherwise before another answer comes.
        let readable = circumstances.form != Form::DeltaMillis;
        (readable && is_told(circumstances.form)).then(|| stalled(circumstances, traffic)).flatten()
    });
}

#[test]
fn a_client_beside_others_is_seldom_refused() {
    assert_holds(true, |circumstances, traffic| {
        let Tally { refused, arrived, .. } = traffic.ours;
        (is_told(circumstances.form) && refused > 5 + arrived / 15)
            .then(|| format!("{refused} of {arrived} refused"))
    });
}
