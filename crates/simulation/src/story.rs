//! Runs in which something happens beside the calls: a tab that was idle, is loaded
//! again or runs another build, a connection that breaks, calls of two ranks.

use std::rc::Rc;

use backoffice_client::{
    BaseUrlError, CallError, Millis, Priority, SessionState, SessionStore as _, StoredSession,
};
use backoffice_contract::op;
use backoffice_contract::session::Credentials;

use crate::consumer::Consumer;
use crate::machine::chance::Chance;
use crate::machine::executor::Task;
use crate::machine::line::Weather;
use crate::machine::tab::{Tab, TabOptions};
use crate::report::measure::{Bound, Measure, Unit};
use crate::report::minimum;
use crate::report::verdict::{CONSUMER_REFUSED, MAKESPAN, REFUSED_ALONE, REFUSED_BESIDE};
use crate::scenario::{CONSUMER, LOAD, WINDOW};
use crate::server::sessions::ACCESS_LIFE;
use crate::server::{ServerOptions, Source};
use crate::world::{World, WorldOptions};

/// How many calls a window allows where tabs fill it, and where they do not.
const TIGHT: u32 = 60;
const AMPLE: u32 = 120;
/// How long a tab is idle, in milliseconds: a whole number of windows, so that as much
/// is left of one as at the start.
const IDLE: Millis = 10 * WINDOW;
/// In the first window with work, which share of the other consumer's requests is
/// refused, at most: nothing is known yet of its habits.
const FIRST_REFUSED: f64 = 0.20;
/// How long the connection is broken, in milliseconds.
const BROKEN: Millis = 2 * WINDOW;
/// How many clicks there are, and the time between two, in milliseconds.
const CLICKS: usize = 120;
const CLICK: Millis = 2_000;
/// A client that is not done by then does not count as done, in milliseconds.
const PATIENCE: Millis = 30 * 60_000;
/// Who is signed in.
const EMAIL: &str = "ada@example.com";

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Story {
    /// A tab makes one call, is idle for ten minutes, and has five windows of work then.
    IdleStart,
    /// The same beside another consumer of the limit.
    IdleStartBeside,
    /// The tab is loaded again while it works, and makes the calls that are left.
    Reload,
    /// One tab has four windows of work that nobody waits for, while in another somebody
    /// clicks every two seconds.
    Mixed,
    /// The connection of three tabs breaks for two minutes, and their access token ends
    /// meanwhile.
    Outage,
    /// The same, but the server renews the session, and only the answer is lost.
    LostRenewal,
    /// Two tabs of one build and two of another work while the access token ends.
    TwoBuilds,
}

type Call = Task<Result<(), CallError>>;

impl Story {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::IdleStart,
        Self::IdleStartBeside,
        Self::Reload,
        Self::Mixed,
        Self::Outage,
        Self::LostRenewal,
        Self::TwoBuilds,
    ];

    /// Its name in a table.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::IdleStart => "idle start",
            Self::IdleStartBeside => "idle start beside another consumer",
            Self::Reload => "reload",
            Self::Mixed => "clicks beside background work",
            Self::Outage => "outage",
            Self::LostRenewal => "lost renewal",
            Self::TwoBuilds => "two builds",
        }
    }

    /// Runs it to its end; the numbers are the same ones in the same order for each seed.
    ///
    /// # Errors
    /// When the client refuses the address of the server.
    pub fn run(self, seed: u64) -> Result<Vec<Measure>, BaseUrlError> {
        match self {
            Self::IdleStart => idle_start(seed, false),
            Self::IdleStartBeside => idle_start(seed, true),
            Self::Reload => reload(seed),
            Self::Mixed => mixed(seed),
            Self::Outage => outage(seed, Weather::Cut),
            Self::LostRenewal => outage(seed, Weather::AnswersLost),
            Self::TwoBuilds => two_builds(seed),
        }
    }
}

/// A world, and how much of its first window is left at the start.
fn world(seed: u64, limit: u32) -> (World, Millis) {
    let left = Chance::new(!seed).between(WINDOW / 10, WINDOW * 9 / 10);
    let server =
        ServerOptions { limit, window: WINDOW, left_at_start: left, ..ServerOptions::default() };
    (World::new(WorldOptions { seed, server, ..WorldOptions::default() }), left)
}

/// Tabs of one session, whose access token is `age` milliseconds old; `build` says
/// which build each runs.
fn open(
    world: &World,
    count: u32,
    age: Millis,
    build: impl Fn(u32) -> u32,
) -> Result<Vec<Tab>, BaseUrlError> {
    let obtained_at = world.clock.now().saturating_sub(age);
    let session = StoredSession { obtained_at, ..world.session(age) };
    let tab = |number| TabOptions {
        session: Some(session.clone()),
        build: build(number),
        ..TabOptions::default()
    };
    (0..count).map(|number| world.open(tab(number))).collect()
}

fn same_build(_: u32) -> u32 {
    0
}

/// Reads of a tab, no two of which are equal.
fn read(world: &World, tab: &Tab, numbers: std::ops::Range<u32>, priority: Priority) -> Vec<Call> {
    let call = |number| {
        let (client, app) = (tab.client.clone(), format!("app-{}-{number}", tab.id.0));
        world.spawn(Some(tab.id), async move {
            client.call(op::GetApp { app }, priority).await.map(drop)
        })
    };
    numbers.map(call).collect()
}

fn finish(world: &World, calls: &[Call]) {
    world.run_until(PATIENCE, || calls.iter().all(Task::is_done));
}

fn without_success(calls: &[Call]) -> Measure {
    let failed = calls.iter().filter(|call| !matches!(call.take(), Some(Ok(())))).count();
    Measure::share("calls without success", failed, calls.len(), Bound::Exactly(0.0))
}

fn refused(world: &World, source: Source, label: &'static str, most: f64) -> Measure {
    let tally = world.server.tally(source);
    let (refused, arrived) = (tally.refused as usize, tally.arrived as usize);
    Measure::share(label, refused, arrived, Bound::Mean(most))
}

fn makespan(took: Millis, least: Millis, most: f64) -> Measure {
    Measure {
        label: "× minimum",
        part: took as f64,
        whole: least.max(1) as f64,
        bound: Bound::Mean(most),
        unit: Unit::Ratio,
    }
}

fn idle_start(seed: u64, beside: bool) -> Result<Vec<Measure>, BaseUrlError> {
    let (world, left) = world(seed, TIGHT);
    if beside {
        let (clock, line) = (Rc::clone(&world.clock), Rc::clone(&world.line));
        Consumer::start(clock, line, world.chance(), f64::from(TIGHT) * CONSUMER, WINDOW);
    }
    let wanted = TIGHT * LOAD;
    let others = || world.server.tally(Source::Consumer);
    let (mut calls, mut before) = (Vec::new(), others());
    for tab in &open(&world, 1, 0, same_build)? {
        calls.extend(read(&world, tab, 0..1, Priority::Interactive));
        world.advance(IDLE);
        before = others();
        calls.extend(read(&world, tab, 1..wanted + 1, Priority::Interactive));
    }
    world.advance(left);
    let first = others();
    let hurt = Measure::share(
        "other refused in the first window",
        (first.refused - before.refused) as usize,
        (first.arrived - before.arrived) as usize,
        Bound::Mean(FIRST_REFUSED),
    );
    finish(&world, &calls);
    let (took, least) = (world.elapsed() - IDLE, minimum::makespan(wanted, TIGHT, left, WINDOW));
    Ok(if beside {
        vec![
            without_success(&calls),
            refused(&world, Source::Us, "429s", REFUSED_BESIDE),
            refused(&world, Source::Consumer, "other refused", CONSUMER_REFUSED),
            hurt,
        ]
    } else {
        vec![
            without_success(&calls),
            refused(&world, Source::Us, "429s", REFUSED_ALONE),
            makespan(took, least, MAKESPAN),
        ]
    })
}

fn reload(seed: u64) -> Result<Vec<Measure>, BaseUrlError> {
    let (world, left) = world(seed, TIGHT);
    let mut calls = Vec::new();
    for tab in &open(&world, 1, 0, same_build)? {
        calls.extend(read(&world, tab, 0..TIGHT * LOAD, Priority::Interactive));
        world.advance(world.chance().between(WINDOW / 2, 3 * WINDOW));
        world.suspend(tab.id);
        world.kill(tab.id);
        let before = calls.len();
        calls.retain(Task::is_done);
        let missing = u32::try_from(before - calls.len()).unwrap_or(u32::MAX);
        let session = tab.store.load();
        let next = world.open(TabOptions { session, ..TabOptions::default() })?;
        calls.extend(read(&world, &next, 0..missing, Priority::Interactive));
    }
    finish(&world, &calls);
    // What was on its way counts as needed twice.
    let needed = world.server.tally(Source::Us).arrived;
    Ok(vec![
        without_success(&calls),
        refused(&world, Source::Us, "429s", REFUSED_ALONE),
        makespan(world.elapsed(), minimum::makespan(needed, TIGHT, left, WINDOW), 1.10),
    ])
}

fn mixed(seed: u64) -> Result<Vec<Measure>, BaseUrlError> {
    let (world, _) = world(seed, AMPLE);
    let tabs = open(&world, 2, 0, same_build)?;
    let [busy, clicked] = tabs.as_slice() else { return Ok(Vec::new()) };
    let calls = read(&world, busy, 0..AMPLE * 4, Priority::Background);
    let mut clicks = Vec::new();
    for number in 0..CLICKS {
        let (client, clock) = (clicked.client.clone(), Rc::clone(&world.clock));
        clicks.push(world.spawn(Some(clicked.id), async move {
            let since = clock.now();
            let app = format!("click-{number}");
            let worked = client.call(op::GetApp { app }, Priority::Interactive).await.is_ok();
            worked.then(|| clock.now() - since)
        }));
        world.advance(CLICK);
    }
    world.run_until(PATIENCE, || clicks.iter().all(Task::is_done));
    finish(&world, &calls);
    let mut took: Vec<Millis> = clicks.iter().filter_map(|click| click.take()?).collect();
    took.sort_unstable();
    let latency = |label, rank: usize, most| Measure {
        label,
        part: took.get(rank).copied().unwrap_or(PATIENCE) as f64,
        whole: 1.0,
        bound: Bound::Mean(most),
        unit: Unit::Millis,
    };
    let failed = CLICKS - took.len();
    Ok(vec![
        Measure::share("clicks without success", failed, CLICKS, Bound::Exactly(0.0)),
        latency("half of the clicks take less than", CLICKS / 2, 200.0),
        latency("19 of 20 clicks take less than", CLICKS * 19 / 20, 2_000.0),
        without_success(&calls),
        refused(&world, Source::Us, "429s", REFUSED_ALONE),
    ])
}

/// With [`Weather::Cut`], the connection breaks half a minute before it is time to renew.
/// With [`Weather::AnswersLost`] it breaks when that time has come, so that the server
/// renews and nobody learns of it: the old renewal token is taken for stolen then, and
/// the user has to sign in.
fn outage(seed: u64, weather: Weather) -> Result<Vec<Measure>, BaseUrlError> {
    let (world, _) = world(seed, AMPLE);
    // They renew in a minute, which is a minute before the token ends.
    let tabs = open(&world, 3, ACCESS_LIFE - 2 * WINDOW, same_build)?;
    let mut calls = Vec::new();
    let work = |calls: &mut Vec<Call>, from: u32| {
        for tab in &tabs {
            calls.extend(read(&world, tab, from..from + 10, Priority::Interactive));
        }
    };
    work(&mut calls, 0);
    let lost = weather == Weather::AnswersLost;
    world.advance(if lost { WINDOW * 3 / 2 } else { WINDOW / 2 });
    world.line.set_weather(weather);
    let before = world.line.sent();
    work(&mut calls, 10);
    world.advance(BROKEN);
    let sent = world.line.sent() - before;
    world.line.set_weather(Weather::Clear);
    work(&mut calls, 20);
    world.run_until(2 * WINDOW, || calls.iter().all(Task::is_done));
    let mut sign_ins = 0;
    for tab in &tabs {
        if matches!(tab.client.session(), SessionState::Expired { .. }) {
            sign_ins += 1;
            let client = tab.client.clone();
            let password = "correct horse".into();
            let credentials = Credentials { email: EMAIL.into(), password, mfa_token: None };
            world.spawn(Some(tab.id), async move { client.sign_in(credentials).await });
            world.advance(WINDOW);
        }
    }
    finish(&world, &calls);
    let sessions = world.server.sessions();
    let most = Bound::Worst(f64::from(u32::from(lost)));
    Ok(vec![
        without_success(&calls),
        Measure::count("renewals", sessions.renewals, Bound::Exactly(1.0)),
        Measure::count("renewal tokens used twice", sessions.reuses, most),
        Measure::count("sign-ins", sign_ins, most),
        // Eight of each tab are on their way when it breaks, and each looks for it.
        Measure::count("requests in the outage", sent, Bound::Worst(60.0)),
    ])
}

fn two_builds(seed: u64) -> Result<Vec<Measure>, BaseUrlError> {
    let (world, _) = world(seed, AMPLE);
    let tabs = open(&world, 4, ACCESS_LIFE - 2 * WINDOW, |number| number % 2)?;
    let mut calls = Vec::new();
    for tab in &tabs {
        calls.extend(read(&world, tab, 0..60, Priority::Interactive));
    }
    world.advance(2 * WINDOW);
    for tab in &tabs {
        calls.extend(read(&world, tab, 60..120, Priority::Interactive));
    }
    finish(&world, &calls);
    // Without work there is nothing left to agree on.
    world.advance(5 * WINDOW);
    let sessions = world.server.sessions();
    Ok(vec![
        without_success(&calls),
        Measure::count("renewals", sessions.renewals, Bound::Exactly(1.0)),
        Measure::count("renewal tokens used twice", sessions.reuses, Bound::Exactly(0.0)),
        Measure::count("stolen locks", world.browser.stolen_locks(), Bound::Worst(2.0)),
        refused(&world, Source::Us, "429s", REFUSED_BESIDE),
    ])
}
