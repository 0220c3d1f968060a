//! Waiting for the rate limit.

use std::rc::Rc;

use backoffice_contract::LimitClass;

use crate::backoff::ASK_OVER;
use crate::bucket::Decision;
use crate::call::Call;
use crate::control::{Nudge, Verdict};
use crate::core::{Core, Permit};
use crate::journal::{EntryId, EntryState, Wait};
use crate::runtime::Millis;
use crate::sentences;

/// A place in the queue.
struct Queued<'a> {
    core: &'a Core,
    class: LimitClass,
    id: EntryId,
}

impl Drop for Queued<'_> {
    fn drop(&mut self) {
        self.core.queue(self.class).borrow_mut().leave(self.id);
        self.core.wake_queue(self.class);
    }
}

/// Waits until the call may be sent. A hold that lasts long asks the user; then the
/// call stays where it is until the user says something, even when the time has
/// come, or until the hold is lifted early.
pub(crate) async fn admit(core: &Rc<Core>, call: &Rc<Call>) -> Permit {
    let class = call.prepared.endpoint.limit;
    core.queue(class).borrow_mut().enter(call, core.now());
    let queued = Queued { core, class, id: call.id };
    core.wake_queue(class);
    let since = core.now();
    let mut agreed = 0;
    let mut asked: Option<Millis> = None;
    let check = &mut |nudge: Option<Nudge>, now: Millis| {
        match (nudge, asked) {
            (Some(Nudge::Now), _) => return Verdict::Go,
            (Some(Nudge::Agree), Some(until)) => {
                // The same moment may be told anew, rounded differently.
                agreed = until + ASK_OVER;
                asked = None;
                core.queue(class).borrow_mut().set_asking(call.id, false);
            }
            (_, Some(until)) if now >= until => return Verdict::Wake,
            _ => {}
        }
        let (decision, turn) = core.queue(class).borrow_mut().decide(call, now);
        core.flush();
        let (until, why) = match decision {
            Decision::Go => return Verdict::Go,
            Decision::Hold { until, why } => (until, why),
        };
        let told = until.map_or(since, |hold| hold.told);
        let left = until.map(|hold| hold.told.saturating_sub(now));
        let wait = Wait { since, until: told, why: sentences::wait(&why, left) };
        let long = until.is_some_and(|hold| hold.length(now) > ASK_OVER);
        let asks = long && told > agreed;
        if asks != asked.is_some() {
            asked = asks.then_some(told);
            core.queue(class).borrow_mut().set_asking(call.id, asks);
            core.wake_queue(class);
        }
        let state = if asks { EntryState::Asking } else { EntryState::WaitingForBudget };
        core.set(call.id, state(wait));
        match until {
            Some(hold) if turn && !asks => Verdict::Until(hold.resume),
            _ => Verdict::Wake,
        }
    };
    call.control.wait(&*core.options.runtime, check).await;
    // Counted before the place in the queue is given up, so that whoever is next
    // sees it.
    let pass = Permit::take(core, class, call.id);
    drop(queued);
    pass
}
