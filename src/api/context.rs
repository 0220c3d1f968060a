//! The client and its state, as signals for the whole page.

use std::rc::Rc;

use backoffice_client::{
    BudgetView, CallError, Client, Connection, Entry, EntryId, Event, LocalBoxStream, Memory,
    Millis, MonthView, NoMemory, Options, SessionState, SessionStore as _, Transport, har,
};
use backoffice_contract::session::{Credentials, OauthResult, SessionTokens};
use backoffice_contract::{Operation, OperationId, Secret, op, preview};
use gloo_timers::callback::Interval;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::cache::{Cache, Slot};
use super::config::ApiChoice;
use super::fetch::FetchTransport;
use super::invalidate::stale_after;
use super::memory::BrowserMemory;
use super::page_wakes::{is_visible, wake_with_page};
use super::peers::BrowserPeers;
use super::runtime::{self, BrowserRuntime};
use super::sandbox::{Control, Mail, PushRequest};
use super::session_store::BrowserSessionStore;
use super::waiting::Waiting;
use super::worker::WorkerTransport;
use crate::tab_memory;

/// Everything that pages know about the API. `Copy`, one per page, in context.
#[derive(Clone, Copy)]
pub struct Api {
    client: StoredValue<Client, LocalStorage>,
    control: StoredValue<Control, LocalStorage>,
    sessions: StoredValue<Rc<BrowserSessionStore>, LocalStorage>,
    cache: StoredValue<Cache, LocalStorage>,
    choice: StoredValue<ApiChoice>,
    journal_changes: RwSignal<u64>,
    /// The session: whether a user is signed in, and who.
    pub session: RwSignal<SessionState>,
    /// The remaining rate limit.
    pub budget: RwSignal<BudgetView>,
    /// Usage this month.
    pub month: RwSignal<Option<MonthView>>,
    /// Whether the API can be reached.
    pub connection: RwSignal<Connection>,
    /// The time in epoch milliseconds, updated once a second while the page is visible.
    pub now: RwSignal<Millis>,
    /// Whether the page is visible.
    pub visible: RwSignal<bool>,
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
    let sessions = Rc::new(BrowserSessionStore::console());
    let changes = RwSignal::new((0_u64, 0_u64, 0_u64));
    let client = browser_client(
        &base_url,
        choice.command_base(),
        Rc::clone(&transport),
        sessions.clone(),
        Surroundings::console(),
        Box::new(move |event| {
            changes.update(|(journal, budget, session)| match event {
                Event::Journal(_) => *journal += 1,
                Event::Budget | Event::Month | Event::Connection => *budget += 1,
                Event::Session => *session += 1,
            });
        }),
    )?;
    let api = Api {
        session: RwSignal::new(client.session()),
        budget: RwSignal::new(client.budget()),
        month: RwSignal::new(client.month()),
        connection: RwSignal::new(client.connection()),
        client: StoredValue::new_local(client),
        control: StoredValue::new_local(Control { transport, base: base_url }),
        sessions: StoredValue::new_local(sessions),
        cache: StoredValue::new_local(Cache::default()),
        choice: StoredValue::new(choice),
        journal_changes: RwSignal::new(0),
        now: RwSignal::new(runtime::now()),
        visible: RwSignal::new(is_visible()),
    };
    api.listen(changes);
    provide_context(api);
    Ok(api)
}

/// What a client shares with other pages of its browser.
pub(super) struct Surroundings {
    peers: BrowserPeers,
    memory: Rc<dyn Memory>,
}

impl Surroundings {
    /// What the console shares with everything that acts for its user.
    pub(super) fn console() -> Self {
        Self { peers: BrowserPeers::new(), memory: Rc::new(BrowserMemory) }
    }

    /// What the pages of one world share with each other.
    pub(super) fn of_world(world: &str) -> Self {
        Self { peers: BrowserPeers::of_world(world), memory: Rc::new(NoMemory) }
    }
}

/// A client that uses the browser's clock and storage, and shares with other tabs.
///
/// # Errors
/// A sentence, when tokens must not be sent to the address.
pub(super) fn browser_client(
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
    /// Turns the client's events into signals, one for each kind, so that a page that shows
    /// the budget is not updated for the journal.
    fn listen(self, changes: RwSignal<(u64, u64, u64)>) {
        let budget = Memo::new(move |_| changes.with(|(_, budget, _)| *budget));
        let session = Memo::new(move |_| changes.with(|(.., session)| *session));
        let journal = Memo::new(move |_| changes.with(|(journal, ..)| *journal));
        Effect::new(move |_| {
            // Reading the memo subscribes to it.
            let _ = budget.get();
            // Update the time first: a countdown must not start from the second before.
            self.now.set(runtime::now());
            let client = self.client();
            self.budget.set(client.budget());
            self.month.set(client.month());
            self.connection.set(client.connection());
        });
        Effect::new(move |_| self.journal_changes.set(journal.get()));
        Effect::new(move |previous: Option<u64>| {
            let _ = session.get();
            let (current, user) = (self.client().session(), self.client().user());
            if previous.is_some_and(|previous| previous != user) {
                self.cache.with_value(Cache::forget);
                tab_memory::forget_all();
            }
            if self.session.with_untracked(|shown| *shown != current) {
                self.session.set(current);
            }
            user
        });
        let tick = Interval::new(1_000, move || {
            if self.visible.get_untracked() {
                self.now.set(runtime::now());
            }
        });
        // It ticks as long as the page exists.
        tick.forget();
        // The browser reports a network again: no proof, but worth a try.
        let online = window_event_listener(ev::online, move |_| self.try_connection());
        on_cleanup(move || online.remove());
        let seen = window_event_listener(ev::visibilitychange, move |_| {
            self.visible.set(is_visible());
            self.now.set(runtime::now());
        });
        on_cleanup(move || seen.remove());
    }

    pub(super) fn client(self) -> Client {
        self.client.get_value()
    }

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

    /// Signs in.
    ///
    /// # Errors
    /// As the API says.
    pub async fn sign_in(self, credentials: Credentials) -> Result<(), CallError> {
        self.client().sign_in(credentials).await
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
        self.call_as(operation, super::Priority::Interactive).await
    }

    /// The same, with a given priority.
    ///
    /// # Errors
    /// As the API says.
    pub async fn call_as<O: Operation>(
        self,
        operation: O,
        priority: super::Priority,
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
        self.journal_changes.track();
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
        self.journal_changes.track();
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

    /// Sends a waiting call now.
    pub fn retry_now(self, id: EntryId) {
        self.client().retry_now(id);
    }

    /// Cancels a call.
    pub fn cancel(self, id: EntryId) {
        self.client().cancel(id);
    }

    /// Agrees to a long wait.
    pub fn consent(self, id: EntryId) {
        self.client().consent(id);
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
        let token = self
            .sessions
            .with_value(|sessions| sessions.load())
            .map_or_else(Secret::default, |session| session.tokens.access_token);
        self.control.get_value().push(app, push, token).await?;
        self.invalidate(&[OperationId::GetStatus, OperationId::ListReleases]);
        Ok(())
    }
}
