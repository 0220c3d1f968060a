//! A bucket with the calls that wait for it.

use std::rc::Rc;

use crate::bucket::{Bucket, Decision, Rank};
use crate::call::Call;
use crate::journal::EntryId;
use crate::runtime::Millis;

struct Ticket {
    call: Rc<Call>,
    /// The user was asked about the wait and has not answered; others pass.
    asking: bool,
}

/// The queue of a bucket.
#[derive(Default)]
pub(crate) struct Lane {
    pub(crate) bucket: Bucket,
    queue: Vec<Ticket>,
    /// What was waited for when the queue was looked at last.
    held_until: Option<Millis>,
}

impl Lane {
    pub(crate) fn enter(&mut self, call: &Rc<Call>) {
        self.queue.push(Ticket { call: Rc::clone(call), asking: false });
    }

    pub(crate) fn leave(&mut self, id: EntryId) {
        self.queue.retain(|ticket| ticket.call.id != id);
    }

    pub(crate) fn set_asking(&mut self, id: EntryId, asking: bool) {
        for ticket in self.queue.iter_mut().filter(|ticket| ticket.call.id == id) {
            ticket.asking = asking;
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.queue.len()
    }

    /// Whose turn it is: by rank, and in the order in which calls were made. A call
    /// that comes back after a refusal keeps its place.
    fn first(&self) -> Option<&Rc<Call>> {
        self.queue
            .iter()
            .filter(|ticket| !ticket.asking)
            .map(|ticket| &ticket.call)
            .min_by_key(|call| (call.rank.get(), call.id))
    }

    /// Who has to look again: the first, or everybody when the wait is another.
    pub(crate) fn due(&mut self, now: Millis) -> Vec<Rc<Call>> {
        let rank = self.first().map_or(Rank::Interactive, |first| first.rank.get());
        let held_until = match self.bucket.decide(rank, now) {
            Decision::Hold { until, .. } => until.map(|hold| hold.told),
            Decision::Go => None,
        };
        let moved = held_until.unwrap_or(0).abs_diff(self.held_until.unwrap_or(0)) > 1_000;
        self.held_until = held_until;
        if moved {
            self.queue.iter().map(|ticket| Rc::clone(&ticket.call)).collect()
        } else {
            self.first().cloned().into_iter().collect()
        }
    }

    /// Whether `call` may go now, and whether it is its turn. Only the first in the
    /// queue watches the clock; it wakes the next when it goes.
    pub(crate) fn decide(&mut self, call: &Call, now: Millis) -> (Decision, bool) {
        let turn = self.first().is_none_or(|first| first.id == call.id);
        let decision = match self.bucket.decide(call.rank.get(), now) {
            Decision::Go if !turn => {
                Decision::Hold { until: None, why: "Waits for calls that were made before.".into() }
            }
            decision => decision,
        };
        if matches!(decision, Decision::Hold { until: Some(_), .. }) {
            self.bucket.mark_held();
        }
        (decision, turn)
    }
}
