//! Whether the API can be reached, judged by what becomes of calls.
//!
//! A browser's own flag only says whether there is a network. Two calls in a row
//! without any answer say more: then calls wait instead of failing one by one, and
//! a single one looks from time to time whether the line is back.

use std::rc::Rc;

use backoffice_contract::OperationId;
use futures_util::future::{Either, select};

use crate::backoff::{ASK_OVER, offline_wait};
use crate::bucket::Rank;
use crate::call::{Authority, Call};
use crate::client::Event;
use crate::coalesce::join;
use crate::control::{Nudge, Verdict};
use crate::core::Core;
use crate::journal::{EntryId, EntryState, Wait};
use crate::prepared::Prepared;
use crate::runtime::Millis;
use crate::view::Connection;
use crate::words;

/// How many calls in a row end without an answer before the line counts as lost.
const ENOUGH: u32 = 2;

/// The line to the API.
#[derive(Debug, Default)]
pub(crate) struct Breaker {
    failures: u32,
    lost_since: Option<Millis>,
    retry_at: Millis,
    /// The call that looks whether the line is back.
    scout: Option<EntryId>,
}

impl Breaker {
    pub(crate) fn is_lost(&self) -> bool {
        self.lost_since.is_some()
    }

    /// No answer came. Says whether that is news.
    pub(crate) fn failed(&mut self, now: Millis, random: f64) -> bool {
        self.failures = self.failures.saturating_add(1);
        self.scout = None;
        if self.failures < ENOUGH {
            return false;
        }
        self.lost_since.get_or_insert(now);
        self.retry_at = now + offline_wait(self.failures - ENOUGH, random);
        true
    }

    /// An answer came, whatever it says. Says whether the line had been lost.
    pub(crate) fn answered(&mut self) -> bool {
        let lost = self.is_lost();
        *self = Self::default();
        lost
    }

    /// Looks now.
    pub(crate) fn hurry(&mut self, now: Millis) {
        self.retry_at = self.retry_at.min(now);
    }

    /// Gives the place of the scout up, if it is this call's; says whether it was.
    fn leave(&mut self, id: EntryId) -> bool {
        self.scout.take_if(|scout| *scout == id).is_some()
    }

    pub(crate) fn view(&self) -> Connection {
        Connection { lost_since: self.lost_since, retry_at: self.lost_since.map(|_| self.retry_at) }
    }
}

/// The scout's place, until its call has shown whether the line is back or was given up.
pub(crate) struct Scouting<'a>(&'a Core, EntryId);

impl Drop for Scouting<'_> {
    fn drop(&mut self) {
        let was_scout = self.0.breaker.borrow_mut().leave(self.1);
        if was_scout {
            // Somebody else has to look.
            self.0.wake_all();
        }
    }
}

/// Waits while the line is lost. A call that must not run twice never tries it: a
/// read is made in its place.
pub(crate) async fn connected<'a>(core: &'a Rc<Core>, call: &Rc<Call>) -> Option<Scouting<'a>> {
    let Authority::User(_) = call.authority else { return None };
    if !core.breaker.borrow().is_lost() {
        return None;
    }
    if call.may_repeat() {
        let scouting = Scouting(core, call.id);
        wait(core, call, true).await;
        return Some(scouting);
    }
    let waits = std::pin::pin!(wait(core, call, false));
    let prepared = Prepared::bare(OperationId::GetAccount, &core.options.shown_url);
    let look = join(core, prepared, call.authority.clone(), Rank::Background);
    if let Either::Right((_, waits)) = select(waits, look).await {
        waits.await;
    }
    None
}

async fn wait(core: &Core, call: &Call, scouts: bool) {
    let since = core.now();
    let mut agreed = scouts;
    let mut asks = false;
    let check = &mut |nudge: Option<Nudge>, now: Millis| {
        let mut line = core.breaker.borrow_mut();
        match nudge {
            Some(Nudge::Now) => return Verdict::Go,
            Some(Nudge::Agree) => (agreed, asks) = (true, false),
            None => {}
        }
        if !asks && !line.is_lost() {
            return Verdict::Go;
        }
        if scouts && line.scout.is_none() && now >= line.retry_at {
            line.scout = Some(call.id);
            return Verdict::Go;
        }
        let until = line.retry_at;
        drop(line);
        asks |= !agreed && now >= since + ASK_OVER;
        let left = words::duration(until.saturating_sub(now));
        let why = if asks {
            "Has waited for a connection for over a minute: should it still be sent?".to_owned()
        } else {
            format!("The API cannot be reached; it is tried again in {left}.")
        };
        let state = if asks { EntryState::Asking } else { EntryState::WaitingForConnection };
        core.set(call.id, state(Wait { since, until, why }));
        let watched =
            if scouts { Some(until) } else { (!asks && !agreed).then_some(since + ASK_OVER) };
        match watched.filter(|at| *at > now) {
            Some(at) => Verdict::Until(at),
            None => Verdict::Wake,
        }
    };
    call.control.wait(&*core.options.runtime, check).await;
}

impl Core {
    /// No answer came to a call.
    pub(crate) fn unanswered(&self) {
        let news = self.breaker.borrow_mut().failed(self.now(), self.random());
        if news {
            self.wake_all();
            self.emit(Event::Connection);
        }
    }

    /// An answer came.
    pub(crate) fn answered_by_api(&self) {
        let was_lost = self.breaker.borrow_mut().answered();
        if was_lost {
            self.wake_all();
            self.emit(Event::Connection);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_calls_without_an_answer_are_a_lost_line_and_one_answer_finds_it() {
        let mut line = Breaker::default();
        assert!(!line.failed(1_000, 0.0));
        assert!(!line.is_lost(), "one may be an accident");
        assert!(!line.answered());
        assert!(!line.failed(2_000, 0.0));
        assert!(line.failed(3_000, 0.0));
        assert_eq!(line.view(), Connection { lost_since: Some(3_000), retry_at: Some(3_500) });
        line.failed(4_000, 0.0);
        assert_eq!(line.view().lost_since, Some(3_000));
        assert_eq!(line.view().retry_at, Some(5_000), "longer each time");
        line.hurry(4_100);
        assert_eq!(line.view().retry_at, Some(4_100));
        assert!(line.answered());
        assert_eq!(line.view(), Connection::default());
    }
}
