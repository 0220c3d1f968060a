//! What all calls of a client share.
//!
//! No cell stays borrowed while anything foreign runs: listeners, stores and wakers
//! may call the client back.

use std::cell::RefCell;
use std::rc::Rc;

use backoffice_contract::{LimitClass, OperationId};
use litemap::LiteMap;

use crate::account;
use crate::backoff::RetryBudget;
use crate::breaker::Breaker;
use crate::bucket::Rank;
use crate::call::{Authority, Call};
use crate::client::{Event, Options};
use crate::coalesce::Flights;
use crate::error::CallError;
use crate::journal::{Entry, EntryId, EntryState};
use crate::limits::Limits;
use crate::live_session::LiveSession;
use crate::log::Log;
use crate::prepared::Prepared;
use crate::queue::Queue;
use crate::runtime::Millis;
use crate::session::StoredSession;
use crate::share::{self, PeerGroup, SessionMessage, Settlement};

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
            retries: RefCell::new(RetryBudget::new()),
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

    /// Opens the journal entry of a call that begins.
    pub(crate) fn begin(
        self: &Rc<Self>,
        prepared: Prepared,
        authority: Authority,
        rank: Rank,
    ) -> Running {
        let id = self.log.borrow_mut().open(&prepared, rank, self.now());
        let call = Rc::new(Call::new(id, prepared, authority, rank));
        self.live.borrow_mut().insert(id, Rc::clone(&call));
        self.emit(Event::Journal(id));
        Running { core: Rc::clone(self), call }
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

    pub(crate) fn live(&self, id: EntryId) -> Option<Rc<Call>> {
        self.live.borrow().get(&id).cloned()
    }

    fn all_live(&self) -> Vec<Rc<Call>> {
        self.live.borrow().values().cloned().collect()
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

    /// Wakes whoever's turn it is, or everybody in the queue when there is another
    /// wait to show.
    pub(crate) fn wake_queue(&self, class: LimitClass) {
        self.wake_due(class);
        if class == LimitClass::Credentials {
            share::remember_sign_ins(self);
        }
        self.emit(Event::Budget);
        self.group.notify();
    }

    /// The same without telling anybody, for whoever tells of it in its own time.
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

/// A call from its beginning to its end. Dropped early, it was given up.
pub(crate) struct Running {
    core: Rc<Core>,
    pub(crate) call: Rc<Call>,
}

impl Running {
    pub(crate) fn finish(&self, state: EntryState) {
        self.core.set(self.call.id, state);
    }

    /// Ends the entry as `error` says.
    pub(crate) fn fail(&self, error: &CallError) {
        self.finish(match error {
            CallError::Cancelled => EntryState::Cancelled,
            CallError::FateUnknown(_) => EntryState::FateUnknown,
            other => EntryState::Failed(other.text()),
        });
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.core.live.borrow_mut().remove(&self.call.id);
        self.finish(EntryState::Cancelled);
    }
}

/// The permission to send one call, and its place in the budget until it ends.
pub(crate) struct Permit {
    core: Rc<Core>,
    class: LimitClass,
    id: EntryId,
    landed: bool,
}

impl Permit {
    pub(crate) fn take(core: &Rc<Core>, class: LimitClass, id: EntryId) -> Self {
        core.queue(class).borrow_mut().take(id, core.now());
        core.wake_queue(class);
        Self { core: Rc::clone(core), class, id, landed: false }
    }

    fn land(&mut self, told: Settlement) {
        if !std::mem::replace(&mut self.landed, true) {
            let refused = matches!(told, Settlement::Answer { accepted: false, .. });
            let (now, random) = (self.core.now(), self.core.random());
            self.core.queue(self.class).borrow_mut().landed(self.id, told, now, random);
            // A refusal is about to pause the bucket: nobody else should run into it.
            if !refused {
                self.core.wake_queue(self.class);
            }
        }
    }

    /// The call was not sent after all.
    pub(crate) fn give_back(mut self) {
        self.land(Settlement::Unsent);
    }

    /// An answer with these headers came.
    pub(crate) fn answered(mut self, status: u16, headers: &[(String, String)]) -> Limits {
        let limits = self.core.queue(self.class).borrow().read(headers, self.core.now());
        self.land(Settlement::Answer { limits: limits.clone(), accepted: status != 429 });
        limits
    }
}

impl Drop for Permit {
    /// No answer came, or one that tells nothing about this bucket.
    fn drop(&mut self) {
        self.land(Settlement::Lost);
    }
}
