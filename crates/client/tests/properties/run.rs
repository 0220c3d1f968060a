//! Plays a sequence.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use backoffice_client::{
    Client, Entry, EntryId, EntryState, Millis, NoMemory, NoPeers, Options, Priority, Runtime,
    SessionState, SessionStore, WaitKind,
};
use backoffice_contract::{Operation, op};
use futures_util::future::{AbortHandle, abortable};

use crate::clock::START;
use crate::history::{Act, Did, History, Live, Look, Made};
use crate::model::Model;
use crate::server::Wire;
use crate::step::{Mode, Step, What};
use crate::support::World;

const ORIGIN: &str = "https://api.example.com";
/// A request that has left arrives before the machine goes to sleep.
const BEFORE_SLEEP: Millis = 200;
/// What timers and answers need after the machine has woken up.
const AFTER_SLEEP: Millis = 6_000;

/// Plays the steps of a sequence.
pub(crate) fn run(seed: u64, steps: &[Step]) -> History {
    let limit = match seed % 3 {
        0 => 10,
        1 => 60,
        _ => 120,
    };
    let model = Rc::new(RefCell::new(Model::new(limit)));
    let server = Rc::clone(&model);
    let world = World::new(move |seen| server.borrow_mut().handle(seen));
    world.clock.state.set(seed);
    let mut player = Player {
        client: open(&world),
        world,
        model,
        tasks: Vec::new(),
        history: History {
            seed,
            limit,
            arrivals: Vec::new(),
            calls: Vec::new(),
            acts: Vec::new(),
            looks: Vec::new(),
            endless: Vec::new(),
            panic: None,
        },
    };
    let played = catch_unwind(AssertUnwindSafe(|| {
        for step in steps {
            player.step(*step);
            player.look();
        }
        player.finish();
    }));
    player.history.panic = played.err().map(|cause| {
        let text = cause.downcast_ref::<String>().cloned();
        text.or_else(|| cause.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default()
    });
    player.history.arrivals = std::mem::take(&mut player.model.borrow_mut().arrivals);
    player.history
}

/// The client of a page that was just loaded, with what the tab has stored.
fn open(world: &World) -> Client {
    Client::new(Options {
        base_url: ORIGIN.into(),
        shown_url: ORIGIN.into(),
        transport: Rc::new(Wire(Rc::clone(&world.server))),
        runtime: Rc::clone(&world.clock) as Rc<dyn Runtime>,
        sessions: Rc::clone(&world.store) as Rc<dyn SessionStore>,
        peers: Rc::new(NoPeers),
        memory: Rc::new(NoMemory),
        on_event: Box::new(|_| {}),
    })
    .unwrap()
}

struct Player {
    world: World,
    client: Client,
    model: Rc<RefCell<Model>>,
    /// What runs in the page.
    tasks: Vec<AbortHandle>,
    history: History,
}

impl Player {
    fn now(&self) -> Millis {
        self.world.clock.now.get()
    }

    fn did(&mut self, did: Did) {
        self.history.acts.push(Act { at: self.now(), did });
    }

    /// Runs something in the page.
    fn spawn(&mut self, future: impl Future<Output = ()> + 'static) {
        let (task, handle) = abortable(future);
        self.tasks.push(handle);
        self.world.spawn(task);
        self.world.settle();
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Call { what, count, background } => {
                for _ in 0..count {
                    self.call(what, background);
                }
            }
            Step::Server(mode) => self.model.borrow_mut().mode = mode,
            Step::Time(ms) => self.world.advance(ms),
            Step::Sleep(ms) => {
                self.world.advance(BEFORE_SLEEP);
                self.world.clock.now.set(self.now() + ms);
                self.world.advance(AFTER_SLEEP);
            }
            Step::Cancel(nth) => self.cancel(nth),
            Step::RetryNow(nth) => self.consent(nth, Client::retry_now),
            Step::Agree(nth) => self.consent(nth, Client::consent),
            Step::TryConnection => {
                self.did(Did::TriedConnection);
                self.client.try_connection();
                self.world.settle();
            }
            Step::SignIn { other } => self.sign_in(other),
            Step::SignOut => {
                let family = self.model.borrow().newest_family();
                self.did(Did::SignedOut { family });
                let signing_out = self.client.sign_out();
                self.spawn(signing_out);
            }
            Step::ExpireTokens => self.model.borrow_mut().expire_tokens(),
            Step::EndSessions => self.model.borrow_mut().end_sessions(),
            Step::Reload => {
                self.tasks.drain(..).for_each(|task| task.abort());
                self.world.settle();
                self.client = open(&self.world);
                self.did(Did::Reloaded);
            }
        }
    }

    fn call(&mut self, what: What, background: bool) {
        let app = format!("app-{}", self.history.calls.len());
        let (at, client) = (self.now(), self.client.clone());
        let priority = if background { Priority::Background } else { Priority::Interactive };
        let line = match what {
            What::Read => format!("GET /api/apps/{app}"),
            What::Restart => format!("PUT /api/apps/{app}/restart"),
            What::Delete => format!("DELETE /api/apps/{app}"),
            What::Poll => format!("GET /api/oauth/google/{app}"),
        };
        self.history.calls.push(Made { at, line });
        match what {
            What::Read => self.spawn(make(client, op::GetApp { app }, priority)),
            What::Restart => self.spawn(make(client, op::RestartApp { app }, priority)),
            What::Delete => self.spawn(make(client, op::DeleteApp { app }, priority)),
            What::Poll => {
                let poll = op::PollOauth { provider: "google".into(), session: app.into() };
                self.spawn(make(client, poll, priority));
            }
        }
    }

    fn sign_in(&mut self, other: bool) {
        {
            let mut model = self.model.borrow_mut();
            model.user = u32::from(other);
        }
        self.did(Did::SignedIn);
        let email = if other { "bea@example.com" } else { "ada@example.com" };
        let credentials = backoffice_contract::session::Credentials {
            email: email.into(),
            password: "correct horse".into(),
            mfa_token: None,
        };
        let client = self.client.clone();
        self.spawn(async move {
            // A failure is in the journal.
            let _ended = client.sign_in(credentials).await;
        });
    }

    fn live(&self) -> Vec<Entry> {
        self.client.journal().into_iter().filter(|entry| !entry.state.is_final()).collect()
    }

    fn nth(&self, nth: usize) -> Option<Entry> {
        let mut live = self.live();
        (!live.is_empty()).then(|| live.swap_remove(nth % live.len()))
    }

    fn cancel(&mut self, nth: usize) {
        let Some(entry) = self.nth(nth) else { return };
        let was_sent = !entry.attempts.is_empty();
        self.did(Did::Cancelled { line: line(&entry), was_sent });
        self.client.cancel(entry.id);
        self.world.settle();
    }

    fn consent(&mut self, nth: usize, say: impl Fn(&Client, EntryId)) {
        let Some(entry) = self.nth(nth) else { return };
        let hears = matches!(
            entry.state.wait_kind(),
            Some(WaitKind::Budget | WaitKind::Backoff | WaitKind::Connection | WaitKind::Consent)
        );
        if hears {
            self.did(Did::Consented { line: line(&entry), until: self.hold_of(&entry) });
        }
        say(&self.client, entry.id);
        self.world.settle();
        if hears {
            // The wait that was agreed to may have been another by then.
            self.did(Did::Consented { line: line(&entry), until: self.hold_of(&entry) });
        }
    }

    fn hold_of(&self, entry: &Entry) -> Millis {
        let entry = self.client.entry(entry.id);
        entry.and_then(|entry| entry.state.wait()?.until).unwrap_or(0)
    }

    fn look(&mut self) {
        let (at, journal) = (self.now(), self.client.journal());
        let expired = matches!(self.client.session(), SessionState::Expired { .. });
        let live = journal.iter().filter(|entry| !entry.state.is_final()).map(live).collect();
        self.history.looks.push(Look { at, expired, live });
    }

    /// Everything is well again, and every question is answered: what has not ended
    /// after half an hour of that has no end.
    fn finish(&mut self) {
        self.model.borrow_mut().mode = Mode::Up;
        self.client.try_connection();
        for _ in 0..30 {
            for entry in self.live() {
                if matches!(entry.state, EntryState::Asking(_)) {
                    self.consent_to(&entry);
                }
            }
            if matches!(self.client.session(), SessionState::Expired { .. }) {
                self.sign_in(false);
            }
            self.world.advance(60_000);
            self.look();
        }
        self.history.endless = self.live().iter().map(live).collect();
    }

    fn consent_to(&mut self, entry: &Entry) {
        self.client.consent(entry.id);
        self.world.settle();
        self.did(Did::Consented { line: line(entry), until: self.hold_of(entry) });
    }
}

async fn make<O: Operation>(client: Client, operation: O, priority: Priority) {
    // How it ends is in the journal.
    let _ended = client.call(operation, priority).await;
}

fn line(entry: &Entry) -> String {
    format!("{} {}", entry.method, entry.target)
}

fn live(entry: &Entry) -> Live {
    Live {
        operation: entry.operation,
        line: line(entry),
        state: entry.state.clone(),
        sent_at: entry.attempts.last().map(|attempt| attempt.started_at),
        attempts: entry.attempts.len(),
        waits: entry.waits.len(),
    }
}

/// A moment as the time since the start, which is easier to read.
pub(crate) fn since_start(at: Millis) -> String {
    format!("{:.3} s", at.saturating_sub(START) as f64 / 1_000.0)
}
