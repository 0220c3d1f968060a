//! What all calls of a client share.
//!
//! No cell stays borrowed while anything foreign runs: listeners, stores and wakers
//! may call the client back.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use backoffice_contract::{LimitClass, OperationId};

use crate::backoff::RetryBudget;
use crate::bucket::{Place, Rank};
use crate::call::{Authority, Call};
use crate::client::{Event, Options};
use crate::coalesce::Flights;
use crate::error::CallError;
use crate::journal::{Entry, EntryId, EntryState};
use crate::keeper::Keeper;
use crate::lane::Lane;
use crate::limits::{self, Limits};
use crate::log::Log;
use crate::prepared::Prepared;
use crate::runtime::Millis;

pub(crate) struct Core {
    pub(crate) options: Options,
    pub(crate) session: RefCell<Keeper>,
    pub(crate) log: RefCell<Log>,
    pub(crate) flights: RefCell<Flights>,
    pub(crate) retries: RefCell<RetryBudget>,
    standard: RefCell<Lane>,
    credentials: RefCell<Lane>,
    live: RefCell<BTreeMap<EntryId, Rc<Call>>>,
}

impl Core {
    pub(crate) fn new(options: Options) -> Self {
        Self {
            session: RefCell::new(Keeper::new(options.sessions.load())),
            options,
            log: RefCell::default(),
            flights: RefCell::default(),
            retries: RefCell::new(RetryBudget::new()),
            standard: RefCell::default(),
            credentials: RefCell::default(),
            live: RefCell::default(),
        }
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

    pub(crate) fn lane(&self, class: LimitClass) -> &RefCell<Lane> {
        match class {
            LimitClass::Standard => &self.standard,
            LimitClass::Credentials => &self.credentials,
        }
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
    pub(crate) fn wake_lane(&self, class: LimitClass) {
        let calls = self.lane(class).borrow_mut().due(self.now());
        for call in calls {
            call.control.wake();
        }
        self.emit(Event::Budget);
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
pub(crate) struct Pass {
    core: Rc<Core>,
    class: LimitClass,
    place: Option<Place>,
}

impl Pass {
    pub(crate) fn take(core: &Rc<Core>, class: LimitClass) -> Self {
        let now = core.now();
        let mut lane = core.lane(class).borrow_mut();
        let place = lane.bucket.send(now);
        drop(lane);
        core.wake_lane(class);
        Self { core: Rc::clone(core), class, place: Some(place) }
    }

    /// The call was not sent after all.
    pub(crate) fn give_back(mut self) {
        if let Some(place) = self.place.take() {
            self.core.lane(self.class).borrow_mut().bucket.give_back(place);
            self.core.wake_lane(self.class);
        }
    }

    /// An answer with these headers came.
    pub(crate) fn answered(mut self, status: u16, headers: &[(String, String)]) -> Limits {
        let (now, random) = (self.core.now(), self.core.random());
        let mut lane = self.core.lane(self.class).borrow_mut();
        let limits = limits::read(headers, now, lane.bucket.unit());
        if let Some(place) = self.place.take() {
            lane.bucket.answered(place, &limits, status != 429, now, random);
        }
        drop(lane);
        self.core.wake_lane(self.class);
        limits
    }
}

impl Drop for Pass {
    /// No answer came, or one that tells nothing about this bucket.
    fn drop(&mut self) {
        if let Some(place) = self.place.take() {
            self.core.lane(self.class).borrow_mut().bucket.lost(place);
            self.core.wake_lane(self.class);
        }
    }
}
