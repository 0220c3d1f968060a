//! What stands between a call and the wire, and the one place where a call waits.
//!
//! [`obstacle`] looks at everything at once: the call's own backoff, the session, the
//! connection, the budget and the user's consent. When nothing is left, the permit is taken
//! in the same moment, so that the world cannot change between the check and the sending.

use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Context, Poll};

use backoffice_contract::OperationId;
use futures_util::FutureExt as _;
use futures_util::future::{LocalBoxFuture, Shared};

use crate::budget::bucket::Decision;
use crate::core::Core;
use crate::error::CallError;
use crate::host::runtime::Millis;
use crate::journal::{EntryState, Wait};
use crate::pipeline::call::{Authority, Call};
use crate::pipeline::coalesce::{Flight, join};
use crate::pipeline::permit::Permit;
use crate::pipeline::prepared::Prepared;
use crate::session::live::{Access, Renewing, Token};
use crate::session::renewal::renew;
use crate::why::{WaitKind, Why};

/// No timer runs for longer: browsers stop timers while the machine sleeps.
const LONGEST_TIMER: Millis = 60_000;
/// A timer is never shorter, so that what is due and cannot be done is no busy loop.
const SHORTEST_TIMER: Millis = 10;

/// What stands between a call and the wire right now.
struct Obstacle {
    why: Why,
    /// When it ends, as far as that is known.
    until: Option<Millis>,
    /// When to look again; otherwise something else wakes the call.
    look_at: Option<Millis>,
    help: Help,
}

/// What the waiting call does about its obstacle.
enum Help {
    Nothing,
    /// Starts the renewal of the session, or waits for the one that is under way.
    Renew(Option<Renewing>),
    /// Has a read look whether the API can be reached, as it must not do so itself.
    Probe,
}

/// What a call may do right now.
enum Standing {
    /// Be sent with this token.
    Clear(Option<Token>),
    Held(Obstacle),
    Over(CallError),
}

impl Obstacle {
    /// Until when the call is certainly held. A connection may be back at any moment.
    fn hold_ends(&self) -> Option<Millis> {
        let certain = matches!(self.why.kind(), WaitKind::Budget | WaitKind::Backoff);
        self.until.filter(|_| certain)
    }
}

/// Held by something that nothing can be done about.
fn held(why: Why, until: Option<Millis>, look_at: Option<Millis>) -> Standing {
    Standing::Held(Obstacle { why, until, look_at, help: Help::Nothing })
}

/// What holds a call before it is its turn to ask for a part of the budget.
fn before_the_queue(core: &Core, call: &Call, now: Millis) -> Standing {
    let forced = call.forced.get();
    if let Some(backoff) = &*call.backoff.borrow()
        && !forced
        && now < backoff.until
    {
        return held(backoff.why.clone(), Some(backoff.told), Some(backoff.until));
    }
    let token = match &call.authority {
        Authority::Nobody => None,
        Authority::Token(secret) => Some(Token::of(secret.clone())),
        Authority::User(user) => {
            let access = core.session.borrow().access(*user, call.refused.get(), now);
            match access {
                Access::Ready(token) => Some(token),
                Access::SignedOut => return Standing::Over(CallError::SignedOut),
                Access::Failed(error) => return Standing::Over(error),
                Access::Expired => return held(Why::SignIn, None, None),
                Access::Renew(renewing) => return behind_renewal(core, renewing),
            }
        }
    };
    if forced || !call.waits_for_connection() || !core.breaker.borrow().is_open() {
        return Standing::Clear(token);
    }
    let (probe_at, wants_probe) = {
        let breaker = core.breaker.borrow();
        (breaker.probe_at(), breaker.wants_probe(now))
    };
    let first = wants_probe && !core.any_live(|other| probes_before(other, call));
    if first && call.reads() {
        return Standing::Clear(token);
    }
    // The end of a probe wakes this call; a probe that turned out to be held by the budget
    // does not.
    let look_at = if probe_at > now { probe_at } else { now + 1_000 };
    let help = if first { Help::Probe } else { Help::Nothing };
    // A probe that is due is no moment to wait for.
    let until = Some(probe_at).filter(|at| *at > now);
    Standing::Held(Obstacle { why: Why::Connection, until, look_at: Some(look_at), help })
}

/// Whether `other` is to be the probe rather than `call`: any read before a change, and of
/// two reads the more urgent one.
fn probes_before(other: &Call, call: &Call) -> bool {
    other.waits_for.get() == Some(WaitKind::Connection)
        && other.reads()
        && (!call.reads() || other.rank.get() < call.rank.get())
}

/// The wait for a renewal, which may itself wait for something that is worth saying.
fn behind_renewal(core: &Core, renewing: Option<Renewing>) -> Standing {
    let why = core.wait_of(OperationId::RenewSession).map_or(Why::Renewal, |wait| wait.why);
    Standing::Held(Obstacle { why, until: None, look_at: None, help: Help::Renew(renewing) })
}

/// What the budget says to a call that stands in its queue.
fn by_budget(core: &Core, call: &Call, token: Option<Token>, now: Millis) -> Standing {
    if call.forced.get() {
        return Standing::Clear(token);
    }
    let class = call.prepared.endpoint.limit;
    let (decision, turn) = core.queue(class).borrow_mut().decide(call, now);
    core.flush();
    match decision {
        Decision::Go => Standing::Clear(token),
        Decision::Hold { until, why } => {
            // The first in the queue watches the clock for all, and so does a read that goes
            // by itself although it asks.
            let asks = call.asks(until.map(|until| until.told), now);
            let watches = turn || (asks && call.reads());
            let look_at = until.filter(|_| watches).map(|until| until.resume);
            held(why, until.map(|until| until.told), look_at)
        }
    }
}

/// A place in the queue of the budget.
struct Queued<'a> {
    core: &'a Core,
    call: &'a Call,
}

impl<'a> Queued<'a> {
    fn enter(core: &'a Core, call: &'a Rc<Call>) -> Self {
        let class = call.prepared.endpoint.limit;
        core.queue(class).borrow_mut().enter(call, core.now());
        core.wake_queue(class);
        Self { core, call }
    }

    fn set_asking(&self, asking: bool) {
        let class = self.call.prepared.endpoint.limit;
        let changed = self.core.queue(class).borrow_mut().set_asking(self.call.id, asking);
        if changed {
            self.core.wake_queue(class);
        }
    }
}

impl Drop for Queued<'_> {
    fn drop(&mut self) {
        let class = self.call.prepared.endpoint.limit;
        self.core.queue(class).borrow_mut().leave(self.call.id);
        self.core.wake_queue(class);
    }
}

/// Waits until nothing stands between the call and the wire, and takes the permit.
///
/// # Errors
/// When the call cannot be sent any more.
pub(crate) async fn pass(
    core: &Rc<Core>,
    call: &Rc<Call>,
) -> Result<(Permit, Option<Token>), CallError> {
    let mut gate = Gate::new(core, call);
    // What was said before this wait was not about it.
    call.control.take_command();
    let passed = poll_fn(|cx| gate.poll(cx)).await;
    call.waits_for.set(None);
    call.forced.set(false);
    // Sent early, it does not wait for the rest of this afterwards.
    call.backoff.replace(None);
    passed
}

/// A call that waits, with what it waits for.
struct Gate<'a> {
    core: &'a Rc<Core>,
    call: &'a Rc<Call>,
    queued: Option<Queued<'a>>,
    hold_ends: Option<Millis>,
    timer: Option<(Millis, LocalBoxFuture<'static, ()>)>,
    renewing: Option<Renewing>,
    probe: Option<Shared<Flight>>,
}

impl<'a> Gate<'a> {
    fn new(core: &'a Rc<Core>, call: &'a Rc<Call>) -> Self {
        Self { core, call, queued: None, hold_ends: None, timer: None, renewing: None, probe: None }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<(Permit, Option<Token>), CallError>> {
        let call = self.call;
        call.control.watch(cx);
        loop {
            let now = self.core.now();
            if let Some(command) = call.control.take_command() {
                call.obey(command, self.hold_ends, now);
            }
            let mut obstacle = match self.obstacle(now) {
                Standing::Clear(token) => {
                    let permit = Permit::take(self.core, call);
                    // Only now, so that the next in the queue sees the call as sent.
                    self.queued = None;
                    return Poll::Ready(Ok((permit, token)));
                }
                Standing::Over(error) => return Poll::Ready(Err(error)),
                Standing::Held(obstacle) => obstacle,
            };
            // Now, and not whenever the session is valid again.
            call.forced.set(false);
            self.show(&obstacle, now);
            let helped = self.help(&mut obstacle, cx);
            if !helped && self.sleep(&obstacle, now, cx).is_pending() {
                return Poll::Pending;
            }
        }
    }

    /// All that stands between the call and the wire, the user's consent last.
    fn obstacle(&mut self, now: Millis) -> Standing {
        let (core, call) = (self.core, self.call);
        let standing = match before_the_queue(core, call, now) {
            Standing::Clear(token) => {
                self.queued.get_or_insert_with(|| Queued::enter(core, call));
                by_budget(core, call, token, now)
            }
            held => {
                self.queued = None;
                held
            }
        };
        match standing {
            Standing::Clear(_) if !call.forced.get() && call.asks(None, now) => {
                held(Why::Consent, None, None)
            }
            standing => standing,
        }
    }

    /// Shows in the journal what holds the call, and whether the user is asked.
    fn show(&mut self, obstacle: &Obstacle, now: Millis) {
        let call = self.call;
        self.hold_ends = obstacle.hold_ends();
        let asks = call.asks(self.hold_ends, now);
        call.waits_for.set(Some(match obstacle.help {
            // Whatever the renewal waits for, this call does not.
            Help::Renew(_) => WaitKind::Renewal,
            _ if asks => WaitKind::Consent,
            _ => obstacle.why.kind(),
        }));
        if let Some(queued) = &self.queued {
            // Others pass a call that asks.
            queued.set_asking(asks);
        }
        let wait = Wait { until: obstacle.until, why: obstacle.why.clone() };
        let state = if asks { EntryState::Asking } else { EntryState::Waiting };
        self.core.set(call.id, state(wait));
    }

    /// Does what can be done about the obstacle. Returns true if that is done, so that the
    /// world is another.
    fn help(&mut self, obstacle: &mut Obstacle, cx: &mut Context<'_>) -> bool {
        match &mut obstacle.help {
            Help::Nothing => {
                // A probe on its way goes on while it is waited for.
                let waits = self.probe.is_some() && obstacle.why == Why::Connection;
                self.probe.take_if(|_| !waits);
                self.renewing = None;
                waits && self.poll_probe(cx)
            }
            Help::Renew(renewing) => {
                // The renewal has a probe of its own; one that is kept and not polled would
                // be in its way.
                self.probe = None;
                let renewing = renewing.take();
                let renewing = self.renewing.insert(renewing.unwrap_or_else(|| renew(self.core)));
                renewing.poll_unpin(cx).is_ready()
            }
            Help::Probe => {
                let (core, call) = (self.core, self.call);
                self.probe.get_or_insert_with(|| {
                    let prepared = Prepared::bare(OperationId::GetAccount, &core.options.shown_url);
                    join(core, prepared, core.authority_of_probe(call), call.rank.get())
                });
                self.poll_probe(cx)
            }
        }
    }

    fn poll_probe(&mut self, cx: &mut Context<'_>) -> bool {
        let ended = self.probe.as_mut().is_some_and(|probe| probe.poll_unpin(cx).is_ready());
        if ended {
            self.probe = None;
            // Whatever ended it without an answer, the next one takes its time.
            self.core.breaker.borrow_mut().postpone(self.core.now());
        }
        ended
    }

    /// Waits for the moment at which the obstacle is worth another look.
    fn sleep(&mut self, obstacle: &Obstacle, now: Millis, cx: &mut Context<'_>) -> Poll<()> {
        let asks_at = self.call.asks_at().filter(|at| *at > now);
        let Some(at) = obstacle.look_at.into_iter().chain(asks_at).min() else {
            self.timer = None;
            return Poll::Pending;
        };
        let armed = self.timer.take().filter(|(armed, _)| *armed == at);
        let (_, timer) = self.timer.insert(armed.unwrap_or_else(|| {
            let wait = at.saturating_sub(now).clamp(SHORTEST_TIMER, LONGEST_TIMER);
            (at, self.core.options.runtime.sleep(wait))
        }));
        let polled = timer.poll_unpin(cx);
        if polled.is_ready() {
            self.timer = None;
        }
        polled
    }
}
