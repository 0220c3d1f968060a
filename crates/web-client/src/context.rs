//! The client and what it tells, as reactive state for the whole page.

use std::ops::Deref;
use std::rc::Rc;

use backoffice_client::{
    CallError, Client, Entry, EntryId, Event, LocalBoxStream, Memory, NoMemory, Options, Transport,
    har,
};
use backoffice_contract::session::{OauthResult, SessionTokens};
use backoffice_contract::{Operation, OperationId, Secret, op, preview};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::cache::{Cache, Slot};
use super::config::ApiChoice;
use super::fetch::FetchTransport;
use super::invalidate::stale_after;
use super::memory::BrowserMemory;
use super::page_wakes::wake_with_page;
use super::peers::BrowserPeers;
use super::runtime::{self, BrowserRuntime};
use super::sandbox::{Control, Mail, PushRequest};
use super::session_store::BrowserSessionStore;
use super::signals::ClientSignals;
use super::waiting::Waiting;
use super::worker::WorkerTransport;
use crate::tab_memory;

/// Everything that pages know of the API: one for the page, `Copy`, in context. It has the
/// [signals](ClientSignals) of its client.
#[derive(Clone, Copy)]
pub struct Api {
    signals: ClientSignals,
    control: StoredValue<Control, LocalStorage>,
    cache: StoredValue<Cache, LocalStorage>,
    choice: StoredValue<ApiChoice>,
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
/// A sentence when the console is set up with an address that it must not use.
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
    let api = Api {
        signals: ClientSignals::new(make, |_| {}, forget)?,
        control: StoredValue::new_local(Control { transport, base: base_url }),
        cache,
        choice: StoredValue::new(choice),
    };
    // The browser says that there is a network again: no proof, but worth a try.
    let online = window_event_listener(ev::online, move |_| api.try_connection());
    on_cleanup(move || online.remove());
    provide_context(api);
    Ok(api)
}

/// What of its browser a client shares with other pages.
pub struct Surroundings {
    peers: BrowserPeers,
    memory: Rc<dyn Memory>,
}

impl Surroundings {
    /// Everything that the console and what acts for its user share.
    pub fn console() -> Self {
        Self { peers: BrowserPeers::new(), memory: Rc::new(BrowserMemory) }
    }

    /// Nothing but what other pages of the same world do.
    pub fn of_world(world: &str) -> Self {
        Self { peers: BrowserPeers::of_world(world), memory: Rc::new(NoMemory) }
    }
}

/// A client that runs in a page: with its clock, its storage and its other tabs.
///
/// # Errors
/// A sentence when tokens must not travel to the address.
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

    /// The e-mail address of the user who is signed in, or was until the session expired.
    #[must_use]
    pub fn email(self) -> Option<String> {
        self.session.with(|session| session.email().map(str::to_owned))
    }

    /// Says which address the account has: it may be another than the one that signed in.
    pub fn rename(self, email: &str) {
        self.client().rename(email);
    }

    /// Shares limit and session with the other tabs from now on.
    pub fn share(self) {
        let client = self.client();
        spawn_local(async move { client.share().await });
    }

    /// Who is signed in on other tabs.
    pub async fn sessions_nearby(self) -> Vec<String> {
        self.client().sessions_nearby().await
    }

    /// Takes part in the session that other tabs have under this address.
    ///
    /// # Errors
    /// When no tab answers with one.
    pub async fn adopt(self, email: &str) -> Result<(), CallError> {
        self.client().adopt(email).await
    }

    /// Begins the session that another provider's answer holds; `false` when it holds none.
    pub fn begin_session(self, answer: OauthResult) -> bool {
        let OauthResult { email, access_token, renewal_token, .. } = answer;
        let (Some(access_token), Some(renewal_token)) = (access_token, renewal_token) else {
            return false;
        };
        let tokens = SessionTokens { access_token, renewal_token };
        self.client().begin_session(&email, tokens);
        true
    }

    /// Ends the session here at once, and on the server as soon as it can be reached.
    pub async fn sign_out(self) {
        // Before anything can end the page.
        tab_memory::forget_all();
        self.client().sign_out().await;
    }

    /// Makes a call that no page shows the state of.
    ///
    /// # Errors
    /// As the API says.
    pub async fn call<O: Operation>(self, operation: O) -> Result<O::Response, CallError> {
        self.call_as(operation, super::Priority::Interactive).await
    }

    /// The same, with a priority of its own.
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

    /// Marks as stale what some writes change that were made with [`call`](Self::call),
    /// so that it is read again once after all of them.
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

    /// What `read` makes of the journal, newest last, without copies of its entries;
    /// reactive. `read` must not call the API.
    pub fn with_journal<R>(
        self,
        read: impl FnOnce(&mut dyn DoubleEndedIterator<Item = &Entry>) -> R,
    ) -> R {
        self.journal_changes.track();
        self.client().with_journal(read)
    }

    /// What calls wait for, while any does; reactive.
    #[must_use]
    pub fn waiting(self) -> Option<Waiting> {
        self.with_journal(|entries| {
            // A session ends by itself, and nobody waits for that.
            let asked_for = entries.filter(|entry| entry.operation != OperationId::DeleteSession);
            Waiting::of(asked_for.map(|entry| (&entry.state, entry.attempts.as_slice())))
        })
    }

    /// One entry of the journal; reactive.
    pub(super) fn entry(self, id: EntryId) -> Option<Entry> {
        self.journal_changes.track();
        self.client().entry(id)
    }

    /// How many changes have not left this tab, and are lost when the page goes or its user
    /// signs out.
    #[must_use]
    pub fn unsent_changes(self) -> usize {
        self.client().unsent_changes()
    }

    /// Whether the browser has no network at all. It is looked at again when the client loses
    /// or finds the API; reactive.
    #[must_use]
    pub fn is_offline(self) -> bool {
        self.connection.track();
        !runtime::is_online()
    }

    /// Gives a call up.
    pub fn cancel(self, id: EntryId) {
        self.client().cancel(id);
    }

    /// Says on which day of the month, 1 to 28, the count resets.
    pub fn set_first_day(self, day: u8) {
        self.client().set_first_day(day);
    }

    /// Goes on although the month is nearly, or quite, used up; or takes that back.
    pub fn override_month(self, overridden: bool) {
        self.client().override_month(overridden);
    }

    /// Tries a lost connection now.
    pub fn try_connection(self) {
        self.client().try_connection();
    }

    /// Reads again what a call changes whose fate is unknown, so that its page shows
    /// whether it was done.
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

    /// Empties the journal of what has ended.
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

    /// Says whom the sandbox's stand-in for another provider knows; the answer is a sentence.
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
        // The push is no API call and cannot renew the session; a read just before
        // can, and shows that the app is there.
        self.call(op::GetApp { app: app.to_owned() }).await.map_err(|error| error.text())?;
        let token = self.client().access_token().unwrap_or_default();
        self.control.get_value().push(app, push, token).await?;
        self.invalidate(&[OperationId::GetStatus, OperationId::ListReleases]);
        Ok(())
    }
}
