//! Tabs that end, sleep or cannot talk: no call of the others is lost, and none that
//! must not run twice does.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use backoffice_client::{CallError, Priority};
use backoffice_contract::op;
use backoffice_simulation::server::ServerOptions;
use backoffice_simulation::server::form::Form;
use backoffice_simulation::{Tab, TabId, TabOptions, Task, World, WorldOptions};

const TABS: u32 = 4;
/// Of each tab; every other one must not run twice.
const CALLS: u32 = 40;
const PATIENCE: u64 = 20 * 60_000;

struct Called {
    tab: TabId,
    task: Task<Result<(), CallError>>,
}

struct Crowd {
    world: World,
    tabs: Vec<Tab>,
    calls: Vec<Called>,
    /// Whether the tabs slept for longer than the five minutes that a call has for its tries.
    overslept: bool,
}

impl Crowd {
    /// Tabs that make all their calls at once; `alone` says which of them cannot talk.
    fn new(seed: u64, alone: impl Fn(u32) -> bool) -> Self {
        let server = ServerOptions {
            faults: 0.05,
            left_at_start: 20_000,
            form: Form::DeltaSeconds,
            ..ServerOptions::default()
        };
        let world = World::new(WorldOptions { seed, server, ..WorldOptions::default() });
        let session = world.session(0);
        let open = |tab| {
            let session = Some(session.clone());
            let alone = alone(tab);
            let options = TabOptions { session, alone, consents: true, ..TabOptions::default() };
            world.open(options).unwrap()
        };
        let tabs: Vec<Tab> = (0..TABS).map(open).collect();
        let mut crowd = Self { world, tabs, calls: Vec::new(), overslept: false };
        // Who leads is settled before anybody calls.
        crowd.world.advance(2_000);
        for tab in crowd.tabs.clone() {
            crowd.call(&tab);
        }
        crowd
    }

    fn call(&mut self, tab: &Tab) {
        for number in 0..CALLS {
            let (client, app) = (tab.client.clone(), format!("app-{}-{number}", tab.id.0));
            let task = self.world.spawn(Some(tab.id), async move {
                let now = Priority::Interactive;
                if number % 2 == 0 {
                    client.call(op::GetApp { app }, now).await.map(drop)
                } else {
                    client.call(op::RestartApp { app }, now).await.map(drop)
                }
            });
            self.calls.push(Called { tab: tab.id, task });
        }
    }

    /// Who has a lock, or the first tab where none is used.
    fn leader(&self) -> TabId {
        self.world.browser.holders().first().map_or(TabId(0), |(_, tab)| *tab)
    }

    /// Every call ends that was made by a tab which is not one of `gone`, reads with
    /// success; nothing ran twice.
    #[track_caller]
    fn assert_all_answered(&self, gone: &[TabId]) {
        let alive = || self.calls.iter().filter(|call| !gone.contains(&call.tab));
        self.world.run_until(PATIENCE, || alive().all(|call| call.task.is_done()));
        let open: Vec<TabId> =
            alive().filter(|call| !call.task.is_done()).map(|call| call.tab).collect();
        assert!(open.is_empty(), "no answer yet: {open:?}");
        for (at, call) in self.calls.iter().enumerate() {
            let result = call.task.take();
            // A restart that met a fault is the user's to judge.
            if at % 2 == 0 && !gone.contains(&call.tab) {
                let fault = |error: &CallError| {
                    error.status() == Some(503) || matches!(error, CallError::Unreachable(_))
                };
                let late = self.overslept && matches!(&result, Some(Err(error)) if fault(error));
                assert!(late || result == Some(Ok(())), "{:?}: {result:?}", call.tab);
            }
        }
        let twice: Vec<(String, u32)> =
            self.world.server.executed().into_iter().filter(|(_, count)| *count > 1).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }
}

const SEEDS: std::ops::Range<u64> = 1..6;

#[test]
fn the_leading_tab_ends_in_the_middle() {
    for seed in SEEDS {
        // In the middle of a window, and while it waits for the next.
        for moment in [500, 10_000, 30_000] {
            let crowd = Crowd::new(seed, |_| false);
            crowd.world.advance(moment);
            let leader = crowd.leader();
            crowd.world.kill(leader);
            crowd.assert_all_answered(&[leader]);
        }
    }
}

#[test]
fn one_leader_after_another_ends() {
    for seed in SEEDS {
        let crowd = Crowd::new(seed, |_| false);
        let mut gone = Vec::new();
        for _ in 1..TABS {
            crowd.world.advance(3_000);
            let leader = crowd.leader();
            crowd.world.kill(leader);
            gone.push(leader);
        }
        crowd.assert_all_answered(&gone);
    }
}

#[test]
fn the_leading_tab_freezes_without_a_word_for_good() {
    for seed in SEEDS {
        let crowd = Crowd::new(seed, |_| false);
        crowd.world.advance(500);
        let leader = crowd.leader();
        crowd.world.freeze(leader);
        crowd.assert_all_answered(&[leader]);
    }
}

#[test]
fn another_tab_freezes_for_good() {
    for seed in SEEDS {
        let crowd = Crowd::new(seed, |_| false);
        crowd.world.advance(500);
        let leader = crowd.leader();
        let other = crowd.tabs.iter().map(|tab| tab.id).find(|tab| *tab != leader).unwrap();
        crowd.world.freeze(other);
        crowd.assert_all_answered(&[other]);
    }
}

#[test]
fn a_tab_freezes_and_goes_on() {
    for seed in SEEDS {
        for told in [false, true] {
            for pause in [100, 5_000, 150_000] {
                let crowd = Crowd::new(seed, |_| false);
                crowd.world.advance(500);
                let leader = crowd.leader();
                if told {
                    crowd.world.suspend(leader);
                } else {
                    crowd.world.freeze(leader);
                }
                crowd.world.advance(pause);
                crowd.world.thaw(leader);
                crowd.assert_all_answered(&[]);
            }
        }
    }
}

#[test]
fn every_tab_freezes_at_once_and_goes_on() {
    for seed in SEEDS {
        let mut crowd = Crowd::new(seed, |_| false);
        crowd.overslept = true;
        crowd.world.advance(500);
        // As when the lid of a laptop is closed.
        for tab in &crowd.tabs {
            crowd.world.freeze(tab.id);
        }
        crowd.world.advance(3_600_000);
        for tab in &crowd.tabs {
            crowd.world.thaw(tab.id);
        }
        crowd.assert_all_answered(&[]);
    }
}

#[test]
fn a_tab_opens_in_the_middle() {
    for seed in SEEDS {
        let mut crowd = Crowd::new(seed, |_| false);
        crowd.world.advance(500);
        let session = Some(crowd.world.session(0));
        let tab = crowd
            .world
            .open(TabOptions { session, consents: true, ..TabOptions::default() })
            .unwrap();
        crowd.call(&tab);
        crowd.assert_all_answered(&[]);
    }
}

#[test]
fn one_tab_cannot_talk_to_the_others() {
    for seed in SEEDS {
        Crowd::new(seed, |tab| tab == 1).assert_all_answered(&[]);
    }
}

#[test]
fn no_tab_can_talk_to_another() {
    for seed in SEEDS {
        Crowd::new(seed, |_| true).assert_all_answered(&[]);
    }
}
