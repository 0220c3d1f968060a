//! The permission to send one call.

use std::rc::Rc;

use backoffice_contract::LimitClass;

use crate::core::Core;
use crate::journal::EntryId;
use crate::pipeline::call::Call;
use crate::share::Settlement;
use backoffice_limits::Limits;

/// The permission to send one call: its place in the budget and, while the API cannot be
/// reached, that of the probe. It is taken at the moment of sending and given back with the
/// outcome, so that nothing is held while a call waits.
pub(crate) struct Permit {
    core: Rc<Core>,
    class: LimitClass,
    id: EntryId,
    settled: bool,
}

impl Permit {
    pub(crate) fn take(core: &Rc<Core>, call: &Call) -> Self {
        let (class, id) = (call.prepared.endpoint.limit, call.id);
        core.queue(class).borrow_mut().take(id, core.now());
        core.breaker.borrow_mut().sent(id);
        core.wake_queue(class);
        Self { core: Rc::clone(core), class, id, settled: false }
    }

    fn settle(&mut self, settlement: Settlement) {
        if std::mem::replace(&mut self.settled, true) {
            return;
        }
        let core = &self.core;
        let refused = matches!(settlement, Settlement::Answer { accepted: false, .. });
        let (now, random) = (core.now(), core.random());
        core.queue(self.class).borrow_mut().landed(self.id, settlement, now, random);
        // A refusal is about to pause the bucket: no other call should run into it.
        if !refused {
            core.wake_queue(self.class);
        }
    }

    /// An answer with these headers came. Returns what they say about the limit.
    pub(crate) fn answered(mut self, status: u16, headers: &[(String, String)]) -> Limits {
        let limits = self.core.queue(self.class).borrow_mut().read(headers, self.core.now());
        // A gateway answers for an API that it did not reach, and knows nothing of the limit.
        let by_gateway = matches!(status, 502..=504) && limits.is_hidden();
        self.settle(if by_gateway {
            Settlement::Lost
        } else {
            Settlement::Answer { limits: limits.clone(), accepted: status != 429 }
        });
        limits
    }
}

impl Drop for Permit {
    /// No answer came, or one that says nothing about this bucket.
    fn drop(&mut self) {
        self.settle(Settlement::Lost);
        let was_probe = self.core.breaker.borrow_mut().ended(self.id);
        if was_probe {
            // Another call has to probe.
            self.core.wake_all();
        }
    }
}
