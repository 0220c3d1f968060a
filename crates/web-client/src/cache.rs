//! What has been read, shared by every page that reads it.
//!
//! A read is known by its request target. A write that makes it stale counts its generation
//! up, and each page that shows it reads it again. Requests are scarce, so nothing is read
//! twice because two panels show it. What no page has shown for a while is dropped, and
//! everything when the user signs out.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use backoffice_client::{CallError, Millis, Priority};
use backoffice_contract::OperationId;
use futures_channel::oneshot;
use futures_util::future::AbortHandle;
use leptos::prelude::*;

use super::query_rules::{InFlight, Known, read_again};

/// How long an answer is kept that no page shows, in milliseconds.
const KEPT: Millis = 15 * 60_000;

/// How a read stands, apart from its answer.
#[derive(Debug, Clone, Default)]
pub(super) struct Progress {
    pub(super) error: Option<CallError>,
    /// The read that is under way.
    pub(super) in_flight: Option<InFlight>,
    pub(super) fetched_at: Option<Millis>,
    /// The generation that the last answer belongs to.
    pub(super) generation: Option<u32>,
}

/// The controls of a read that is under way.
pub(super) struct Reading {
    /// Makes it as urgent as what the user asks for; taken once that was done.
    pub(super) lift: Option<oneshot::Sender<()>>,
    /// Gives it up.
    pub(super) abort: AbortHandle,
}

/// What is read, whatever the type of its answer.
pub(super) struct Target {
    pub(super) operation: OperationId,
    /// Path and query.
    pub(super) address: String,
    /// Counts the writes that have made it stale.
    pub(super) generation: ArcRwSignal<u32>,
    pub(super) progress: ArcRwSignal<Progress>,
    reading: RefCell<Option<Reading>>,
    /// How many queries show it.
    shown: Cell<u32>,
    /// When the last of them left.
    left_at: Cell<Millis>,
}

impl Target {
    fn new(operation: OperationId, address: String, now: Millis) -> Self {
        Self {
            operation,
            address,
            generation: ArcRwSignal::new(0),
            progress: ArcRwSignal::new(Progress::default()),
            reading: RefCell::default(),
            shown: Cell::new(0),
            left_at: Cell::new(now),
        }
    }

    /// What decides about reading it.
    pub(super) fn known(&self) -> Known {
        let generation = self.generation.get_untracked();
        self.progress.with_untracked(|progress| Known {
            in_flight: progress.in_flight,
            generation,
            answered: progress.generation,
            fetched_at: progress.fetched_at,
        })
    }

    /// A read begins; one that was under way is given up.
    pub(super) fn begin(&self, in_flight: InFlight, reading: Reading) {
        if let Some(before) = self.reading.replace(Some(reading)) {
            before.abort.abort();
        }
        self.progress.update(|progress| progress.in_flight = Some(in_flight));
    }

    /// Makes the read under way as urgent as what the user asks for.
    pub(super) fn lift(&self) {
        let lift = self.reading.borrow_mut().as_mut().and_then(|reading| reading.lift.take());
        // The read may have ended a moment ago.
        if lift.is_some_and(|lift| lift.send(()).is_ok()) {
            self.progress.update(|progress| {
                if let Some(in_flight) = &mut progress.in_flight {
                    in_flight.priority = Priority::Interactive;
                }
            });
        }
    }

    /// Notes the answer to a read of a generation. Returns the generation of the read that
    /// has to follow, if one has to; somebody waits for that.
    pub(super) fn answered(
        &self,
        asked: u32,
        answer: Result<(), CallError>,
        now: Millis,
    ) -> Option<u32> {
        let generation = self.generation.get_untracked();
        let again = read_again(asked, generation, self.is_shown()).then_some(generation);
        if again.is_none() {
            self.reading.replace(None);
        }
        self.progress.update(|progress| {
            progress.in_flight =
                again.map(|generation| InFlight { priority: Priority::Interactive, generation });
            progress.generation = Some(asked);
            match answer {
                Ok(()) => {
                    progress.error = None;
                    progress.fetched_at = Some(now);
                }
                Err(error) => progress.error = Some(error),
            }
        });
        again
    }

    /// Gives up the read that is under way.
    pub(super) fn give_up(&self) {
        if let Some(reading) = self.reading.replace(None) {
            reading.abort.abort();
            self.progress.update(|progress| progress.in_flight = None);
        }
    }

    /// A query shows it from now on.
    pub(super) fn enter(&self) {
        self.shown.set(self.shown.get() + 1);
    }

    /// A query does not show it any more. Returns true if a read is under way that no query
    /// waits for now.
    pub(super) fn leave(&self, now: Millis) -> bool {
        self.shown.set(self.shown.get().saturating_sub(1));
        self.left_at.set(now);
        !self.is_shown() && self.reading.borrow().is_some()
    }

    pub(super) fn is_shown(&self) -> bool {
        self.shown.get() > 0
    }

    fn is_kept(&self, now: Millis) -> bool {
        self.is_shown()
            || self.reading.borrow().is_some()
            || now < self.left_at.get().saturating_add(KEPT)
    }
}

/// A target with its answer, which is a signal of its own, so that a long list is not
/// rendered again whenever it is read again.
pub(super) struct Slot<T> {
    pub(super) data: ArcRwSignal<Option<T>>,
    pub(super) target: Rc<Target>,
}

impl<T> Clone for Slot<T> {
    fn clone(&self) -> Self {
        Self { data: self.data.clone(), target: Rc::clone(&self.target) }
    }
}

struct Row {
    target: Rc<Target>,
    data: Box<dyn Any>,
    /// Empties the answer, whose type the row does not know.
    forget: Box<dyn Fn()>,
}

/// All reads by address.
#[derive(Default)]
pub(super) struct Cache(HashMap<String, Row>);

impl Cache {
    /// The slot of an address, made when it is first asked for.
    pub(super) fn slot<T: Send + Sync + 'static>(
        &mut self,
        operation: OperationId,
        address: String,
        now: Millis,
    ) -> Slot<T> {
        self.0.retain(|known, row| *known == address || row.target.is_kept(now));
        let row = self.0.entry(address).or_insert_with_key(|address| {
            let data = ArcRwSignal::new(None::<T>);
            let forget = {
                let data = data.clone();
                Box::new(move || data.set(None))
            };
            let target = Rc::new(Target::new(operation, address.clone(), now));
            Row { target, data: Box::new(data), forget }
        });
        // An address belongs to one operation, and that to one type.
        let data = row.data.downcast_ref::<ArcRwSignal<Option<T>>>().cloned();
        Slot {
            data: data.unwrap_or_else(|| ArcRwSignal::new(None)),
            target: Rc::clone(&row.target),
        }
    }

    /// Marks the answers of some operations as stale.
    pub(super) fn invalidate(&self, operations: &[OperationId]) {
        for Row { target, .. } in self.0.values() {
            if operations.contains(&target.operation) {
                target.generation.update(|generation| *generation += 1);
            }
        }
    }

    /// Forgets every answer: they belong to a user who has left.
    pub(super) fn forget(&self) {
        for Row { target, forget, .. } in self.0.values() {
            target.give_up();
            forget();
            target.progress.set(Progress::default());
            target.generation.update(|generation| *generation += 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(cache: &mut Cache, address: &str, now: Millis) -> Slot<u32> {
        cache.slot(OperationId::GetStatus, address.to_owned(), now)
    }

    /// Begins a read as a query does.
    fn begin(target: &Target, priority: Priority) -> (oneshot::Receiver<()>, AbortHandle) {
        let (lift, lifted) = oneshot::channel();
        let (abort, _) = AbortHandle::new_pair();
        let in_flight = InFlight { priority, generation: target.known().generation };
        target.begin(in_flight, Reading { lift: Some(lift), abort: abort.clone() });
        (lifted, abort)
    }

    fn priority(target: &Target) -> Option<Priority> {
        target.known().in_flight.map(|in_flight| in_flight.priority)
    }

    #[test]
    fn two_panels_share_an_answer_and_another_address_has_its_own() {
        let mut cache = Cache::default();
        let (one, two) = (slot(&mut cache, "/a", 0), slot(&mut cache, "/a", 0));
        one.data.set(Some(7));
        assert_eq!(two.data.get_untracked(), Some(7));
        assert!(Rc::ptr_eq(&one.target, &two.target));
        assert_eq!(slot(&mut cache, "/b", 0).data.get_untracked(), None);
    }

    #[test]
    fn what_no_page_shows_is_dropped_after_a_while() {
        let mut cache = Cache::default();
        let shown = slot(&mut cache, "/shown", 0);
        shown.target.enter();
        let left = slot(&mut cache, "/left", 0);
        left.target.enter();
        left.target.leave(1_000);
        slot(&mut cache, "/never", 0);
        for (now, kept) in [(KEPT - 1, 4), (KEPT, 3), (KEPT + 999, 3), (KEPT + 1_000, 2)] {
            slot(&mut cache, "/other", now);
            assert_eq!(cache.0.len(), kept, "{now}");
        }
        assert!(cache.0.contains_key("/shown"));
    }

    #[test]
    fn what_is_being_read_is_not_dropped() {
        let mut cache = Cache::default();
        let _reading = begin(&slot(&mut cache, "/a", 0).target, Priority::Interactive);
        slot(&mut cache, "/b", KEPT);
        assert!(cache.0.contains_key("/a"));
    }

    #[test]
    fn a_read_that_nobody_waits_for_is_lifted_once() {
        let mut cache = Cache::default();
        let target = slot(&mut cache, "/a", 0).target;
        let (mut lifted, abort) = begin(&target, Priority::Background);
        assert_eq!(priority(&target), Some(Priority::Background));
        target.lift();
        assert_eq!(priority(&target), Some(Priority::Interactive));
        assert_eq!(lifted.try_recv(), Ok(Some(())));
        target.lift();
        assert!(!abort.is_aborted());
    }

    #[test]
    fn a_second_read_takes_the_place_of_the_first() {
        let mut cache = Cache::default();
        let target = slot(&mut cache, "/a", 0).target;
        let (_, first) = begin(&target, Priority::Background);
        cache.invalidate(&[OperationId::GetStatus]);
        let (_, second) = begin(&target, Priority::Interactive);
        assert!(first.is_aborted() && !second.is_aborted());
        assert_eq!(target.known().in_flight.map(|read| read.generation), Some(1));
    }

    #[test]
    fn an_answer_from_before_a_write_is_followed_by_a_read_that_somebody_waits_for() {
        let mut cache = Cache::default();
        let target = slot(&mut cache, "/a", 0).target;
        target.enter();
        let _reading = begin(&target, Priority::Background);
        cache.invalidate(&[OperationId::GetStatus]);
        assert_eq!(target.answered(0, Ok(()), 500), Some(1));
        assert_eq!(priority(&target), Some(Priority::Interactive));
        assert_eq!(target.answered(1, Ok(()), 900), None);
        let known = target.known();
        assert_eq!((known.in_flight, known.answered), (None, Some(1)));
        assert_eq!(known.fetched_at, Some(900));
    }

    #[test]
    fn the_last_page_that_leaves_hears_of_a_read_that_is_under_way() {
        let mut cache = Cache::default();
        let target = slot(&mut cache, "/a", 0).target;
        target.enter();
        target.enter();
        let (_, abort) = begin(&target, Priority::Interactive);
        assert!(!target.leave(1), "another page shows it");
        assert!(target.leave(2));
        target.give_up();
        assert!(abort.is_aborted());
        assert_eq!(priority(&target), None);
        target.enter();
        assert!(!target.leave(3), "nothing is under way");
    }

    #[test]
    fn a_user_who_leaves_takes_answers_and_reads_along() {
        let mut cache = Cache::default();
        let shown = slot(&mut cache, "/a", 0);
        let (_, abort) = begin(&shown.target, Priority::Interactive);
        shown.data.set(Some(7));
        cache.forget();
        assert!(abort.is_aborted());
        assert_eq!(shown.data.get_untracked(), None);
        let known = shown.target.known();
        assert_eq!((known.in_flight, known.answered, known.generation), (None, None, 1));
    }
}
