//! One run: so many calls at once, under given circumstances, to their last answer.

use std::cell::Cell;
use std::rc::Rc;

use backoffice_client::{BaseUrlError, Millis, Priority};
use backoffice_contract::op;

use crate::consumer::Consumer;
use crate::machine::chance::Chance;
use crate::machine::executor::TabId;
use crate::machine::tab::TabOptions;
use crate::report::baselines::{Baseline, Sender};
use crate::report::minimum;
use crate::server::form::Form;
use crate::server::{Ask, ServerOptions, Source};
use crate::world::{World, WorldOptions};

/// How long a window is, in milliseconds.
pub const WINDOW: Millis = 60_000;
/// How many windows' worth of calls are made.
pub const LOAD: u32 = 5;
/// Which share of the limit another consumer uses.
pub const CONSUMER: f64 = 0.3;
/// A client that is not done by then does not count as done, in milliseconds.
const PATIENCE: Millis = 60 * 60_000;

/// Who makes the calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strategy {
    /// The client.
    Client,
    /// Something simpler.
    Baseline(Baseline),
}

/// The circumstances of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scenario {
    /// How many tabs share the calls.
    pub tabs: u32,
    /// How many calls a window allows; [`LOAD`] times as many are made.
    pub limit: u32,
    /// How far the clocks of the tabs are ahead, in milliseconds.
    pub skew: i64,
    /// How the limit is told.
    pub form: Form,
    /// Whether another consumer uses [`CONSUMER`] of the limit.
    pub consumer: bool,
    /// Which share of the counted requests meets a fault.
    pub faults: f64,
    /// How urgent the calls are.
    pub priority: Priority,
    /// Who makes them.
    pub strategy: Strategy,
    /// Decides about all chance.
    pub seed: u64,
}

/// What came of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// How many calls were to be made.
    pub wanted: u32,
    /// How many of them worked.
    pub worked: u32,
    /// From the start to the last answer, in milliseconds.
    pub makespan: Millis,
    /// The least that it could have been, as [`minimum::makespan`] has it.
    pub minimum: Millis,
    /// How many requests arrived from us.
    pub sent: u32,
    /// How many of them were refused with 429.
    pub refused: u32,
    /// How many requests arrived from the other consumer.
    pub consumer_sent: u32,
    /// How many of them were refused with 429.
    pub consumer_refused: u32,
}

/// What the run and its tasks count together.
#[derive(Default)]
struct Progress {
    ended: Cell<u32>,
    worked: Cell<u32>,
}

impl Progress {
    fn end(&self, worked: bool) {
        self.ended.set(self.ended.get() + 1);
        self.worked.set(self.worked.get() + u32::from(worked));
    }
}

impl Scenario {
    /// Runs it to its end.
    ///
    /// # Errors
    /// When the client refuses the address of the server.
    pub fn run(&self) -> Result<Outcome, BaseUrlError> {
        // Close to a boundary nobody who has yet to learn where it is can use what is
        // left of the window; the minimum, which knows it, would compare nothing.
        let left = Chance::new(!self.seed).between(WINDOW / 10, WINDOW * 9 / 10);
        let world = World::new(WorldOptions {
            seed: self.seed,
            server: ServerOptions {
                limit: self.limit,
                window: WINDOW,
                left_at_start: left,
                form: self.form,
                faults: self.faults,
            },
            ..WorldOptions::default()
        });
        let wanted = self.limit * LOAD;
        let others = if self.consumer { f64::from(self.limit) * CONSUMER } else { 0.0 };
        if self.consumer {
            let (clock, line) = (Rc::clone(&world.clock), Rc::clone(&world.line));
            Consumer::start(clock, line, world.chance(), others, WINDOW);
        }
        let progress = Rc::new(Progress::default());
        match self.strategy {
            Strategy::Client => self.call(&world, wanted, &progress)?,
            Strategy::Baseline(baseline) => self.send(&world, wanted, baseline, &progress),
        }
        world.run_until(PATIENCE, || progress.ended.get() == wanted);
        let (us, consumer) = (world.server.tally(Source::Us), world.server.tally(Source::Consumer));
        let needed = wanted + us.faulted + world.server.sessions().renewals;
        let per_window = f64::from(self.limit) - others;
        Ok(Outcome {
            wanted,
            worked: progress.worked.get(),
            makespan: world.elapsed(),
            minimum: minimum::makespan(needed, per_window as u32, left, WINDOW),
            sent: us.arrived,
            refused: us.refused,
            consumer_sent: consumer.arrived,
            consumer_refused: consumer.refused,
        })
    }

    /// All calls at once, dealt out to the tabs; no two are equal, or they were one.
    fn call(
        &self,
        world: &World,
        wanted: u32,
        progress: &Rc<Progress>,
    ) -> Result<(), BaseUrlError> {
        let session = world.session(0);
        for tab in 0..self.tabs {
            let session = Some(session.clone());
            let options = TabOptions { session, skew: self.skew, ..TabOptions::default() };
            let tab_opened = world.open(options)?;
            for number in self.share_of(tab, wanted) {
                let (client, progress) = (tab_opened.client.clone(), Rc::clone(progress));
                let (operation, priority) = (op::GetApp { app: name(number) }, self.priority);
                world.spawn(Some(tab_opened.id), async move {
                    progress.end(client.call(operation, priority).await.is_ok());
                });
            }
        }
        Ok(())
    }

    fn send(&self, world: &World, wanted: u32, baseline: Baseline, progress: &Rc<Progress>) {
        let session = world.session(0);
        for tab in 0..self.tabs {
            let ask = |number| Ask {
                source: Source::Us,
                method: "GET".into(),
                path: format!("/api/apps/{}", name(number)),
                token: Some(session.tokens.access_token.expose().to_owned()),
            };
            let calls = self.share_of(tab, wanted).map(ask).collect();
            let sender = Sender {
                clock: Rc::clone(&world.clock),
                line: Rc::clone(&world.line),
                chance: world.chance(),
                limit: self.limit,
            };
            let progress = Rc::clone(progress);
            world.spawn(Some(TabId(tab)), async move {
                sender.send(baseline, calls, || progress.end(true)).await;
            });
        }
    }

    fn share_of(&self, tab: u32, wanted: u32) -> impl Iterator<Item = u32> {
        let step = usize::try_from(self.tabs.max(1)).unwrap_or(usize::MAX);
        (tab..wanted).step_by(step)
    }
}

fn name(number: u32) -> String {
    format!("app-{number}")
}
