//! One stay in a group: from joining it until the user changes or the page sleeps.

use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Context, Poll};

use backoffice_contract::{LimitClass, json};
use futures_util::FutureExt as _;
use futures_util::StreamExt as _;
use futures_util::future::{Either, LocalBoxFuture, select};
use futures_util::stream::LocalBoxStream;

use super::group::talk_to;
use super::session::{HAIL, hear_talk};
use super::{BudgetMessage, Envelope, LEAD, PeerId, SessionMessage, group, lobby};
use crate::client::Event;
use crate::core::Core;
use crate::live_session::Renewing;
use crate::peers::{Lock, Member};
use crate::queue::{LeaderCheck, Role, Snapshot};
use crate::runtime::Millis;

/// For so long changes are collected before they are told, in milliseconds.
const TOGETHER: Millis = 50;

/// A lock that nobody else can have is there at once, or never.
const REFUSED_AFTER: Millis = 2_000;

type Waiting<T> = LocalBoxFuture<'static, T>;
type Locking = Waiting<Option<Box<dyn Lock>>>;
type Heard = LocalBoxStream<'static, String>;

/// The name of the lock that a page holds as long as it lives.
fn alive(peer: PeerId) -> String {
    format!("alive-{peer:x}")
}

pub(super) struct Membership<'a> {
    core: &'a Rc<Core>,
    /// Who the membership is for.
    user: u64,
    name: Option<String>,
    member: Option<Rc<dyn Member>>,
    heard: Option<Heard>,
    lobby: Option<Box<dyn Member>>,
    in_lobby: Option<Heard>,
    alive: Option<Box<dyn Lock>>,
    election: Option<Locking>,
    lead: Option<(Box<dyn Lock>, Waiting<()>)>,
    /// Resolves when that page is no more.
    watched: Vec<(PeerId, Locking)>,
    timer: Option<(Millis, Waiting<()>)>,
    told_at: Millis,
    /// Somebody has asked and waits.
    asked: bool,
    suspended: Waiting<()>,
    /// The renewal that is under way, which is seen to its end here.
    renewing: Option<Renewing>,
    asleep: bool,
}

impl<'a> Membership<'a> {
    /// Joins the groups that this page belongs to now.
    pub(super) async fn new(core: &'a Rc<Core>) -> Self {
        let peers = &core.options.peers;
        let lobby = peers.join(&lobby(&core.options.base_url));
        let in_lobby = lobby.as_ref().map(|lobby| lobby.hear());
        let (user, email) = {
            let session = core.session.borrow();
            (session.user(), session.state().email().map(str::to_owned))
        };
        let name = email.map(|email| group(&core.options.base_url, &email));
        if let Some(name) = &name {
            recall(core, name);
        }
        let mut membership = Self {
            core,
            user,
            member: None,
            heard: None,
            lobby,
            in_lobby,
            alive: None,
            election: None,
            lead: None,
            watched: Vec::new(),
            timer: None,
            told_at: 0,
            asked: false,
            suspended: peers.suspended(),
            renewing: None,
            asleep: false,
            name,
        };
        let place = membership.name.clone().and_then(|name| Some((peers.join(&name)?, name)));
        if let Some((member, name)) = place {
            membership.enter(name, Rc::from(member)).await;
        } else {
            core.standard().borrow_mut().stand_alone();
            core.wake_all();
        }
        membership
    }

    /// Takes its place in the group, unless the host refuses the lock that shows the
    /// others that this page lives.
    async fn enter(&mut self, name: String, member: Rc<dyn Member>) {
        let core = self.core;
        let place = (name, Rc::clone(&member));
        self.heard = Some(member.hear());
        core.standard().borrow_mut().role = Role::Joining(core.now());
        // From now on, so that no call renews without asking; nothing is said about the
        // budget before the others can see that this page lives.
        core.group.set_member(Some(place.clone()), None);
        let alive = member.lock(&alive(core.group.me), false);
        self.alive = match select(alive, core.options.runtime.sleep(REFUSED_AFTER)).await {
            Either::Left((alive, _)) => alive,
            Either::Right(_) => None,
        };
        if self.alive.is_none() || core.session.borrow().user() != self.user {
            self.heard = None;
            core.group.set_member(None, None);
            core.standard().borrow_mut().stand_alone();
            core.wake_all();
            return;
        }
        self.election = Some(member.lock(LEAD, false));
        let (me, speaker) = (core.group.me, Rc::clone(&member));
        let voice = move |message: BudgetMessage| {
            if let Some(text) = Envelope::write(me, message) {
                speaker.say(text);
            }
        };
        core.group.set_member(Some(place), Some(Rc::new(voice)));
        self.member = Some(member);
        core.standard().borrow_mut().greet();
        let (session, serial) = {
            let session = core.session.borrow();
            (session.stored(), session.serial())
        };
        match session {
            Some(session) => core.tell_session(session),
            // Its session has ended; another page may have a newer one.
            None => core.group.talk(SessionMessage::Sync { nonce: HAIL, serial }),
        }
        core.flush();
    }

    /// Shares until the user changes or the page is put to sleep; says whether it was.
    pub(super) async fn run(mut self) -> bool {
        poll_fn(|cx| self.poll(cx)).await;
        let asleep = self.asleep;
        self.leave();
        asleep
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        *self.core.group.sharing.borrow_mut() = Some(cx.waker().clone());
        loop {
            let (user, named) = {
                let session = self.core.session.borrow();
                (session.user(), session.state().email().is_some())
            };
            if user != self.user || named != self.name.is_some() {
                return Poll::Ready(());
            }
            if self.suspended.poll_unpin(cx).is_ready() {
                self.asleep = true;
                return Poll::Ready(());
            }
            self.see_renewal_to_its_end(cx);
            let mut happened = self.listen(cx);
            happened |= self.watch(cx);
            happened |= self.elect(cx);
            self.tick();
            self.tell();
            if !happened && self.arm(cx).is_pending() {
                return Poll::Pending;
            }
        }
    }

    fn see_renewal_to_its_end(&mut self, cx: &mut Context<'_>) {
        if self.renewing.as_ref().is_none_or(|renewing| renewing.peek().is_some()) {
            let renewing = self.core.session.borrow().renewing.clone();
            self.renewing = renewing.filter(|renewing| renewing.peek().is_none());
        }
        if let Some(renewing) = &mut self.renewing
            && renewing.poll_unpin(cx).is_ready()
        {
            self.renewing = None;
        }
    }

    fn listen(&mut self, cx: &mut Context<'_>) -> bool {
        let mut happened = false;
        while let Some(Poll::Ready(Some(text))) =
            self.heard.as_mut().map(|heard| heard.poll_next_unpin(cx))
        {
            happened = true;
            if let Some(envelope) = Envelope::<BudgetMessage>::read(&text) {
                self.hear(envelope);
            } else if let Some(Envelope { from, said }) = Envelope::<SessionMessage>::read(&text) {
                hear_talk(self.core, from, said);
            }
        }
        while let Some(Poll::Ready(Some(text))) =
            self.in_lobby.as_mut().map(|heard| heard.poll_next_unpin(cx))
        {
            happened = true;
            let email = self.core.session.borrow().stored().map(|session| session.email);
            if let Some(SessionMessage::Who) = Envelope::read(&text).map(|envelope| envelope.said)
                && let (Some(lobby), Some(email)) = (&self.lobby, email)
            {
                talk_to(&**lobby, self.core.group.me, SessionMessage::Here { email });
            }
        }
        if happened {
            // Whoever has just come has to know who decides before it is let go.
            self.tell();
            self.core.wake_due(LimitClass::Standard);
        }
        happened
    }

    fn hear(&mut self, Envelope { from, said: message }: Envelope<BudgetMessage>) {
        let core = self.core;
        let (now, random) = (core.now(), core.random());
        let queue = core.standard();
        match message {
            BudgetMessage::Hello { queue: waiting, out } => {
                queue.borrow_mut().hear_hello(from, waiting, &out, now);
                self.asked = true;
                self.look_after(from);
            }
            BudgetMessage::Bye => {
                self.watched.retain(|(peer, _)| *peer != from);
                queue.borrow_mut().hear_gone(from, now);
            }
            BudgetMessage::State { term, state } => {
                let before = queue.borrow().follows();
                let followed = queue.borrow_mut().hear_state(from, term, *state, now);
                if followed {
                    self.step_down();
                    core.emit(Event::Budget);
                }
                if followed && !before {
                    core.wake_all();
                }
            }
            BudgetMessage::Want(wanted) => queue.borrow_mut().hear_want(from, wanted),
            BudgetMessage::Withdraw { id } => queue.borrow_mut().hear_withdraw(from, id, now),
            // Whoever decides answers with what it knows.
            BudgetMessage::Ping => {
                queue.borrow_mut().changed = true;
                self.asked = true;
            }
            BudgetMessage::Grant { to, id, until } if to == core.group.me => {
                let granted = queue.borrow_mut().hear_grant(from, id, until, now);
                if granted && let Some(call) = core.live(crate::journal::EntryId(id)) {
                    call.control.wake();
                }
            }
            BudgetMessage::Grant { .. } => {}
            BudgetMessage::Taken { id, sent_at } => {
                queue.borrow_mut().hear_taken(from, id, sent_at, now)
            }
            BudgetMessage::Landed { id, sent_at, told } => {
                queue.borrow_mut().hear_landed(from, id, sent_at, told, now, random);
            }
            BudgetMessage::Month(change) => {
                let leads = queue.borrow().leads();
                if leads {
                    queue.borrow_mut().change_month(change, now);
                }
            }
            BudgetMessage::Refused(refusal) => {
                queue.borrow_mut().hear_refused(&refusal, now, random)
            }
        }
    }

    /// Gets to know when a page is no more.
    fn look_after(&mut self, peer: PeerId) {
        let leads = self.core.standard().borrow().leads();
        if leads
            && !self.watched.iter().any(|(watched, _)| *watched == peer)
            && let Some(member) = &self.member
        {
            self.watched.push((peer, member.lock(&alive(peer), false)));
        }
    }

    fn watch(&mut self, cx: &mut Context<'_>) -> bool {
        let mut gone = Vec::new();
        self.watched.retain_mut(|(peer, lock)| match lock.poll_unpin(cx) {
            Poll::Ready(Some(_)) => {
                gone.push(*peer);
                false
            }
            Poll::Ready(None) => false,
            Poll::Pending => true,
        });
        for peer in &gone {
            self.core.standard().borrow_mut().hear_gone(*peer, self.core.now());
        }
        if !gone.is_empty() {
            self.core.wake_due(LimitClass::Standard);
        }
        !gone.is_empty()
    }

    fn elect(&mut self, cx: &mut Context<'_>) -> bool {
        if let Some((_, lost)) = &mut self.lead
            && lost.poll_unpin(cx).is_ready()
        {
            self.lead = None;
            self.stand_again(false);
            self.core.standard().borrow_mut().rejoin(self.core.now());
            self.core.flush();
            return true;
        }
        let Some(Poll::Ready(elected)) =
            self.election.as_mut().map(|election| election.poll_unpin(cx))
        else {
            return false;
        };
        self.election = None;
        let lost = elected.as_ref().map(|lock| lock.lost());
        self.lead = elected.zip(lost);
        if self.lead.is_some() {
            self.core.standard().borrow_mut().lead(self.core.now());
            let others = self.core.standard().borrow().others();
            for peer in others {
                self.look_after(peer);
            }
            self.core.wake_all();
            self.core.wake_due(LimitClass::Standard);
        }
        true
    }

    /// Another page decides.
    fn step_down(&mut self) {
        self.watched.clear();
        if self.lead.take().is_some() {
            self.stand_again(false);
        }
    }

    fn stand_again(&mut self, steal: bool) {
        self.election = self.member.as_ref().map(|member| member.lock(LEAD, steal));
    }

    /// Does what is due by the clock.
    fn tick(&mut self) {
        let now = self.core.now();
        let queue = self.core.standard();
        queue.borrow_mut().expire(now);
        let check_leader = queue.borrow_mut().check_leader(now);
        if check_leader == LeaderCheck::TakeOver && self.lead.is_none() {
            // It is asked for once more after that time, if even this does not help.
            queue.borrow_mut().reset_leader_check(now);
            self.stand_again(true);
        }
        let leads = queue.borrow().leads();
        if leads {
            // Not whoever is first, whatever holds it: the renewal is polled here, and
            // would wake this very task without end.
            let call = queue.borrow_mut().tick(now);
            if let Some(call) = call {
                call.control.wake();
            }
        }
        self.core.flush();
    }

    /// When what has changed is told at the latest. Many changes at once are told
    /// together: every page reads every message.
    fn next_tell(&self) -> Option<Millis> {
        let changed = self.core.standard().borrow().changed;
        changed.then_some(if self.asked { 0 } else { self.told_at + TOGETHER })
    }

    /// Tells what has changed.
    fn tell(&mut self) {
        let queue = self.core.standard();
        let now = self.core.now();
        if self.next_tell().is_none_or(|at| now < at) {
            return;
        }
        queue.borrow_mut().changed = false;
        self.told_at = now;
        self.asked = false;
        let state = queue.borrow().state();
        if let Some((term, state)) = state {
            self.core.group.say(BudgetMessage::State { term, state: Box::new(state) });
        }
        let follows = queue.borrow().follows();
        let joining = matches!(queue.borrow().role, Role::Joining(_));
        if let (Some(name), false) = (&self.name, follows || joining) {
            let known = json::write(&queue.borrow().known);
            if let Some(known) = known {
                self.core.options.memory.remember(name, &known);
            }
        }
        self.core.emit(Event::Budget);
    }

    /// Sets the timer for what is due next.
    fn arm(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let now = self.core.now();
        let next = {
            let mut queue = self.core.standard().borrow_mut();
            let look = if queue.leads() { queue.next_look(now) } else { None };
            let check_leader = match queue.check_leader(now) {
                LeaderCheck::LookAt(at) => Some(at),
                LeaderCheck::TakeOver | LeaderCheck::None => None,
            };
            let next = [queue.next_expiry(), look, check_leader].into_iter().flatten().min();
            drop(queue);
            next.into_iter().chain(self.next_tell()).min()
        };
        let Some(next) = next else {
            self.timer = None;
            return Poll::Pending;
        };
        let armed = self.timer.take().filter(|(at, _)| *at == next);
        let (_, sleep) = self.timer.insert(armed.unwrap_or_else(|| {
            // Never at once: what is due now and cannot be done is looked at later.
            let wait = next.saturating_sub(now).max(10);
            (next, self.core.options.runtime.sleep(wait))
        }));
        let polled = sleep.poll_unpin(cx);
        if polled.is_ready() {
            self.timer = None;
        }
        polled
    }

    fn leave(self) {
        let core = self.core;
        core.group.say(BudgetMessage::Bye);
        core.group.set_member(None, None);
        let (now, queue) = (core.now(), core.standard());
        if self.asleep {
            // What waits goes on when the page does; in the last moments of a page that
            // is left, calls would be sent for nobody.
            queue.borrow_mut().rejoin(now);
        } else {
            queue.borrow_mut().stand_alone();
            core.wake_all();
        }
        // The outbox is of no concern to another group.
        let _unsaid = queue.borrow_mut().take_outbox();
    }
}

/// Takes up what was known before the page was loaded.
fn recall(core: &Core, name: &str) {
    let known = core.options.memory.recall(name);
    if let Some(known) = known.and_then(|known| json::read::<Snapshot>(&known).ok()) {
        core.standard().borrow_mut().recall(known);
    }
}
