//! What all calls of a client share.
//!
//! No cell stays borrowed while anything foreign runs: listeners, stores and wakers
//! may call the client back.

use std::cell::RefCell;
use std::rc::Rc;

use backoffice_contract::{LimitClass, OperationId};
use litemap::LiteMap;

use crate::budget::breaker::Breaker;
use crate::budget::queue::Queue;
use crate::client::{Event, Options};
use crate::error::CallError;
use crate::host::runtime::Millis;
use crate::journal::log::Log;
use crate::journal::{Entry, EntryId, EntryState, Wait};
use crate::pipeline::backoff::RetryBudget;
use crate::pipeline::call::{Authority, Call};
use crate::pipeline::coalesce::Flights;
use crate::session::StoredSession;
use crate::session::account;
use crate::session::live::LiveSession;
use crate::share::{self, PeerGroup, SessionMessage};

pub(crate) struct Core {
    pub(crate) options: Options,
    pub(crate) group: PeerGroup,
    pub(crate) breaker: RefCell<Breaker>,
    pub(crate) session: RefCell<LiveSession>,
    pub(crate) log: RefCell<Log>,
    pub(crate) flights: RefCell<Flights>,
    pub(crate) retries: RefCell<RetryBudget>,
    standard: RefCell<Queue>,
    credentials: RefCell<Queue>,
    live: RefCell<LiteMap<EntryId, Rc<Call>>>,
}

impl Core {
    pub(crate) fn new(options: Options) -> Self {
        let me = account::random_id(&options);
        let stored = options.sessions.load();
        let stored = stored.map(|stored| account::identified(&options, stored));
        let core = Self {
            session: RefCell::new(LiveSession::new(stored)),
            options,
            group: PeerGroup::new(me),
            breaker: RefCell::default(),
            log: RefCell::default(),
            flights: RefCell::default(),
            retries: RefCell::default(),
            standard: RefCell::new(Queue::new(me)),
            credentials: RefCell::new(Queue::new(me)),
            live: RefCell::default(),
        };
        share::recall_sign_ins(&core);
        core
    }

    pub(crate) fn now(&self) -> Millis {
        self.options.runtime.now()
    }

    pub(crate) fn random(&self) -> f64 {
        self.options.runtime.random()
    }

    pub(crate) fn emit(&self, event: Event) {
        (self.options.on_event)(event);
    }

    pub(crate) fn queue(&self, class: LimitClass) -> &RefCell<Queue> {
        match class {
            LimitClass::Standard => &self.standard,
            LimitClass::Credentials => &self.credentials,
        }
    }

    /// The queue that all pages of a user share.
    pub(crate) fn standard(&self) -> &RefCell<Queue> {
        &self.standard
    }

    /// Changes an entry, and tells when `change` says that it did.
    pub(crate) fn edit(&self, id: EntryId, change: impl FnOnce(&mut Entry) -> bool) {
        let changed = self.log.borrow_mut().get_mut(id).is_some_and(change);
        if changed {
            self.emit(Event::Journal(id));
        }
    }

    pub(crate) fn set(&self, id: EntryId, state: EntryState) {
        let now = self.now();
        self.edit(id, |entry| entry.set(state, now));
    }

    pub(crate) fn enlist(&self, call: &Rc<Call>) {
        self.live.borrow_mut().insert(call.id, Rc::clone(call));
    }

    pub(crate) fn delist(&self, id: EntryId) {
        let gone = self.live.borrow_mut().remove(&id);
        drop(gone);
    }

    pub(crate) fn live(&self, id: EntryId) -> Option<Rc<Call>> {
        self.live.borrow().get(&id).cloned()
    }

    fn all_live(&self) -> Vec<Rc<Call>> {
        self.live.borrow().values().cloned().collect()
    }

    /// Whether any call in flight matches.
    pub(crate) fn any_live(&self, is: impl Fn(&Call) -> bool) -> bool {
        self.live.borrow().values().any(|call| is(call))
    }

    /// What the call of an operation waits for that is under way, if one is.
    pub(crate) fn wait_of(&self, operation: OperationId) -> Option<Wait> {
        let live = self.live.borrow();
        let call = live.values().find(|call| call.prepared.endpoint.id == operation)?;
        self.log.borrow().get(call.id)?.state.wait().cloned()
    }

    /// Whether the journal still has the entry of a call, and it matches.
    pub(crate) fn entry_is(&self, id: EntryId, is: impl FnOnce(&Entry) -> bool) -> bool {
        self.log.borrow().get(id).is_some_and(is)
    }

    /// In whose name a read looks whether the API can be reached, in place of `call`. It needs
    /// no valid token: a refusal is an answer, too.
    pub(crate) fn authority_of_probe(&self, call: &Call) -> Authority {
        let session = self.session.borrow();
        match (&call.authority, session.tokens()) {
            (Authority::User(_) | Authority::Token(_), Some(tokens)) => {
                Authority::Token(tokens.access_token.clone())
            }
            _ => Authority::Nobody,
        }
    }

    /// Ends the answers that come piece by piece: their connection may have gone with the one
    /// that was lost, and they would wait for ever.
    fn end_streams(&self) {
        for call in self.all_live() {
            let streams = self.entry_is(call.id, |entry| entry.state == EntryState::Streaming);
            if streams {
                let reason = "the connection was lost meanwhile".to_owned();
                call.control.end(CallError::Unreachable(reason));
            }
        }
    }

    /// No answer came to a call; `certain` says that there is no network.
    pub(crate) fn unanswered(&self, certain: bool) {
        let open = self.breaker.borrow_mut().failed(certain, self.now(), self.random());
        if open {
            self.wake_all();
            self.emit(Event::Connection);
        }
    }

    /// An answer came, whatever it says.
    pub(crate) fn answered(&self) {
        let was_open = self.breaker.borrow_mut().answered();
        if was_open {
            self.end_streams();
            self.wake_all();
            self.emit(Event::Connection);
        }
    }

    /// Ends every call that is made in the name of a user, except `user`'s.
    pub(crate) fn end_calls_of_others(&self, user: u64) {
        for call in self.all_live() {
            if call.is_of(None) && !call.is_of(Some(user)) {
                call.control.end(CallError::SignedOut);
            }
        }
    }

    /// Ends the calls of these operations.
    pub(crate) fn end_calls_to(&self, operations: &[OperationId]) {
        for call in self.all_live() {
            if operations.contains(&call.prepared.endpoint.id) {
                call.control.end(CallError::Cancelled);
            }
        }
    }

    pub(crate) fn wake_all(&self) {
        for call in self.all_live() {
            call.control.wake();
        }
    }

    /// Wakes the call whose turn it is, or all in the queue when there is another wait to
    /// show, and lets listeners and other pages know.
    pub(crate) fn wake_queue(&self, class: LimitClass) {
        self.wake_due(class);
        if class == LimitClass::Credentials {
            share::remember_sign_ins(self);
        }
        self.emit(Event::Budget);
        self.group.notify();
    }

    /// As [`Core::wake_queue`], but without notifying anybody: the caller does that itself.
    pub(crate) fn wake_due(&self, class: LimitClass) {
        let calls = self.queue(class).borrow_mut().due(self.now());
        for call in calls {
            call.control.wake();
        }
        self.flush();
    }

    /// Says what there is to say to other pages.
    pub(crate) fn flush(&self) {
        let messages = self.standard.borrow_mut().take_outbox();
        for message in messages {
            self.group.say(message);
        }
    }

    /// Tells the other pages of its account about a session, and nobody else.
    pub(crate) fn tell_session(&self, session: StoredSession) {
        if self.group.account().as_deref() == Some(&session.account) {
            self.group.talk(SessionMessage::Session(session));
        }
    }

    /// The account that signs in with this address.
    pub(crate) fn account_at(&self, email: &str) -> String {
        let session = self.session.borrow();
        let same = session.state().email().is_some_and(|known| known.eq_ignore_ascii_case(email));
        let account = session.account().filter(|_| same).map(str::to_owned);
        drop(session);
        account.unwrap_or_else(|| account::find(&self.options, email))
    }

    /// The session that is stored now: another document of this tab may have replaced it.
    pub(crate) fn stored_session(&self) -> Option<StoredSession> {
        let stored = self.options.sessions.load();
        let stored = stored.filter(|stored| !stored.tokens.access_token.is_empty());
        stored.map(|stored| account::identified(&self.options, stored))
    }

    /// Stores a session, unless a newer one is stored.
    pub(crate) fn save_session(&self, session: &StoredSession) {
        if !self.is_newer_stored(session.serial) {
            self.options.sessions.save(session);
        }
    }

    /// Removes the stored session, unless it is newer than the one of this number.
    pub(crate) fn clear_session(&self, serial: u64) {
        if !self.is_newer_stored(serial) {
            self.options.sessions.clear();
        }
    }

    fn is_newer_stored(&self, serial: u64) -> bool {
        self.options.sessions.load().is_some_and(|stored| stored.serial > serial)
    }

    /// Ends the session on this page, and what is under way in its name.
    pub(crate) fn sign_out_here(&self, serial: u64) {
        let mut session = self.session.borrow_mut();
        let renewing = session.renewing.take();
        session.sign_out(serial);
        let user = session.user();
        drop(session);
        self.clear_session(serial);
        self.end_calls_of_others(user);
        self.end_calls_to(&[OperationId::CreateSession, OperationId::RenewSession]);
        drop(renewing);
        self.group.notify();
        self.emit(Event::Session);
    }

    /// The account of the session has this address.
    pub(crate) fn rename_session(&self, email: &str) {
        let renamed = self.session.borrow_mut().rename(email);
        if !renamed {
            return;
        }
        let stored = self.session.borrow().stored();
        if let Some(stored) = stored {
            self.save_session(&stored);
        }
        self.emit(Event::Session);
    }

    /// Begins a session, and ends what was under way in the name of anybody else.
    pub(crate) fn begin_session(&self, stored: &StoredSession) {
        let mut session = self.session.borrow_mut();
        let renewing = session.renewing.take();
        let other = session.begin(stored);
        let user = session.user();
        drop(session);
        drop(renewing);
        self.options.sessions.save(stored);
        if other {
            self.standard.borrow_mut().clear();
        }
        self.end_calls_of_others(user);
        self.end_calls_to(&[OperationId::RenewSession]);
        self.wake_all();
        self.group.notify();
        self.emit(Event::Budget);
        self.emit(Event::Session);
    }
}
