//! The client: what the console and the playground call.

use std::rc::Rc;

use backoffice_contract::session::{Credentials, SessionTokens};
use backoffice_contract::{Auth, Endpoint, LimitClass, Operation, OperationId, Secret, envelope};
use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;
use futures_util::stream::LocalBoxStream;
use serde_json::{Map, Value, json};

use crate::budget::priority::{Priority, Rank};
use crate::budget::view::{BudgetView, Connection, MonthView};
use crate::core::Core;
use crate::error::CallError;
use crate::host::base_url::{self, BaseUrlError};
use crate::host::memory::Memory;
use crate::host::peers::Peers;
use crate::host::runtime::Runtime;
use crate::host::transport::Transport;
use crate::journal::{Entry, EntryId, EntryState};
use crate::pipeline::call::Authority;
use crate::pipeline::coalesce::{Answer, join};
use crate::pipeline::control::Command;
use crate::pipeline::prepared::{Parts, Prepared};
use crate::pipeline::run;
use crate::pipeline::streaming::follow;
use crate::session::account;
use crate::session::renewal::{renew_now, tokens};
use crate::session::{SessionState, SessionStore};
use crate::share::{MonthChange, SessionMessage, nearby, remember_first_day, share, take_part};

/// Something has changed; the listener then reads what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The entry has changed, or is gone.
    Journal(EntryId),
    /// A budget has changed.
    Budget,
    /// The count of the month has changed.
    Month,
    /// The API was lost, or found again.
    Connection,
    /// The session has changed.
    Session,
}

/// What a client is made of.
pub struct Options {
    /// The origin of the API; empty for the origin of the page.
    pub base_url: String,
    /// The origin that copied commands name, as a page without an API of its own
    /// shows the documented one.
    pub shown_url: String,
    /// Sends requests.
    pub transport: Rc<dyn Transport>,
    /// Time, waiting and chance.
    pub runtime: Rc<dyn Runtime>,
    /// Keeps the tokens.
    pub sessions: Rc<dyn SessionStore>,
    /// Finds the other pages that share the limit and the session.
    pub peers: Rc<dyn Peers>,
    /// Remembers the budget and the month beyond a reload.
    pub memory: Rc<dyn Memory>,
    /// Hears about changes. It may call the client back.
    pub on_event: Box<dyn Fn(Event)>,
}

/// A call without its types.
pub struct UntypedCall(Prepared);

impl UntypedCall {
    /// A call that is known as texts only.
    #[must_use]
    pub fn of(parts: Parts) -> Self {
        Self(Prepared::of(parts))
    }

    /// The row of the table.
    #[must_use]
    pub fn endpoint(&self) -> &'static Endpoint {
        self.0.endpoint
    }

    /// Path and query, secrets redacted.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.0.shown.target
    }
}

/// A client of the API; clones share everything.
#[derive(Clone)]
pub struct Client {
    pub(crate) core: Rc<Core>,
}

impl Client {
    /// Makes a client, with the session that is stored.
    ///
    /// # Errors
    /// When tokens would travel to an address that is no https origin, nor this
    /// machine.
    pub fn new(mut options: Options) -> Result<Self, BaseUrlError> {
        options.base_url = base_url::check(&options.base_url)?;
        Ok(Self { core: Rc::new(Core::new(options)) })
    }

    /// Makes a call. Equal reads in flight are one call, which goes on while anybody
    /// waits for it. A renewal hands out no tokens: it renews the client's session.
    ///
    /// # Errors
    /// As [`CallError`] says.
    pub async fn call<O: Operation>(
        &self,
        operation: O,
        priority: Priority,
    ) -> Result<O::Response, CallError> {
        let prepared = Prepared::new(&operation, &self.core.options.shown_url);
        drop(operation);
        let (id, body) = self.answer(prepared, priority).await?;
        envelope::decode(&body).map_err(|_| self.unreadable(id))
    }

    /// A call that is made with [`Client::call_untyped`], for a caller that learns at run time
    /// which operation it is: from the values of its fields, in path, query and body, by
    /// name.
    #[must_use]
    pub fn prepare(&self, operation: OperationId, values: Map<String, Value>) -> UntypedCall {
        let shown_base = &self.core.options.shown_url;
        UntypedCall(Prepared::from_values(operation.endpoint(), values, shown_base))
    }

    /// Makes a call; the answer is what `data` holds, as the server sent it.
    ///
    /// # Errors
    /// As [`CallError`] says.
    pub async fn call_untyped(
        &self,
        call: UntypedCall,
        priority: Priority,
    ) -> Result<Value, CallError> {
        let (id, body) = self.answer(call.0, priority).await?;
        envelope::decode(&body).map_err(|_| self.unreadable(id))
    }

    async fn answer(&self, prepared: Prepared, priority: Priority) -> Answer {
        if prepared.endpoint.auth == Auth::Renewal {
            renew_now(&self.core).await?;
            return Ok((EntryId(0), Rc::from(*b"{}")));
        }
        let authority = self.authority(prepared.endpoint.auth);
        join(&self.core, prepared, authority, priority.into()).await
    }

    pub(crate) fn authority(&self, auth: Auth) -> Authority {
        match auth {
            Auth::Access | Auth::Renewal => Authority::User(self.core.session.borrow().user()),
            // The client keeps no passwords; sign-in is by session.
            Auth::Public | Auth::Password => Authority::Nobody,
        }
    }

    /// What the answer holds may be secret, so that nothing of it is told.
    pub(crate) fn unreadable(&self, id: EntryId) -> CallError {
        let text = "The server's answer has another form than expected.";
        self.core.edit(id, |entry| {
            entry.state = EntryState::Failed(text.to_owned());
            true
        });
        CallError::Unreadable(text.to_owned())
    }

    /// Makes a call whose answer comes piece by piece. Its entry stays open until
    /// the answer ends; dropping the stream aborts it.
    ///
    /// # Errors
    /// As [`CallError`] says.
    pub async fn stream<O: Operation>(
        &self,
        operation: O,
    ) -> Result<LocalBoxStream<'static, Result<Vec<u8>, CallError>>, CallError> {
        let prepared = Prepared::new(&operation, &self.core.options.shown_url);
        drop(operation);
        self.open(prepared).await
    }

    /// Makes a call whose answer comes piece by piece, as [`Client::stream`] does.
    ///
    /// # Errors
    /// As [`CallError`] says.
    pub async fn stream_untyped(
        &self,
        call: UntypedCall,
    ) -> Result<LocalBoxStream<'static, Result<Vec<u8>, CallError>>, CallError> {
        self.open(call.0).await
    }

    async fn open(
        &self,
        prepared: Prepared,
    ) -> Result<LocalBoxStream<'static, Result<Vec<u8>, CallError>>, CallError> {
        let authority = self.authority(prepared.endpoint.auth);
        let running = self.core.begin(prepared, authority, Rank::Interactive);
        let reply = run(&self.core, &running, true).await?;
        Ok(follow(running, reply))
    }

    /// Signs in. Calls that wait since the session expired go on when it is the same
    /// user, and end with [`CallError::SignedOut`] when it is another.
    ///
    /// # Errors
    /// As [`CallError`] says.
    pub async fn sign_in(&self, mut credentials: Credentials) -> Result<(), CallError> {
        let core = &self.core;
        credentials.email = credentials.email.trim().to_owned();
        let email = credentials.email.clone();
        let mut fields = Map::new();
        fields.insert("user".to_owned(), json!(credentials));
        let endpoint = OperationId::CreateSession.endpoint();
        let prepared = Prepared::from_values(endpoint, fields, &core.options.shown_url);
        let running = core.begin(prepared, Authority::Nobody, Rank::Interactive);
        let tokens = match run(core, &running, false).await {
            Ok(reply) => tokens(&reply)?,
            // Signing in twice makes two sessions, which harms nobody.
            Err(CallError::FateUnknown(reason)) => return Err(CallError::Unreachable(reason)),
            Err(error) => return Err(error),
        };
        self.begin_session(&email, tokens);
        Ok(())
    }

    /// Begins a session that the answer to another call has given, as signing in through
    /// another provider does. Calls that wait go on as in [`sign_in`](Self::sign_in).
    pub fn begin_session(&self, email: &str, tokens: SessionTokens) {
        let core = &self.core;
        let account = core.account_at(email);
        let session = core.session.borrow().fresh(email, &account, tokens, core.now());
        core.begin_session(&session);
        core.tell_session(session);
    }

    /// Ends the session at once, here and on all other pages of the user, and with it
    /// every call that is under way in its name. The future tells the server, as far as that can be done.
    pub fn sign_out(&self) -> LocalBoxFuture<'static, ()> {
        let core = Rc::clone(&self.core);
        let (token, serial) = {
            let session = core.session.borrow();
            let token = session.tokens().map(|tokens| tokens.access_token.clone());
            // Also of a session that another page got a moment ago.
            (token, session.serial().max(core.now()))
        };
        core.group.talk(SessionMessage::SignedOut { serial });
        core.sign_out_here(serial);
        async move {
            let Some(token) = token else { return };
            let prepared = Prepared::bare(OperationId::DeleteSession, &core.options.shown_url);
            let running = core.begin(prepared, Authority::Token(token), Rank::Session);
            // A failure is in the journal; there is nobody left to tell.
            let _ended = run(&core, &running, false).await;
        }
        .boxed_local()
    }

    /// Says which address the account of the session has, according to the API. A user who has
    /// changed it goes on in the same session, here and on all other pages.
    pub fn rename(&self, email: &str) {
        let core = &self.core;
        let session = core.session.borrow();
        let known =
            session.account().map(str::to_owned).zip(session.state().email().map(str::to_owned));
        drop(session);
        let Some((account, from)) = known.filter(|(_, known)| known != email) else { return };
        account::moved(&core.options, &account, &from, email);
        core.group.talk(SessionMessage::Renamed { email: email.to_owned() });
        core.rename_session(email);
    }

    /// Counts the users that were signed in, one after the other: another number is
    /// another user.
    #[must_use]
    pub fn user(&self) -> u64 {
        self.core.session.borrow().user()
    }

    /// The access token of the session, for requests that are no calls of the API, such as a push.
    /// It may have expired: a call just before renews it.
    #[must_use]
    pub fn access_token(&self) -> Option<Secret> {
        self.core.session.borrow().tokens().map(|tokens| tokens.access_token.clone())
    }

    /// Whether somebody is signed in.
    #[must_use]
    pub fn session(&self) -> SessionState {
        self.core.session.borrow().state().clone()
    }

    /// The budget of the user.
    #[must_use]
    pub fn budget(&self) -> BudgetView {
        self.budget_of(LimitClass::Standard)
    }

    /// The budget of a bucket.
    #[must_use]
    pub fn budget_of(&self, bucket: LimitClass) -> BudgetView {
        let now = self.core.now();
        let mut queue = self.core.queue(bucket).borrow_mut();
        BudgetView { bucket, ..queue.view(now) }
    }

    /// Shares limit and session with the other pages of the user, as long as the
    /// future is polled; the host runs it once, beside everything else.
    pub async fn share(&self) {
        share(&self.core).await;
    }

    /// Who is signed in on other pages, so that this one can take part with
    /// [`Client::adopt`]. Answers after a moment, since it has to ask around.
    pub async fn sessions_nearby(&self) -> Vec<String> {
        nearby(&self.core).await
    }

    /// Takes part in the session that another page has under this address.
    ///
    /// # Errors
    /// When no page answers with one.
    pub async fn adopt(&self, email: &str) -> Result<(), CallError> {
        take_part(&self.core, email).await
    }

    /// The count of the month; `None` while nobody is signed in.
    #[must_use]
    pub fn month(&self) -> Option<MonthView> {
        self.core.session.borrow().state().email()?;
        Some(self.core.standard().borrow_mut().known.month.view(self.core.now()))
    }

    /// Says on which day of the month, 1 to 28, the count resets: the 1st
    /// unless the user enrolled on another.
    pub fn set_first_day(&self, day: u8) {
        remember_first_day(&self.core, day);
        self.change_month(MonthChange::FirstDay(day));
    }

    /// Goes on in this month although its calls are nearly, or as the API said,
    /// used up; or takes that back.
    pub fn override_month(&self, overridden: bool) {
        self.change_month(MonthChange::Overridden(overridden));
    }

    fn change_month(&self, change: MonthChange) {
        let core = &self.core;
        core.standard().borrow_mut().change_month(change, core.now());
        core.wake_all();
        core.wake_queue(LimitClass::Standard);
        core.emit(Event::Month);
    }

    /// Whether the API can be reached.
    #[must_use]
    pub fn connection(&self) -> Connection {
        self.core.breaker.borrow().view()
    }

    /// Tries a lost connection now, as when the browser says that it is back.
    pub fn try_connection(&self) {
        self.core.breaker.borrow_mut().hurry(self.core.now());
        self.core.wake_all();
        self.core.emit(Event::Connection);
    }

    /// Makes every waiting call look at the clock again. Timers stand still while a
    /// machine sleeps or a page is frozen, so the host calls this afterwards.
    pub fn wake(&self) {
        self.core.wake_all();
        self.core.wake_queue(LimitClass::Standard);
        self.core.wake_queue(LimitClass::Credentials);
    }

    /// Whether a read of the user's bucket would be held now: by the budget, the month, a
    /// pause, the connection or a sign-in. Polls ask, since one that is held is worth
    /// nothing: it is made again anyway.
    #[must_use]
    pub fn would_wait(&self, priority: Priority) -> bool {
        let core = &self.core;
        let now = core.now();
        // Once the next try is due, this read may be the one that makes it.
        if !matches!(self.session(), SessionState::SignedIn { .. })
            || self.connection().retry_at.is_some_and(|at| now < at)
        {
            return true;
        }
        core.standard().borrow_mut().would_hold(Rank::from(priority), now)
    }

    /// What `read` makes of the journal, newest last, without copies of its entries.
    /// `read` must not call the client.
    pub fn with_journal<R>(
        &self,
        read: impl FnOnce(&mut dyn DoubleEndedIterator<Item = &Entry>) -> R,
    ) -> R {
        read(&mut self.core.log.borrow().all())
    }

    /// The journal, newest last.
    #[must_use]
    pub fn journal(&self) -> Vec<Entry> {
        self.core.log.borrow().all().cloned().collect()
    }

    /// One entry of the journal.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Option<Entry> {
        self.core.log.borrow().get(id).cloned()
    }

    /// Sends a waiting call now, whatever it waits for but a sign-in.
    pub fn retry_now(&self, id: EntryId) {
        self.command(id, Command::RetryNow);
    }

    /// Consents to a long wait, or to sending a call that has waited for long.
    pub fn consent(&self, id: EntryId) {
        self.command(id, Command::Consent);
    }

    fn command(&self, id: EntryId, command: Command) {
        if let Some(call) = self.core.live(id) {
            call.control.command(command);
        }
    }

    /// Gives a call up, for everybody who waits for it. A change that has not left is taken
    /// back; one that is on its way may be done all the same, and ends as
    /// [`CallError::FateUnknown`]. A renewal that is on its way is left alone: the API may
    /// have replaced the tokens already.
    pub fn cancel(&self, id: EntryId) {
        let Some(call) = self.core.live(id) else { return };
        let renews = call.prepared.endpoint.id == OperationId::RenewSession;
        if !(renews && self.core.entry_is(id, Entry::is_on_its_way)) {
            call.control.end(CallError::Cancelled);
        }
    }

    /// Empties the journal of what has ended.
    pub fn clear_journal(&self) {
        let dropped = self.core.log.borrow_mut().clear();
        if let Some(id) = dropped {
            self.core.emit(Event::Journal(id));
        }
    }
}
