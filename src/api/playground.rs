//! What the playground calls: the sandbox in this browser, in a world of its own, or the
//! console's API.

use std::cell::RefCell;
use std::rc::Rc;

use backoffice_client::{
    BudgetView, CallError, Client, Entry, Event, SessionState, SessionStore as _, Transport,
};
use backoffice_contract::OperationId;
use backoffice_contract::session::Credentials;
use backoffice_playground::{Host, Shell, Terminal};
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::config::ApiChoice;
use super::context::{Surroundings, browser_client};
use super::fetch::FetchTransport;
use super::runtime::{self, BrowserRuntime};
use super::session_store::BrowserSessionStore;
use super::worker::WorkerTransport;

/// Which API a playground is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The sandbox in this browser, in the world of this seed.
    World(u64),
    /// The console's API.
    Live(ApiChoice),
}

/// Hears what the client tells.
type Listener = Box<dyn Fn(Event)>;

/// The client of a playground, and what it tells as signals. `Copy`, as long as the view
/// that made it is there.
#[derive(Clone, Copy)]
pub struct PlaygroundApi {
    parts: StoredValue<Parts, LocalStorage>,
    /// Who is signed in.
    pub session: RwSignal<SessionState>,
    /// What is left of the rate limit.
    pub budget: RwSignal<BudgetView>,
    /// The time in epoch milliseconds, once a second while the page can be seen.
    pub now: RwSignal<u64>,
}

#[derive(Clone)]
struct Parts {
    client: Client,
    transport: Rc<dyn Transport>,
    sessions: Rc<BrowserSessionStore>,
    place: Place,
    listener: Rc<RefCell<Option<Listener>>>,
}

/// The one place where the transport of a playground is made.
fn transport(place: &Place) -> Rc<dyn Transport> {
    match place {
        Place::World(_) | Place::Live(ApiChoice::BrowserSandbox) => {
            Rc::new(WorkerTransport::default())
        }
        Place::Live(_) => Rc::new(FetchTransport),
    }
}

impl Place {
    /// The origin that requests go to; empty for the sandbox in this browser.
    fn base_url(&self) -> &str {
        match self {
            Self::World(_) | Self::Live(ApiChoice::BrowserSandbox) => "",
            Self::Live(ApiChoice::SandboxServer(base) | ApiChoice::Remote(base)) => base,
        }
    }

    /// The origin that people know it by.
    #[must_use]
    pub fn shown_url(&self) -> &str {
        match self {
            Self::World(_) => ApiChoice::BrowserSandbox.command_base(),
            Self::Live(choice) => choice.command_base(),
        }
    }

    /// Whether it is some sandbox.
    #[must_use]
    pub fn is_simulated(&self) -> bool {
        match self {
            Self::World(_) => true,
            Self::Live(choice) => choice.is_sandbox(),
        }
    }

    /// Whether commands reach apps that others see, too.
    #[must_use]
    pub fn is_live(&self) -> bool {
        matches!(self, Self::Live(_))
    }

    /// What decides about chance.
    fn seed(&self) -> u64 {
        match self {
            Self::World(seed) => *seed,
            Self::Live(_) => runtime::now(),
        }
    }
}

impl PlaygroundApi {
    /// Makes the client, which shares limit and session with the pages of the same place.
    ///
    /// # Errors
    /// A sentence when the console is set up with an address that it must not use.
    pub fn new(place: Place) -> Result<Self, String> {
        let (sessions, around) = match &place {
            Place::World(seed) => {
                (BrowserSessionStore::of_world(*seed), Surroundings::of_world(*seed))
            }
            Place::Live(_) => (BrowserSessionStore::console(), Surroundings::console()),
        };
        let sessions = Rc::new(sessions);
        let transport = transport(&place);
        let changes = RwSignal::new(0_u64);
        let listener: Rc<RefCell<Option<Listener>>> = Rc::default();
        let hears = Rc::clone(&listener);
        let on_event = move |event| {
            // The view may be gone before the last answer comes.
            let _ = changes.try_update(|count| *count += 1);
            if let Some(listener) = &*hears.borrow() {
                listener(event);
            }
        };
        let client = browser_client(
            place.base_url(),
            place.shown_url(),
            Rc::clone(&transport),
            Rc::clone(&sessions),
            around,
            Box::new(on_event),
        )?;
        let sharing = client.clone();
        spawn_local(async move { sharing.share().await });
        let api = Self {
            session: RwSignal::new(client.session()),
            budget: RwSignal::new(client.budget()),
            now: RwSignal::new(runtime::now()),
            parts: StoredValue::new_local(Parts { client, transport, sessions, place, listener }),
        };
        Effect::new(move |_| {
            changes.track();
            api.look();
        });
        let tick = StoredValue::new_local(Some(Interval::new(1_000, move || {
            if !document().hidden() {
                let _ = api.now.try_set(runtime::now());
            }
        })));
        on_cleanup(move || drop(tick.try_update_value(Option::take)));
        Ok(api)
    }

    fn look(self) {
        let client = self.client();
        self.now.set(runtime::now());
        self.budget.set(client.budget());
        let session = client.session();
        if self.session.with_untracked(|shown| *shown != session) {
            self.session.set(session);
        }
    }

    fn client(self) -> Client {
        self.parts.with_value(|parts| parts.client.clone())
    }

    /// Which API it is for.
    #[must_use]
    pub fn place(self) -> Place {
        self.parts.with_value(|parts| parts.place.clone())
    }

    /// The one place where a shell is made.
    #[must_use]
    pub fn shell(self, terminal: Rc<dyn Terminal>) -> Rc<Shell> {
        let Parts { client, transport, sessions, place, listener } = self.parts.get_value();
        let token = move || sessions.load().map(|session| session.tokens.access_token);
        let host = Host {
            client,
            transport,
            runtime: Rc::new(BrowserRuntime),
            terminal,
            base_url: place.base_url().to_owned(),
            shown_url: place.shown_url().to_owned(),
            simulated: place.is_simulated(),
            access_token: Rc::new(token),
        };
        let shell = Rc::new(Shell::new(host, place.seed()));
        let hearing = Rc::downgrade(&shell);
        listener.replace(Some(Box::new(move |event| {
            if let Some(shell) = hearing.upgrade() {
                shell.heard(event);
            }
        })));
        shell
    }

    /// The newest call of an operation with this target, with all that happened to it.
    #[must_use]
    pub fn entry(self, operation: OperationId, target: &str) -> Option<Entry> {
        let journal = self.client().journal();
        let is_it = |entry: &Entry| entry.operation == operation && entry.target == target;
        journal.into_iter().rev().find(is_it)
    }

    /// Signs in.
    ///
    /// # Errors
    /// As the API says.
    pub async fn sign_in(self, credentials: Credentials) -> Result<(), CallError> {
        self.client().sign_in(credentials).await
    }

    /// Ends the session here at once, and on the server as soon as it can be reached.
    pub async fn sign_out(self) {
        self.client().sign_out().await;
    }
}
