//! A call from its beginning to its end.

use std::rc::Rc;

use backoffice_contract::OperationId;

use crate::budget::priority::Rank;
use crate::client::Event;
use crate::core::Core;
use crate::error::CallError;
use crate::journal::{Entry, EntryState};
use crate::pipeline::call::{Authority, Call};
use crate::pipeline::prepared::Prepared;

/// A call from its beginning to its end. Dropped early, it was given up.
pub(crate) struct Running {
    core: Rc<Core>,
    pub(crate) call: Rc<Call>,
}

impl Core {
    /// Opens the journal entry of a call that begins.
    pub(crate) fn begin(
        self: &Rc<Self>,
        prepared: Prepared,
        authority: Authority,
        rank: Rank,
    ) -> Running {
        let now = self.now();
        let id = self.log.borrow_mut().open(&prepared, rank, now);
        let call = Rc::new(Call::new(id, prepared, authority, rank, now));
        self.enlist(&call);
        self.emit(Event::Journal(id));
        Running { core: Rc::clone(self), call }
    }
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

    /// Ends the entry of a call that is given up because of `error`. Returns what to say: a
    /// change that may have run already is not taken back.
    pub(crate) fn given_up(&self, error: CallError) -> CallError {
        // Signing in twice makes two sessions, which harms nobody.
        let harmless =
            self.call.reads() || self.call.prepared.endpoint.id == OperationId::CreateSession;
        let may_have_run = !harmless && self.core.entry_is(self.call.id, Entry::may_have_run);
        self.finish(if may_have_run { EntryState::FateUnknown } else { EntryState::Cancelled });
        match error {
            CallError::Cancelled | CallError::Offline(_) if may_have_run => {
                CallError::given_up_on_its_way()
            }
            error => error,
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.core.delist(self.call.id);
        if self.core.entry_is(self.call.id, |entry| !entry.state.is_final()) {
            let _error = self.given_up(CallError::Cancelled);
        }
    }
}
