//! A client with its server, its clock and an executor, all in one thread.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use backoffice_client::{
    CallError, Client, Entry, Event, Millis, NoMemory, NoPeers, Options, Priority, Runtime,
    SessionStore, StoredSession, Wait, sentences,
};
use backoffice_contract::session::{Credentials, SessionTokens};
use backoffice_contract::{Operation, op};
use futures_channel::oneshot;
use futures_executor::{LocalPool, LocalSpawner};
use futures_util::future::{Either, select};
use futures_util::task::LocalSpawnExt as _;

use crate::clock::{Clock, START};
use crate::server::{Reply, Seen, Server, Wire};

/// Keeps the session in memory.
#[derive(Default)]
pub(crate) struct Store(pub(crate) RefCell<Option<StoredSession>>);

impl SessionStore for Store {
    fn load(&self) -> Option<StoredSession> {
        self.0.borrow().clone()
    }
    fn save(&self, session: &StoredSession) {
        *self.0.borrow_mut() = Some(session.clone());
    }
    fn clear(&self) {
        *self.0.borrow_mut() = None;
    }
}

/// The result of something that was spawned.
pub(crate) struct Task<T>(Rc<RefCell<Option<T>>>);

impl<T> Task<T> {
    pub(crate) fn is_done(&self) -> bool {
        self.0.borrow().is_some()
    }
    #[track_caller]
    pub(crate) fn result(&self) -> T {
        self.0.borrow_mut().take().expect("still under way")
    }
}

pub(crate) struct World {
    pool: RefCell<LocalPool>,
    spawner: LocalSpawner,
    pub(crate) clock: Rc<Clock>,
    pub(crate) server: Rc<Server>,
    pub(crate) store: Rc<Store>,
    pub(crate) client: Client,
    pub(crate) events: Rc<RefCell<Vec<Event>>>,
}

/// Why a call waits, in words.
pub(crate) fn said(wait: &Wait) -> String {
    sentences::reason(&wait.why)
}

pub(crate) fn tokens(name: &str) -> SessionTokens {
    SessionTokens {
        access_token: format!("access-{name}").into(),
        renewal_token: format!("renewal-{name}").into(),
    }
}

pub(crate) fn token_data(name: &str) -> String {
    format!(r#"{{"access_token":"access-{name}","renewal_token":"renewal-{name}"}}"#)
}

impl World {
    /// Ada is signed in; the server does what `handler` says.
    pub(crate) fn new(handler: impl FnMut(&Seen) -> Reply + 'static) -> Self {
        let pool = LocalPool::new();
        let clock = Rc::new(Clock::default());
        clock.now.set(START);
        clock.state.set(42);
        let server = Rc::new(Server {
            clock: Rc::clone(&clock),
            handler: RefCell::new(Box::new(handler)),
            seen: RefCell::default(),
            aborted: Cell::default(),
            delay: Cell::new(100),
        });
        let store = Rc::new(Store::default());
        store.save(&StoredSession {
            email: "ada@example.com".into(),
            account: String::new(),
            tokens: tokens("1"),
            obtained_at: 0,
            serial: 0,
        });
        let events = Rc::new(RefCell::new(Vec::new()));
        let client = Self::another_client(&clock, &server, &store, &events);
        Self {
            spawner: pool.spawner(),
            pool: RefCell::new(pool),
            clock,
            server,
            store,
            client,
            events,
        }
    }

    fn another_client(
        clock: &Rc<Clock>,
        server: &Rc<Server>,
        store: &Rc<Store>,
        events: &Rc<RefCell<Vec<Event>>>,
    ) -> Client {
        let me: Rc<RefCell<Option<Client>>> = Rc::default();
        let (heard, events) = (Rc::clone(&me), Rc::clone(events));
        let client = Client::new(Options {
            base_url: "https://api.example.com".into(),
            shown_url: "https://api.example.com".into(),
            transport: Rc::new(Wire(Rc::clone(server))),
            runtime: Rc::clone(clock) as Rc<dyn Runtime>,
            sessions: Rc::clone(store) as Rc<dyn SessionStore>,
            peers: Rc::new(NoPeers),
            memory: Rc::new(NoMemory),
            on_event: Box::new(move |event| {
                events.borrow_mut().push(event);
                // A listener reads everything, at any time.
                let client = heard.borrow().clone();
                if let Some(client) = client {
                    let _ = (client.session(), client.budget(), client.journal());
                }
            }),
        })
        .unwrap();
        *me.borrow_mut() = Some(client.clone());
        client
    }

    /// A client in another tab or on another machine, with a session of its own.
    pub(crate) fn second_client(&self) -> Client {
        let store = Rc::new(Store(RefCell::new(self.store.load())));
        Self::another_client(&self.clock, &self.server, &store, &Rc::default())
    }

    pub(crate) fn now(&self) -> Millis {
        self.clock.now.get() - START
    }

    pub(crate) fn spawn<T: 'static>(&self, future: impl Future<Output = T> + 'static) -> Task<T> {
        let slot = Rc::new(RefCell::new(None));
        let result = Rc::clone(&slot);
        self.spawner.spawn_local(async move { *result.borrow_mut() = Some(future.await) }).unwrap();
        Task(slot)
    }

    pub(crate) fn call<O: Operation>(&self, operation: O) -> Task<Result<O::Response, CallError>> {
        self.call_as(operation, Priority::Interactive)
    }

    pub(crate) fn call_as<O: Operation>(
        &self,
        operation: O,
        priority: Priority,
    ) -> Task<Result<O::Response, CallError>> {
        let client = self.client.clone();
        let task = self.spawn(async move { client.call(operation, priority).await });
        self.settle();
        task
    }

    /// A call that has a reader of its own, dropped with it.
    pub(crate) fn app(name: &str) -> op::GetApp {
        op::GetApp { app: name.to_owned() }
    }

    /// A read that goes on until what this returns is dropped.
    pub(crate) fn droppable(&self, name: &str) -> oneshot::Sender<()> {
        let (client, operation) = (self.client.clone(), Self::app(name));
        let (stop, stopped) = oneshot::channel();
        self.spawn(async move {
            let call = Box::pin(client.call(operation, Priority::Interactive));
            matches!(select(call, stopped).await, Either::Left(_))
        });
        self.settle();
        stop
    }

    pub(crate) fn sign_in(&self, email: &str) -> Task<Result<(), CallError>> {
        let client = self.client.clone();
        let credentials = Credentials {
            email: email.into(),
            password: "correct horse".into(),
            mfa_token: Some("271828".into()),
        };
        let task = self.spawn(async move { client.sign_in(credentials).await });
        self.settle();
        task
    }

    /// Runs what can run without time passing.
    pub(crate) fn settle(&self) {
        self.pool.borrow_mut().run_until_stalled();
    }

    /// Lets time pass.
    pub(crate) fn advance(&self, ms: Millis) {
        let until = self.clock.now.get() + ms;
        self.settle();
        while self.step(until) {}
        self.clock.now.set(until);
        self.settle();
    }

    /// Lets time pass until nothing waits for it any more.
    pub(crate) fn run(&self) {
        self.settle();
        while self.step(Millis::MAX) {}
    }

    fn step(&self, until: Millis) -> bool {
        let timer = self.clock.timers.borrow_mut().pop_first();
        let Some(((at, id), sender)) = timer else { return false };
        if sender.is_canceled() {
            return true;
        }
        if at > until {
            self.clock.timers.borrow_mut().insert((at, id), sender);
            return false;
        }
        self.clock.now.set(at.max(self.clock.now.get()));
        sender.send(()).ok();
        self.settle();
        true
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.server.seen.borrow().iter().map(|seen| seen.line.clone()).collect()
    }

    /// How many requests were answered with `status`.
    pub(crate) fn answered(&self, status: u16) -> usize {
        self.server.seen.borrow().iter().filter(|seen| seen.status == Some(status)).count()
    }

    #[track_caller]
    pub(crate) fn last(&self) -> Entry {
        self.client.journal().pop().expect("the journal is empty")
    }
}
