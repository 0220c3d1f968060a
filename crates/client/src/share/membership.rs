//! One stay in the groups of an account: from joining them until another account is signed in or
//! the page sleeps.

use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Context, Poll};

use backoffice_contract::LimitClass;
use futures_util::FutureExt as _;
use futures_util::StreamExt as _;
use futures_util::future::{Either, LocalBoxFuture, select};
use futures_util::stream::LocalBoxStream;

use crate::budget::queue::{LeaderCheck, Role};
use crate::client::Event;
use crate::core::Core;
use crate::host::peers::{Lock, Member};
use crate::host::runtime::Millis;
use crate::session::live::Renewing;
use crate::share::group::talk_to;
use crate::share::remembered::{recall, remember};
use crate::share::session::{HAIL, hear_talk};
use crate::share::{
    BudgetMessage, Envelope, LEAD, PeerId, SessionMessage, budget_group, lobby, session_group,
};

/// How long changes are collected before the other pages are told, in milliseconds.
const TOGETHER: Millis = 50;

/// How long changes are collected before they are remembered, in milliseconds.
const SAVE_EVERY: Millis = 1_000;

/// How long to wait for a lock that no other page asks for: the host grants it at once, or never.
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
    /// The account that the membership is for.
    account: Option<String>,
    /// What the other pages of the account say about the session.
    heard: Option<Heard>,
    /// The place among the pages that share the budget, and what they say about it.
    budget: Option<(Rc<dyn Member>, Heard)>,
    lobby: Option<(Box<dyn Member>, Heard)>,
    alive: Option<Box<dyn Lock>>,
    election: Option<Locking>,
    lead: Option<(Box<dyn Lock>, Waiting<()>)>,
    /// Each resolves when that page is gone.
    watched: Vec<(PeerId, Locking)>,
    timer: Option<(Millis, Waiting<()>)>,
    told_at: Millis,
    saved_at: Millis,
    /// Something has changed that is not remembered.
    unsaved: bool,
    /// A page has asked and waits.
    asked: bool,
    suspended: Waiting<()>,
    /// The current renewal, which is polled to its end here.
    renewing: Option<Renewing>,
    asleep: bool,
}

impl<'a> Membership<'a> {
    /// Joins the groups that this page belongs to now.
    pub(super) async fn new(core: &'a Rc<Core>) -> Self {
        let peers = &core.options.peers;
        let lobby = peers.join(&lobby(&core.options.base_url)).map(|lobby| {
            let heard = lobby.hear();
            (lobby, heard)
        });
        let account = core.session.borrow().account().map(str::to_owned);
        if let Some(account) = &account {
            recall(core, account);
        }
        let mut membership = Self {
            core,
            account,
            heard: None,
            budget: None,
            lobby,
            alive: None,
            election: None,
            lead: None,
            watched: Vec::new(),
            timer: None,
            told_at: 0,
            saved_at: 0,
            unsaved: false,
            asked: false,
            suspended: peers.suspended(),
            renewing: None,
            asleep: false,
        };
        membership.enter().await;
        membership
    }

    /// Takes its place in the groups of the account, unless there is no account, or the host
    /// refuses the means: then the page works alone.
    async fn enter(&mut self) {
        let core = self.core;
        self.enter_session();
        if self.heard.is_none() || !self.enter_budget().await {
            self.heard = None;
            core.group.leave();
            core.standard().borrow_mut().stand_alone();
            core.wake_all();
        }
    }

    fn enter_session(&mut self) {
        let core = self.core;
        let Some(account) = self.account.clone() else { return };
        let Some(member) = core.options.peers.join(&session_group(&account)) else { return };
        self.heard = Some(member.hear());
        core.group.enter((account, Rc::from(member)), core.now());
        let (session, serial) = {
            let session = core.session.borrow();
            (session.stored(), session.serial())
        };
        if let Some(session) = session {
            core.tell_session(session);
        }
        core.group.talk(SessionMessage::Sync { nonce: HAIL, serial });
    }

    /// Returns true if it shares the budget from now on.
    async fn enter_budget(&mut self) -> bool {
        let core = self.core;
        let Some(account) = &self.account else { return false };
        let Some(member) = core.options.peers.join(&budget_group(account)) else { return false };
        let member: Rc<dyn Member> = Rc::from(member);
        let heard = member.hear();
        core.standard().borrow_mut().role = Role::Joining(core.now());
        // Nothing is said about the budget before the others can see that this page lives.
        let alive = member.lock(&alive(core.group.me), false);
        self.alive = match select(alive, core.options.runtime.sleep(REFUSED_AFTER)).await {
            Either::Left((alive, _)) => alive,
            Either::Right(_) => None,
        };
        if self.alive.is_none() || core.session.borrow().account() != Some(account) {
            return false;
        }
        self.election = Some(member.lock(LEAD, false));
        let (me, speaker) = (core.group.me, Rc::clone(&member));
        core.group.set_voice(Rc::new(move |message| {
            if let Some(text) = Envelope::write(me, message) {
                speaker.say(text);
            }
        }));
        self.budget = Some((member, heard));
        core.standard().borrow_mut().greet();
        core.flush();
        true
    }

    /// Shares until another account is signed in or the page is put to sleep; returns true if it
    /// was.
    pub(super) async fn run(mut self) -> bool {
        poll_fn(|cx| self.poll(cx)).await;
        let asleep = self.asleep;
        self.leave();
        asleep
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        *self.core.group.sharing.borrow_mut() = Some(cx.waker().clone());
        loop {
            if self.core.session.borrow().account() != self.account.as_deref() {
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
            self.save();
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
        while let Some(text) = self.heard.as_mut().and_then(|heard| next(heard, cx)) {
            happened = true;
            let envelope = Envelope::<SessionMessage>::read(&text);
            if let (Some(Envelope { from, said }), Some(account)) = (envelope, &self.account) {
                hear_talk(self.core, account, from, said);
            }
        }
        while let Some(text) = self.budget.as_mut().and_then(|(_, heard)| next(heard, cx)) {
            happened = true;
            if let Some(envelope) = Envelope::<BudgetMessage>::read(&text) {
                self.hear(envelope);
            }
        }
        while let Some((lobby, heard)) = &mut self.lobby
            && let Some(text) = next(heard, cx)
        {
            happened = true;
            let email = self.core.session.borrow().stored().map(|session| session.email);
            if let Some(SessionMessage::Who) = Envelope::read(&text).map(|envelope| envelope.said)
                && let Some(email) = email
            {
                talk_to(&**lobby, self.core.group.me, SessionMessage::Here { email });
            }
        }
        if happened {
            // A page that has just come has to know the leader before it is let go.
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
                self.watch_peer(from);
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
            // The leader answers with what it knows.
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

    /// Waits for the lock of a page, which is free when that page is gone.
    fn watch_peer(&mut self, peer: PeerId) {
        let leads = self.core.standard().borrow().leads();
        if leads
            && !self.watched.iter().any(|(watched, _)| *watched == peer)
            && let Some((member, _)) = &self.budget
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
            self.core.standard().borrow_mut().lead();
            let others = self.core.standard().borrow().others();
            for peer in others {
                self.watch_peer(peer);
            }
            self.core.wake_all();
            self.core.wake_due(LimitClass::Standard);
        }
        true
    }

    /// Another page leads.
    fn step_down(&mut self) {
        self.watched.clear();
        if self.lead.take().is_some() {
            self.stand_again(false);
        }
    }

    fn stand_again(&mut self, steal: bool) {
        self.election = self.budget.as_ref().map(|(member, _)| member.lock(LEAD, steal));
    }

    /// Does what is due by the clock.
    fn tick(&mut self) {
        let now = self.core.now();
        let queue = self.core.standard();
        queue.borrow_mut().expire(now);
        let check_leader = queue.borrow_mut().check_leader(now);
        if check_leader == LeaderCheck::TakeOver && self.lead.is_none() {
            // If even this does not help, it is stolen once more after that time.
            queue.borrow_mut().reset_leader_check(now);
            self.stand_again(true);
        }
        let leads = queue.borrow().leads();
        if leads {
            // Only a call that may go: the renewal is polled here, and would wake this very
            // task without end.
            let call = queue.borrow_mut().tick(now);
            if let Some(call) = call {
                call.control.wake();
            }
        }
        self.core.flush();
    }

    /// The latest time to notify the other pages of changes. Many changes at once go in one
    /// message, because every page reads every message.
    fn next_tell(&self) -> Option<Millis> {
        let changed = self.core.standard().borrow().changed;
        changed.then_some(if self.asked { 0 } else { self.told_at + TOGETHER })
    }

    /// Tells the other pages what has changed.
    fn tell(&mut self) {
        let queue = self.core.standard();
        let now = self.core.now();
        if self.next_tell().is_none_or(|at| now < at) {
            return;
        }
        queue.borrow_mut().changed = false;
        self.told_at = now;
        self.asked = false;
        self.unsaved = true;
        let state = queue.borrow().state();
        if let Some((term, state)) = state {
            self.core.group.say(BudgetMessage::State { term, state: Box::new(state) });
        }
        self.core.emit(Event::Budget);
    }

    /// When changes are remembered at the latest.
    fn next_save(&self) -> Option<Millis> {
        self.unsaved.then_some(self.saved_at + SAVE_EVERY)
    }

    /// Remembers what has changed.
    fn save(&mut self) {
        let now = self.core.now();
        if self.next_save().is_some_and(|at| now >= at) {
            self.saved_at = now;
            self.save_now();
        }
    }

    fn save_now(&mut self) {
        let core = self.core;
        let decides = matches!(core.standard().borrow().role, Role::Alone | Role::Leader(_));
        // With another account, what is known is about that.
        if let Some(account) = &self.account
            && std::mem::take(&mut self.unsaved)
            && decides
            && core.session.borrow().last_account() == account
        {
            remember(core, account);
        }
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
            next.into_iter().chain(self.next_tell()).chain(self.next_save()).min()
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

    fn leave(mut self) {
        let core = self.core;
        let (now, queue) = (core.now(), core.standard());
        self.unsaved |= queue.borrow().changed;
        self.save_now();
        core.group.say(BudgetMessage::Bye);
        core.group.leave();
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

/// The next message, if one is there.
fn next(heard: &mut Heard, cx: &mut Context<'_>) -> Option<String> {
    match heard.poll_next_unpin(cx) {
        Poll::Ready(text) => text,
        Poll::Pending => None,
    }
}
