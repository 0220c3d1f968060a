//! Everything together: time, server, network, and the tabs of one browser.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use backoffice_client::{
    CallError, Client, EntryState, Event, Memory, Millis, Options, Peers, Priority, Runtime,
    SessionStore, StoredSession,
};
use backoffice_contract::Operation;

use crate::machine::chance::Chance;
use crate::machine::clock::{Clock, TabClock};
use crate::machine::executor::{Executor, TabId, Task};
use crate::machine::line::{Line, ORIGIN, Wire};
use crate::machine::memory::{SharedMemory, TabStore};
use crate::machine::peers::{self, Browser, TabPeers};
use crate::machine::tab::{Tab, TabOptions};
use crate::server::{Server, ServerOptions};

/// When every world starts, but for a fraction of a second that its seed decides.
const START: Millis = 1_795_513_420_000;

/// What a world is like.
#[derive(Debug, Clone)]
pub struct WorldOptions {
    /// Decides about all chance.
    pub seed: u64,
    /// The server.
    pub server: ServerOptions,
    /// How long messages between tabs take, in milliseconds, from and to.
    pub message_delay: (Millis, Millis),
}

impl Default for WorldOptions {
    fn default() -> Self {
        Self { seed: 1, server: ServerOptions::default(), message_delay: peers::DELAY }
    }
}

/// A world in virtual time.
pub struct World {
    /// Its time.
    pub clock: Rc<Clock>,
    /// The API.
    pub server: Rc<Server>,
    /// The way to it.
    pub line: Rc<Line>,
    /// What the tabs have in common.
    pub browser: Rc<Browser>,
    /// What its tabs remember together.
    pub memory: Rc<SharedMemory>,
    executor: Executor,
    chance: Chance,
    start: Millis,
    opened: Cell<u32>,
}

impl World {
    /// A world without tabs.
    #[must_use]
    pub fn new(options: WorldOptions) -> Self {
        let chance = Chance::new(options.seed);
        let start = START + chance.between(0, 999);
        let clock = Rc::new(Clock::new(start));
        let server = Rc::new(Server::new(options.server, start, chance.fork()));
        let line = Line::new(Rc::clone(&clock), Rc::clone(&server), chance.fork());
        let browser = Browser::new(Rc::clone(&clock), chance.fork(), options.message_delay);
        Self {
            clock,
            server,
            line: Rc::new(line),
            browser: Rc::new(browser),
            memory: Rc::default(),
            executor: Executor::default(),
            chance,
            start,
            opened: Cell::new(0),
        }
    }

    /// Milliseconds since the start.
    pub fn elapsed(&self) -> Millis {
        self.clock.now() - self.start
    }

    /// A source of chance of its own.
    pub fn chance(&self) -> Chance {
        self.chance.fork()
    }

    /// Signs the user in, `age` milliseconds before now: what a tab is opened with.
    pub fn session(&self, age: Millis) -> StoredSession {
        let tokens = self.server.issue(self.clock.now().saturating_sub(age));
        StoredSession {
            email: "ada@example.com".into(),
            account: String::new(),
            tokens,
            obtained_at: 0,
            serial: 0,
        }
    }

    /// Opens a tab, which shares with the others from now on.
    ///
    /// # Errors
    /// When the client refuses the address of the server.
    pub fn open(&self, options: TabOptions) -> Result<Tab, backoffice_client::BaseUrlError> {
        let id = TabId(self.opened.get());
        self.opened.set(id.0 + 1);
        let clock = TabClock::new(Rc::clone(&self.clock), options.skew, self.chance.fork());
        let store = Rc::new(TabStore::new(options.session));
        let peers =
            TabPeers::new(Rc::clone(&self.browser), id, !options.alone).of_build(options.build);
        let answers = Rc::new(RefCell::new(None::<Client>));
        let person = Rc::clone(&answers);
        let client = Client::new(Options {
            base_url: ORIGIN.into(),
            shown_url: ORIGIN.into(),
            transport: Rc::new(Wire(Rc::clone(&self.line))),
            runtime: Rc::new(clock) as Rc<dyn Runtime>,
            sessions: Rc::clone(&store) as Rc<dyn SessionStore>,
            peers: Rc::new(peers) as Rc<dyn Peers>,
            memory: Rc::clone(&self.memory) as Rc<dyn Memory>,
            on_event: Box::new(move |event| {
                if let Some(client) = person.borrow().as_ref() {
                    agree(client, event);
                }
            }),
        })?;
        *answers.borrow_mut() = options.consents.then(|| client.clone());
        let sharing = client.clone();
        self.spawn(Some(id), async move { sharing.share().await });
        Ok(Tab { id, client, store })
    }

    /// Starts something in a tab, or in none.
    pub fn spawn<T: 'static>(
        &self,
        tab: Option<TabId>,
        future: impl Future<Output = T> + 'static,
    ) -> Task<T> {
        self.executor.spawn(tab, future)
    }

    /// Makes a call from a tab.
    pub fn call<O: Operation>(
        &self,
        tab: &Tab,
        operation: O,
        priority: Priority,
    ) -> Task<Result<O::Response, CallError>> {
        let client = tab.client.clone();
        self.spawn(Some(tab.id), async move { client.call(operation, priority).await })
    }

    /// Stops a tab without a word, as a debugger or a busy loop would.
    pub fn freeze(&self, tab: TabId) {
        self.executor.freeze(tab);
    }

    /// Puts a tab to sleep: it is told, has its last turn, and stops then.
    pub fn suspend(&self, tab: TabId) {
        self.browser.tell(tab, true);
        self.executor.settle();
        self.executor.freeze(tab);
    }

    /// Lets a tab go on that was stopped or put to sleep.
    pub fn thaw(&self, tab: TabId) {
        self.executor.thaw(tab);
        self.browser.tell(tab, false);
    }

    /// Ends a tab without a word. What it sent is on its way; what it held is free.
    /// A tab that is closed in good order is suspended before.
    pub fn kill(&self, tab: TabId) {
        self.browser.kill(tab);
        self.executor.kill(tab);
    }

    /// Runs until `done`, and for `at_most` milliseconds; says whether it is done.
    pub fn run_until(&self, at_most: Millis, done: impl Fn() -> bool) -> bool {
        let until = self.clock.now().saturating_add(at_most);
        loop {
            self.executor.settle();
            if done() {
                return true;
            }
            if !self.clock.step(until) {
                self.executor.settle();
                return done();
            }
        }
    }

    /// Lets time pass, in milliseconds.
    pub fn advance(&self, ms: Millis) {
        self.run_until(ms, || false);
    }
}

/// The person in front of a tab agrees to every long wait.
fn agree(client: &Client, event: Event) {
    if let Event::Journal(id) = event
        && client.entry(id).is_some_and(|entry| matches!(entry.state, EntryState::Asking(_)))
    {
        client.consent(id);
    }
}
