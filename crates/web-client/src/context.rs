//! The client and its state, as signals for the whole page.

use std::ops::Deref;
use std::rc::Rc;

use backoffice_client::{
    CallError, Client, Connection, Entry, EntryId, Event, LocalBoxStream, Memory, MonthView,
    NoMemory, Options, Transport, har,
};
use backoffice_contract::session::{OauthResult, SessionTokens};
use backoffice_contract::{Operation, OperationId, Secret, op, preview};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::config::ApiChoice;
use crate::page::page_wakes::wake_with_page;
use crate::page::peers::BrowserPeers;
use crate::page::runtime::{self, BrowserRuntime};
use crate::read::cache::{Cache, Slot};
use crate::read::invalidate::stale_after;
use crate::read::waiting::Waiting;
use crate::signals::ClientSignals;
use crate::store::memory::BrowserMemory;
use crate::store::session_store::BrowserSessionStore;
use crate::store::tab_memory;
use crate::transport::fetch::FetchTransport;
use crate::transport::sandbox::{Control, Mail, PushRequest};
use crate::transport::worker::WorkerTransport;

/// Everything that pages know of the API: one for the page, `Copy`, in context. It has the
/// [signals](ClientSignals) of its client.
#[derive(Clone, Copy)]
pub struct Api {
    signals: ClientSignals,
    control: StoredValue<Control, LocalStorage>,
    cache: StoredValue<Cache, LocalStorage>,
    choice: StoredValue<ApiChoice>,
    /// Usage this month.
    pub month: RwSignal<Option<MonthView>>,
    /// Whether the API can be reached.
    pub connection: RwSignal<Connection>,
}

impl Deref for Api {
    type Target = ClientSignals;

    fn deref(&self) -> &ClientSignals {
        &self.signals
    }
}

/// Makes the client for `choice` and provides it to everything below.
///
/// # Errors
/// A sentence, when the configured address must not be used.
pub fn provide_api(choice: ApiChoice) -> Result<Api, String> {
    let (transport, base_url): (Rc<dyn Transport>, String) = match &choice {
        ApiChoice::BrowserSandbox => (Rc::new(WorkerTransport::default()), String::new()),
        ApiChoice::SandboxServer(base) | ApiChoice::Remote(base) => {
            (Rc::new(FetchTransport), base.clone())
        }
    };
    let cache = StoredValue::new_local(Cache::default());
    let make = |on_event| {
        browser_client(
            &base_url,
            choice.command_base(),
            Rc::clone(&transport),
            Rc::new(BrowserSessionStore::console()),
            Surroundings::console(),
            on_event,
        )
    };
    let forget = move || {
        cache.with_value(Cache::forget);
        tab_memory::forget_all();
    };
    let signals = ClientSignals::new(make, |_| {}, forget)?;
    let client = signals.client();
    let api = Api {
        signals,
        month: RwSignal::new(client.month()),
        connection: RwSignal::new(client.connection()),
        control: StoredValue::new_local(Control { transport, base: base_url }),
        cache,
        choice: StoredValue::new(choice),
    };
    Effect::new(move |_| {
        api.follow_budget();
        api.month.set(client.month());
        api.connection.set(client.connection());
    });
    // The browser reports a network again: no proof, but worth a try.
    let online = window_event_listener(ev::online, move |_| api.try_connection());
    on_cleanup(move || online.remove());
    provide_context(api);
    Ok(api)
}

/// What a client shares with other pages of its browser.
pub struct Surroundings {
    peers: BrowserPeers,
    memory: Rc<dyn Memory>,
}

impl Surroundings {
    /// What the console shares with everything that acts for its user.
    pub fn console() -> Self {
        Self { peers: BrowserPeers::new(), memory: Rc::new(BrowserMemory) }
    }

    /// What the pages of one world share with each other.
    pub fn of_world(world: &str) -> Self {
        Self { peers: BrowserPeers::of_world(world), memory: Rc::new(NoMemory) }
    }
}

/// A client that uses the browser's clock and storage, and shares with other tabs.
///
/// # Errors
/// A sentence, when tokens must not be sent to the address.
pub fn browser_client(
    base_url: &str,
    shown_url: &str,
    transport: Rc<dyn Transport>,
    sessions: Rc<BrowserSessionStore>,
    around: Surroundings,
    on_event: Box<dyn Fn(Event)>,
) -> Result<Client, String> {
    let client = Client::new(Options {
        base_url: base_url.to_owned(),
        shown_url: shown_url.to_owned(),
        transport,
        runtime: Rc::new(BrowserRuntime),
        sessions,
        peers: Rc::new(around.peers),
        memory: around.memory,
        on_event,
    })
    .map_err(|error| error.to_string())?;
    wake_with_page(&client);
    Ok(client)
}

/// The API of the page.
///
/// # Panics
/// Never in the app, whose root provides it.
#[must_use]
pub fn use_api() -> Api {
    expect_context()
}

impl Api {
    pub(super) fn slot<O: Operation>(self, operation: &O) -> Slot<O::Response>
    where
        O::Response: Send + Sync,
    {
        let (id, address, now) = (O::ENDPOINT.id, operation.target(), runtime::now());
        self.cache
            .try_update_value(|cache| cache.slot(id, address.clone(), now))
            .unwrap_or_else(|| Cache::default().slot(id, address, now))
    }

    pub(super) fn invalidate(self, operations: &[OperationId]) {
        self.cache.with_value(|cache| cache.invalidate(operations));
    }

    /// Which API this is.
    #[must_use]
    pub fn choice(self) -> ApiChoice {
        self.choice.get_value()
    }

    /// The email address of the signed-in user, also after the session has expired.
    #[must_use]
    pub fn email(self) -> Option<String> {
        self.session.with(|session| session.email().map(str::to_owned))
    }

    /// Sets the account's current address, which may differ from the one used to sign in.
    pub fn rename(self, email: &str) {
        self.client().rename(email);
    }

    /// Starts sharing the rate limit and the session with the other tabs.
    pub fn share(self) {
        let client = self.client();
        spawn_local(async move { client.share().await });
    }

    /// The addresses of the users signed in on other tabs.
    pub async fn sessions_nearby(self) -> Vec<String> {
        self.client().sessions_nearby().await
    }

    /// Joins the session that other tabs have under this address.
    ///
    /// # Errors
    /// When no tab answers with a session.
    pub async fn adopt(self, email: &str) -> Result<(), CallError> {
        self.client().adopt(email).await
    }

    /// Begins the session in another provider's answer; `false` if there is none in it.
    pub fn begin_session(self, answer: OauthResult) -> bool {
        let OauthResult { email, access_token, renewal_token, .. } = answer;
        let (Some(access_token), Some(renewal_token)) = (access_token, renewal_token) else {
            return false;
        };
        let tokens = SessionTokens { access_token, renewal_token };
        self.client().begin_session(&email, tokens);
        true
    }

    /// Ends the session here immediately, and on the server as soon as it can be reached.
    pub async fn sign_out(self) {
        // Do this first: anything below may end the page.
        tab_memory::forget_all();
        self.client().sign_out().await;
    }

    /// Makes a call whose state no page shows.
    ///
    /// # Errors
    /// As the API says.
    pub async fn call<O: Operation>(self, operation: O) -> Result<O::Response, CallError> {
        self.call_as(operation, crate::Priority::Interactive).await
    }

    /// The same, with a given priority.
    ///
    /// # Errors
    /// As the API says.
    pub async fn call_as<O: Operation>(
        self,
        operation: O,
        priority: crate::Priority,
    ) -> Result<O::Response, CallError> {
        self.client().call(operation, priority).await
    }

    /// Marks as stale the reads that these writes change. For writes made with
    /// [`call`](Self::call): each read is made again once, after all of them.
    pub fn wrote(self, writes: &[OperationId]) {
        for write in writes {
            self.invalidate(stale_after(*write));
        }
    }

    /// Opens a stream; dropping it ends the call.
    ///
    /// # Errors
    /// As the API says.
    pub async fn stream<O: Operation>(
        self,
        operation: O,
    ) -> Result<LocalBoxStream<'static, Result<Vec<u8>, CallError>>, CallError> {
        self.client().stream(operation).await
    }

    /// Applies `read` to the journal, newest entry last, without copying entries; reactive.
    /// `read` must not call the API.
    pub fn with_journal<R>(
        self,
        read: impl FnOnce(&mut dyn DoubleEndedIterator<Item = &Entry>) -> R,
    ) -> R {
        self.follow_journal();
        self.client().with_journal(read)
    }

    /// What calls wait for; `None` while none waits. Reactive.
    #[must_use]
    pub fn waiting(self) -> Option<Waiting> {
        self.with_journal(|entries| {
            // Signing out on the server runs in the background; the user does not wait for
            // it.
            let asked_for = entries.filter(|entry| entry.operation != OperationId::DeleteSession);
            Waiting::of(asked_for.map(|entry| (&entry.state, entry.attempts.as_slice())))
        })
    }

    /// One entry of the journal; reactive.
    pub(super) fn entry(self, id: EntryId) -> Option<Entry> {
        self.follow_journal();
        self.client().entry(id)
    }

    /// Number of changes not sent yet. They are lost when the page closes or the user signs
    /// out.
    #[must_use]
    pub fn unsent_changes(self) -> usize {
        self.client().unsent_changes()
    }

    /// Whether the browser has no network at all. Reactive: checked again when the client
    /// loses or regains the connection.
    #[must_use]
    pub fn is_offline(self) -> bool {
        self.connection.track();
        !runtime::is_online()
    }

    /// Cancels a call.
    pub fn cancel(self, id: EntryId) {
        self.client().cancel(id);
    }

    /// Sets the day of the month, 1 to 28, on which the count resets.
    pub fn set_first_day(self, day: u8) {
        self.client().set_first_day(day);
    }

    /// Allows requests although the month is almost or fully used up; `false` revokes that.
    pub fn override_month(self, overridden: bool) {
        self.client().override_month(overridden);
    }

    /// Tries a lost connection now.
    pub fn try_connection(self) {
        self.client().try_connection();
    }

    /// Reads again what a call with an unknown outcome may have changed, so that its page
    /// shows whether it was done.
    pub fn find_out(self, id: EntryId) {
        if let Some(entry) = self.client().entry(id) {
            self.invalidate(stale_after(entry.operation));
        }
    }

    /// Calls as a HAR file, without secrets.
    #[must_use]
    pub fn har(self, entries: &[Entry]) -> String {
        self.choice.with_value(|choice| {
            har::export(entries, choice.command_base(), env!("CARGO_PKG_VERSION"))
        })
    }

    /// Removes ended calls from the journal.
    pub fn clear_journal(self) {
        self.client().clear_journal();
    }

    /// The call as a `curl` command, without secrets.
    #[must_use]
    pub fn curl<O: Operation>(self, operation: &O) -> String {
        preview::curl(
            operation,
            self.choice.with_value(|choice| choice.command_base().to_owned()).as_str(),
        )
    }

    /// The sandbox's mails to an address, newest first.
    ///
    /// # Errors
    /// A sentence when the sandbox cannot be reached.
    pub async fn mailbox(self, to: &str) -> Result<Vec<Mail>, String> {
        self.control.get_value().mailbox(to).await
    }

    /// Follows a link of one of those mails; the answer is a sentence.
    ///
    /// # Errors
    /// A sentence, as the sandbox says.
    pub async fn follow_mail(self, link: &Secret) -> Result<String, String> {
        self.control.get_value().follow(link).await
    }

    /// Tells the sandbox's imitation of another provider which user has signed in there.
    /// The answer is a sentence.
    ///
    /// # Errors
    /// A sentence, as the sandbox says.
    pub async fn confirm_at_provider(self, page: &str, email: &str) -> Result<String, String> {
        self.control.get_value().confirm_at_provider(page, email).await
    }

    /// Pushes to an app of the sandbox as `git push gigalixir` would.
    ///
    /// # Errors
    /// A sentence, as the sandbox says.
    pub async fn push(self, app: &str, push: &PushRequest) -> Result<(), String> {
        // The push is not an API call and cannot renew the session. A read before it can,
        // and checks that the app exists.
        self.call(op::GetApp { app: app.to_owned() }).await.map_err(|error| error.text())?;
        let token = self.client().access_token().unwrap_or_default();
        self.control.get_value().push(app, push, token).await?;
        self.invalidate(&[OperationId::GetStatus, OperationId::ListReleases]);
        Ok(())
    }
}
