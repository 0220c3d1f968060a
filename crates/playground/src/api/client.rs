//! The playground's API: a separate world of the sandbox in this browser, or the console's
//! API.

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use backoffice_client::{
    CallError, Entry, EntryId, Event, Parts as CallParts, Priority, Transport, UntypedCall,
};
use backoffice_contract::OperationId;
use backoffice_shell::{Host, Shell, Terminal};
use futures_util::TryStreamExt as _;
use leptos::prelude::*;
use leptos::task::spawn_local;

use backoffice_web_client::fetch::{FetchTransport, fetch};
use backoffice_web_client::runtime::{self, BrowserRuntime};
use backoffice_web_client::{
    ApiChoice, BrowserSessionStore, ClientSignals, Control, Surroundings, WorkerTransport, World,
    browser_client,
};

use super::ended_calls::EndedCalls;
use super::listener::Listener;
use super::shared_journal::{PastRequest, SharedJournal};
use super::shell_store::ShellStore;
use super::tap::{Heard, Tap};

/// Which API a playground is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The sandbox in this browser, in one of its worlds.
    World(World),
    /// The console's API.
    Live(ApiChoice),
}

/// The client of a playground. `Copy`, and as long-lived as the view that made it. It has the
/// [signals](ClientSignals) of its client.
#[derive(Clone, Copy)]
pub struct PlaygroundApi {
    signals: ClientSignals,
    parts: StoredValue<Parts, LocalStorage>,
    journal: SharedJournal,
}

impl Deref for PlaygroundApi {
    type Target = ClientSignals;

    fn deref(&self) -> &ClientSignals {
        &self.signals
    }
}

#[derive(Clone)]
struct Parts {
    transport: Tap,
    place: Place,
    listener: Listener,
}

/// The one place where the transport of a playground is made.
fn transport(place: &Place) -> Rc<dyn Transport> {
    match place {
        Place::World(world) => Rc::new(WorkerTransport::to(world.clone())),
        Place::Live(ApiChoice::BrowserSandbox) => Rc::new(WorkerTransport::default()),
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

    /// The origin that users see.
    #[must_use]
    pub fn shown_url(&self) -> &str {
        match self {
            Self::World(_) => ApiChoice::BrowserSandbox.command_base(),
            Self::Live(choice) => choice.command_base(),
        }
    }

    /// Whether it is a sandbox.
    #[must_use]
    pub fn is_simulated(&self) -> bool {
        match self {
            Self::World(_) => true,
            Self::Live(choice) => choice.is_sandbox(),
        }
    }

    /// Whether commands affect real apps.
    #[must_use]
    pub fn is_live(&self) -> bool {
        matches!(self, Self::Live(_))
    }

    /// The seed of the random numbers.
    fn seed(&self) -> u64 {
        match self {
            Self::World(world) => world.seed,
            Self::Live(_) => runtime::now(),
        }
    }

    /// The name under which the views of this place share state.
    fn world_name(&self) -> &str {
        match self {
            Self::World(world) => &world.name,
            Self::Live(_) => "live",
        }
    }
}

/// Stops listening when dropped: when the call has ended or was cancelled.
struct Listening(Tap);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// Sends a request to any API, once and without the console's session.
///
/// # Errors
/// Why no answer came.
pub async fn send_elsewhere(
    method: &str,
    url: &str,
    headers: &[(String, String)],
    body: Option<&str>,
) -> Result<Heard, String> {
    let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let sent = fetch(method, url, headers, body.map(str::as_bytes)).await;
    sent.map(Heard::of).map_err(|error| error.text().to_owned())
}

impl PlaygroundApi {
    /// Makes the client, which shares the rate limit and the session with the pages of the
    /// same place.
    ///
    /// # Errors
    /// A sentence, when the configured address must not be used.
    pub fn new(place: Place) -> Result<Self, String> {
        let (sessions, around) = match &place {
            Place::World(World { name, .. }) => {
                (BrowserSessionStore::of_world(name), Surroundings::of_world(name))
            }
            Place::Live(_) => (BrowserSessionStore::console(), Surroundings::console()),
        };
        let transport = Tap::new(transport(&place));
        let journal = SharedJournal::of(place.world_name());
        let news: Rc<RefCell<Vec<EntryId>>> = Rc::default();
        let listener = Listener::default();
        let (heard, hears) = (Rc::clone(&news), listener.clone());
        let also = move |event| {
            if let Event::Journal(id) = event {
                heard.borrow_mut().push(id);
            }
            hears.notify(event);
        };
        let make = |on_event| {
            browser_client(
                place.base_url(),
                place.shown_url(),
                Rc::new(transport.clone()),
                Rc::new(sessions),
                around,
                on_event,
            )
        };
        let signals = ClientSignals::new(make, also, || {})?;
        let sharing = signals.client();
        spawn_local(async move { sharing.share().await });
        let parts = StoredValue::new_local(Parts { transport, place, listener });
        let api = Self { signals, parts, journal };
        let news = StoredValue::new_local(news);
        let ended = StoredValue::new(EndedCalls::default());
        Effect::new(move |_| {
            signals.follow_journal();
            let news = news.with_value(|news| news.take());
            api.keep(news, ended);
        });
        Ok(api)
    }

    /// Adds the calls that have ended to the journal, if they are not in it yet.
    fn keep(self, news: Vec<EntryId>, ended: StoredValue<EndedCalls<EntryId>>) {
        for id in news {
            let entry = self.client().entry(id);
            let past = entry.as_ref().and_then(PastRequest::of);
            let over = entry.is_none() || past.is_some();
            let news = ended.try_update_value(|ended| ended.look(id, over));
            if let (Some(past), Some(true)) = (past, news) {
                self.journal.add(past);
            }
        }
    }

    /// The requests that all views and frames sent to this place, oldest first.
    #[must_use]
    pub fn requests(self) -> RwSignal<Vec<PastRequest>> {
        self.journal.requests
    }

    /// The API it is for.
    #[must_use]
    pub fn place(self) -> Place {
        self.parts.with_value(|parts| parts.place.clone())
    }

    /// Resets the world, with all users signed out.
    ///
    /// # Errors
    /// A sentence, when the reset failed.
    pub async fn reset_world(self) -> Result<(), String> {
        let Parts { transport, place, .. } = self.parts.get_value();
        // This signs out the other pages of this world, too.
        self.client().sign_out().await;
        self.journal.clear();
        let base = place.base_url().to_owned();
        Control { transport: Rc::new(transport), base }.reset(place.seed()).await
    }

    /// The seed of the world.
    #[must_use]
    pub fn seed(self) -> u64 {
        self.parts.with_value(|parts| parts.place.seed())
    }

    /// The state that the shells of this place share.
    #[must_use]
    pub fn shell_store(self) -> ShellStore {
        self.parts.with_value(|parts| ShellStore::of(parts.place.world_name()))
    }

    /// The one place where a shell is made.
    #[must_use]
    pub fn shell(self, terminal: Rc<dyn Terminal>) -> Rc<Shell> {
        let Parts { transport, place, listener } = self.parts.get_value();
        let client = self.client();
        let token = {
            let client = client.clone();
            move || client.access_token()
        };
        let host = Host {
            client,
            transport: Rc::new(transport),
            runtime: Rc::new(BrowserRuntime),
            terminal,
            base_url: place.base_url().to_owned(),
            shown_url: place.shown_url().to_owned(),
            simulated: place.is_simulated(),
            access_token: Rc::new(token),
        };
        let shell = Rc::new(Shell::new(host, place.seed()));
        let hearing = Rc::downgrade(&shell);
        listener.set(move |event| {
            if let Some(shell) = hearing.upgrade() {
                shell.heard(event);
            }
        });
        shell
    }

    /// The newest call of an operation with this target, with its history.
    #[must_use]
    pub fn entry(self, operation: OperationId, target: &str) -> Option<Entry> {
        let is_it = |entry: &&Entry| entry.operation == operation && entry.target == target;
        self.client().with_journal(|entries| entries.rev().find(is_it).cloned())
    }

    /// The same, reactive.
    #[must_use]
    pub fn watched_entry(self, operation: OperationId, target: &str) -> Option<Entry> {
        self.follow_journal();
        self.entry(operation, target)
    }

    /// Sends a request to the API as the console's pages do, with budget, waits and
    /// retries. `ear` gets each answer in full; the result says whether the call succeeded
    /// in the end.
    ///
    /// # Errors
    /// As the API says.
    pub async fn send(self, parts: CallParts, ear: Rc<dyn Fn(Heard)>) -> Result<(), CallError> {
        let client = self.client();
        let (transport, base) = self
            .parts
            .with_value(|parts| (parts.transport.clone(), parts.place.base_url().to_owned()));
        let url = format!("{base}{}", parts.target);
        let (method, streams) = (parts.endpoint.method.as_str(), parts.endpoint.streams.is_some());
        let _listening = Listening(transport.clone());
        transport.listen(method, url, ear);
        let call = UntypedCall::of(parts);
        if streams {
            let mut body = client.stream_untyped(call).await?;
            // Only read to the end: the tap passes each piece on to `ear`.
            while body.try_next().await?.is_some() {}
            Ok(())
        } else {
            client.call_untyped(call, Priority::Interactive).await.map(|_| ())
        }
    }

    /// Ends the session here immediately, and on the server as soon as it can be reached.
    pub async fn sign_out(self) {
        self.client().sign_out().await;
    }
}
