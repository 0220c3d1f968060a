//! Equal reads that are under way at the same time are one call.

use std::rc::{Rc, Weak};

use backoffice_contract::{Method, OperationId};
use futures_util::FutureExt as _;
use futures_util::future::{LocalBoxFuture, Shared, WeakShared};

use crate::budget::priority::Priority;
use crate::budget::priority::Rank;
use crate::core::Core;
use crate::error::CallError;
use crate::journal::EntryId;
use crate::pipeline::call::{Authority, Call};
use crate::pipeline::prepared::Prepared;
use crate::pipeline::run;

/// What a call came to, for everybody who asked.
pub(crate) type Answer = Result<(EntryId, Rc<[u8]>), CallError>;

pub(crate) type Flight = LocalBoxFuture<'static, Answer>;

/// The reads that are under way. They live as long as somebody waits for them.
#[derive(Default)]
pub(crate) struct Flights {
    reads: Vec<Read>,
}

struct Read {
    id: OperationId,
    target: String,
    /// In whose name it is made; `None` where that is not the session's user.
    user: Option<u64>,
    call: Weak<Call>,
    flight: WeakShared<Flight>,
}

impl Read {
    fn is_over(&self) -> bool {
        self.flight.upgrade().is_none_or(|flight| flight.peek().is_some())
    }
}

impl Flights {
    /// A change was made: a read that was sent before may answer with the state before it, so
    /// nobody else joins it.
    fn write_done(&mut self) {
        self.reads.retain(|read| read.call.upgrade().is_some_and(|call| !call.was_sent()));
    }

    fn find(
        &mut self,
        id: OperationId,
        target: &str,
        user: Option<u64>,
    ) -> Option<(Rc<Call>, Shared<Flight>)> {
        self.reads.retain(|read| !read.is_over());
        let equal = |read: &&Read| read.id == id && read.target == target && read.user == user;
        let read = self.reads.iter().find(equal)?;
        Some((read.call.upgrade()?, read.flight.upgrade()?))
    }
}

/// Makes a call, or joins the one that asks the same.
pub(crate) fn join(
    core: &Rc<Core>,
    prepared: Prepared,
    authority: Authority,
    rank: Rank,
) -> Shared<Flight> {
    start(core, prepared, authority, rank).1
}

/// As [`join`], with the entry of the call.
pub(crate) fn start(
    core: &Rc<Core>,
    prepared: Prepared,
    authority: Authority,
    rank: Rank,
) -> (EntryId, Shared<Flight>) {
    let reads = prepared.endpoint.method == Method::GET;
    let (id, target) = (prepared.endpoint.id, prepared.target.clone());
    let user = match authority {
        Authority::User(user) => Some(user),
        Authority::Nobody | Authority::Token(_) => None,
    };
    if reads {
        let found = core.flights.borrow_mut().find(id, &target, user);
        if let Some((call, shared)) = found {
            if rank < call.rank.get() {
                call.rank.set(rank);
                core.queue(call.prepared.endpoint.limit).borrow_mut().lifted(call.id);
                core.edit(call.id, |entry| {
                    entry.priority = Priority::Interactive;
                    true
                });
                core.wake_queue(call.prepared.endpoint.limit);
            }
            return (call.id, shared);
        }
    }
    let running = core.begin(prepared, authority, rank);
    let entry = running.call.id;
    let call = Rc::downgrade(&running.call);
    let core_of_call = Rc::clone(core);
    let flight = async move {
        let reply = run(&core_of_call, &running, false).await?;
        if !reads {
            core_of_call.flights.borrow_mut().write_done();
        }
        Ok((running.call.id, reply.body))
    };
    let shared = flight.boxed_local().shared();
    if let (true, Some(flight)) = (reads, shared.downgrade()) {
        core.flights.borrow_mut().reads.push(Read { id, target, user, call, flight });
    }
    (entry, shared)
}
