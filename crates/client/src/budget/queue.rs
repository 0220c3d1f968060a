//! A bucket with the calls that wait for it, on this page and on others.
//!
//! Of the pages that share a bucket, one is the leader. It counts every call of every page
//! before the call goes, so that together they are as careful as one client. The other
//! pages ask it before they send a call, and show what it says.
//!
//! The leader may vanish at any moment. Each page knows which of its calls wait and which are
//! in flight, and reports them to the next leader. All pages of a browser have one clock, so
//! the moment at which a call was sent is all that has to be known of it.

mod follower;
mod leader;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::rc::Rc;

use litemap::LiteMap;
use serde::{Deserialize, Serialize};

use crate::budget::bucket::{Asker, Bucket, Decision, NotUntil, Outstanding, Rank};
use crate::budget::month::Month;
use crate::budget::view::{BudgetView, QueuedCall};
use crate::host::runtime::Millis;
use crate::journal::EntryId;
use crate::pipeline::call::Call;
use crate::share::{BudgetMessage, MonthChange, PeerId, PermitRequest, Settlement};
use crate::why::{Source, Why};
use backoffice_limits::Limits;

pub(crate) use follower::{Follower, LeaderCheck};
pub(crate) use leader::Leader;

/// How many of the waiting calls the leader shows to the other pages.
const SHOWN: usize = 20;

/// Names a call among all pages.
pub(crate) type Key = (PeerId, u64);

/// A call that waits.
struct Ticket {
    key: Key,
    wanted: PermitRequest,
    /// The call itself, where this page makes it.
    call: Option<Rc<Call>>,
}

impl Ticket {
    fn rank(&self) -> Rank {
        self.call.as_ref().map_or(self.wanted.rank, |call| call.rank.get())
    }

    fn shown(&self) -> QueuedCall {
        QueuedCall {
            id: self.call.as_ref().map(|call| call.id),
            method: self.wanted.method,
            target: self.wanted.target.clone(),
            priority: self.rank().into(),
            since: self.wanted.since,
        }
    }
}

/// A call that was sent, or that another page may send.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct InFlight {
    /// When it was sent, or else when it was allowed to go.
    sent_at: Millis,
    /// Whether its page has said that it was sent.
    taken: bool,
}

/// What this page is in its group.
#[derive(Default)]
pub(crate) enum Role {
    /// It decides for itself: there are no other pages, or it cannot talk to them.
    #[default]
    Alone,
    /// It has been looking for the leader since then.
    Joining(Millis),
    /// It decides for all pages.
    Leader(Leader),
    /// It asks the leader.
    Follower(Follower),
}

/// What is known of the bucket, as other pages get it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Snapshot {
    pub(crate) bucket: Bucket,
    pub(crate) month: Month,
}

/// The queue of a bucket.
#[derive(Default)]
pub(crate) struct Queue {
    pub(crate) known: Snapshot,
    /// This page.
    pub(crate) me: PeerId,
    pub(crate) role: Role,
    /// The other pages of the group, as far as this one knows.
    others: BTreeSet<PeerId>,
    /// The calls that wait, of all pages as far as this one knows.
    tickets: Vec<Ticket>,
    /// The calls in flight, of all pages as far as this one knows.
    out: LiteMap<Key, InFlight>,
    /// The latest term of any leader.
    term: u64,
    /// The latest turn of each page.
    served: LiteMap<PeerId, u64>,
    /// How many turns there were.
    turns: u64,
    /// The end of the hold at the last check.
    held_until: Option<Millis>,
    /// Messages to the other pages that are not sent yet.
    outbox: Vec<BudgetMessage>,
    /// Something changed that the other pages, or the memory, do not know.
    pub(crate) changed: bool,
}

impl Queue {
    pub(crate) fn new(me: PeerId) -> Self {
        Self { me, ..Self::default() }
    }

    fn key(&self, id: EntryId) -> Key {
        (self.me, id.0)
    }

    fn say(&mut self, message: BudgetMessage) {
        self.outbox.push(message);
    }

    pub(crate) fn take_outbox(&mut self) -> Vec<BudgetMessage> {
        std::mem::take(&mut self.outbox)
    }

    /// A call wants to go.
    pub(crate) fn enter(&mut self, call: &Rc<Call>, now: Millis) {
        let wanted = PermitRequest {
            id: call.id.0,
            rank: call.rank.get(),
            since: now,
            method: call.prepared.endpoint.method,
            target: call.prepared.shown.target.clone(),
            asking: false,
        };
        self.ask(&wanted);
        self.tickets.push(Ticket { key: self.key(call.id), wanted, call: Some(Rc::clone(call)) });
        self.changed = true;
    }

    /// A call has become more urgent.
    pub(crate) fn lifted(&mut self, id: EntryId) {
        self.change(id, |_| {});
    }

    /// Whether the user is being asked about the wait of a call. Until the answer, other calls
    /// pass it. Returns true if that is a change.
    pub(crate) fn set_asking(&mut self, id: EntryId, asking: bool) -> bool {
        let key = self.key(id);
        let ticket = self.tickets.iter().find(|ticket| ticket.key == key);
        let changes = ticket.is_some_and(|ticket| ticket.wanted.asking != asking);
        if changes {
            self.change(id, |wanted| wanted.asking = asking);
        }
        changes
    }

    fn change(&mut self, id: EntryId, change: impl FnOnce(&mut PermitRequest)) {
        let key = self.key(id);
        if let Some(ticket) = self.tickets.iter_mut().find(|ticket| ticket.key == key) {
            ticket.wanted.rank = ticket.rank();
            change(&mut ticket.wanted);
            let wanted = ticket.wanted.clone();
            self.ask(&wanted);
            self.changed = true;
        }
    }

    /// A call was sent or given up, and does not wait any more.
    pub(crate) fn leave(&mut self, id: EntryId) {
        let key = self.key(id);
        let waited = self.tickets.len();
        self.tickets.retain(|ticket| ticket.key != key);
        if self.tickets.len() < waited {
            self.changed = true;
            if !self.out.contains_key(&key) {
                self.withdraw(id);
            }
        }
    }

    /// The call whose turn it is: the most urgent, of the page whose last turn is longest ago,
    /// and the oldest of that page. A call that comes back after a refusal keeps its place.
    /// Only the leader looks at the calls of other pages.
    fn first(&self) -> Option<&Ticket> {
        let mine = |ticket: &&Ticket| ticket.call.is_some() || self.leads();
        let ready = self.tickets.iter().filter(mine).filter(|ticket| !ticket.wanted.asking);
        ready.min_by_key(|ticket| {
            let (peer, id) = ticket.key;
            let busy = self.in_flight(peer) >= Asker::most_at_once(ticket.rank());
            (busy, ticket.rank(), self.served.get(&peer).copied().unwrap_or(0), peer, id)
        })
    }

    /// The calls of a page that are in flight.
    fn out_of(&self, peer: PeerId) -> impl Iterator<Item = (&Key, &InFlight)> {
        self.out.iter().filter(move |(key, _)| key.0 == peer)
    }

    fn in_flight(&self, peer: PeerId) -> u32 {
        u32::try_from(self.out_of(peer).count()).unwrap_or(u32::MAX)
    }

    /// All calls in flight.
    fn outstanding(&self) -> Outstanding {
        self.out.values().map(|out| out.sent_at).collect()
    }

    fn asker(&self, rank: Rank, peer: PeerId) -> Asker {
        let interactive = self.tickets.iter().filter(|ticket| ticket.rank() == Rank::Interactive);
        let (interactive, in_flight) = (interactive.count(), self.in_flight(peer));
        Asker { rank, waiting: self.waiting(), interactive, in_flight }
    }

    /// Whether the bucket or the month would hold one more call of this page for a while.
    pub(crate) fn would_hold(&mut self, rank: Rank, now: Millis) -> bool {
        let asker = self.asker(rank, self.me);
        let asker = Asker { waiting: asker.waiting + 1, in_flight: 0, ..asker };
        let out = self.outstanding();
        self.held_by_month(rank, now).is_some()
            || matches!(
                self.known.bucket.decide(asker, out, now),
                Decision::Hold { until: Some(_), .. }
            )
    }

    /// Whether the bucket and the month let a call go.
    fn judge(&mut self, asker: Asker, now: Millis) -> Decision {
        if let Some((until, why)) = self.held_by_month(asker.rank, now) {
            return Decision::Hold { until: Some(NotUntil { told: until, resume: until }), why };
        }
        let decision = self.known.bucket.decide(asker, self.outstanding(), now);
        if matches!(decision, Decision::Hold { until: Some(_), .. }) && !self.tickets.is_empty() {
            self.known.bucket.mark_held();
        }
        decision
    }

    fn held_by_month(&mut self, rank: Rank, now: Millis) -> Option<(Millis, Why)> {
        self.known.month.held_until(rank, now)
    }

    /// Whether the call whose turn it is may go, if one waits.
    fn judge_first(&mut self, now: Millis) -> Option<Decision> {
        let (rank, peer) = self.first().map(|ticket| (ticket.rank(), ticket.key.0))?;
        Some(self.judge(self.asker(rank, peer), now))
    }

    /// Lets the calls of other pages go whose turn it is. Returns what holds the next call,
    /// or the call of this page that may go.
    fn let_others_go(&mut self, now: Millis) -> (Option<NotUntil>, Option<Rc<Call>>) {
        loop {
            let first =
                self.first().map(|ticket| (ticket.key, ticket.rank(), ticket.call.is_some()));
            let (key, rank, here) = first.unwrap_or(((self.me, 0), Rank::Interactive, true));
            match self.judge(self.asker(rank, key.0), now) {
                Decision::Hold { until, .. } => break (until, None),
                Decision::Go if here || !self.leads() => {
                    let call = self.first().and_then(|ticket| ticket.call.clone());
                    break (None, call);
                }
                Decision::Go => self.grant(key, rank, now),
            }
        }
    }

    /// As [`Queue::due`], for a timer: returns only a call that may go.
    pub(crate) fn tick(&mut self, now: Millis) -> Option<Rc<Call>> {
        self.let_others_go(now).1
    }

    /// Lets the calls of other pages go whose turn it is. Returns the calls of this page that
    /// have to check again: the first, or all of them when the end of the hold has moved.
    pub(crate) fn due(&mut self, now: Millis) -> Vec<Rc<Call>> {
        let held = self.let_others_go(now).0;
        // Paced calls go one by one; the wait of the others stays the same.
        let paced = held.is_some_and(|hold| hold.resume < hold.told);
        let held_until = if paced { self.held_until } else { held.map(|hold| hold.told) };
        let moved = held_until.unwrap_or(0).abs_diff(self.held_until.unwrap_or(0)) > 1_000;
        self.held_until = held_until;
        let here = self.tickets.iter().filter_map(|ticket| ticket.call.clone());
        if moved {
            return here.collect();
        }
        let first = self.first().map(|ticket| ticket.key);
        here.filter(|call| first == Some(self.key(call.id)) || self.has_grant(call.id)).collect()
    }

    /// When the leader has to check the queue again for the sake of other pages.
    pub(crate) fn next_look(&mut self, now: Millis) -> Option<Millis> {
        match self.judge_first(now)? {
            Decision::Hold { until, .. } => until.map(|hold| hold.resume),
            Decision::Go => None,
        }
    }

    /// Whether `call` may go now, and whether it has to watch the clock. Only the first in the
    /// queue does; it wakes the next when it goes.
    pub(crate) fn decide(&mut self, call: &Call, now: Millis) -> (Decision, bool) {
        if let Role::Joining(_) = self.role {
            return (Decision::Hold { until: None, why: Why::JoiningTabs }, false);
        }
        if self.may_use_grant(call.id, now) {
            return (Decision::Go, true);
        }
        let key = self.key(call.id);
        let turn = self.first().is_none_or(|first| first.key == key);
        let decision = match self.judge(self.asker(call.rank.get(), self.me), now) {
            Decision::Go if self.must_ask(now) => {
                Decision::Hold { until: None, why: Why::TurnAmongTabs }
            }
            Decision::Go if !turn => Decision::Hold { until: None, why: Why::EarlierCalls },
            decision => decision,
        };
        if let Decision::Hold { until: Some(hold), .. } = &decision {
            self.note_hold(hold.resume);
        }
        (decision, turn)
    }

    /// A call is about to be sent.
    pub(crate) fn take(&mut self, id: EntryId, now: Millis) {
        let key = self.key(id);
        self.changed = true;
        if self.follows() {
            self.taken(id, now);
        } else {
            let ticket = self.tickets.iter().find(|ticket| ticket.key == key);
            self.count(key.0, ticket.map_or(Rank::Session, Ticket::rank), now);
        }
        self.out.insert(key, InFlight { sent_at: now, taken: true });
    }

    /// Counts a call of `peer` as sent.
    fn count(&mut self, peer: PeerId, rank: Rank, now: Millis) {
        self.turns += 1;
        self.served.insert(peer, self.turns);
        self.known.month.sent(now);
        self.known.bucket.send(rank, self.outstanding(), now);
    }

    /// A call of this page is not in flight any more.
    pub(crate) fn landed(&mut self, id: EntryId, told: Settlement, now: Millis, random: f64) {
        self.changed = true;
        let key = self.key(id);
        if self.follows() {
            if let Some(out) = self.out.remove(&key) {
                self.say(BudgetMessage::Landed { id: id.0, sent_at: out.sent_at, told });
            }
        } else {
            if let (Role::Joining(_), Some(out)) = (&self.role, self.out.get(&key)) {
                // The leader may have heard that it was sent.
                let sent_at = out.sent_at;
                self.say(BudgetMessage::Landed { id: id.0, sent_at, told: told.clone() });
            }
            self.settle(key, told, now, random);
        }
    }

    /// Counts what became of a call. Calls that [`Queue::clear`] dropped are ignored.
    fn settle(&mut self, key: Key, told: Settlement, now: Millis, random: f64) {
        let out = self.outstanding();
        let Some(InFlight { sent_at, .. }) = self.out.remove(&key) else { return };
        let Snapshot { bucket, month } = &mut self.known;
        match told {
            Settlement::Unsent => {
                bucket.give_back(sent_at);
                month.unsent();
            }
            Settlement::Lost => bucket.lost(sent_at),
            Settlement::Answer { limits, accepted } => {
                let others = bucket.answered(sent_at, &limits, accepted, out, now, random);
                month.others(others, now);
            }
        }
    }

    /// The API refused a call of this page because of a limit.
    pub(crate) fn refused(&mut self, refusal: &Refusal, now: Millis, random: f64) {
        self.changed = true;
        if self.follows() {
            self.say(BudgetMessage::Refused(refusal.clone()));
        }
        let Refusal { until, reason, hidden, monthly } = refusal;
        if *monthly {
            let reading = match reason {
                Source::Header(reading) => Some(reading.clone()),
                _ => None,
            };
            self.known.month.refused(*until, reading, now);
        } else if let Some(until) = until {
            let out = self.outstanding();
            self.known.bucket.refused(*until, reason.clone(), *hidden, out, now, random);
        }
    }

    /// Reads the headers of an answer to a call of this page.
    pub(crate) fn read(&mut self, headers: &[(String, String)], now: Millis) -> Limits {
        self.known.bucket.read(headers, now)
    }

    /// Takes over what was remembered of the bucket, unless this page knows something newer.
    pub(crate) fn recall(&mut self, bucket: Bucket) {
        if !self.known.bucket.is_known() && self.out.is_empty() {
            self.known.bucket = bucket;
        }
    }

    /// The other pages, as far as they are known.
    pub(crate) fn others(&self) -> BTreeSet<PeerId> {
        self.others.clone()
    }

    pub(crate) fn leads(&self) -> bool {
        matches!(self.role, Role::Leader(_))
    }

    /// This page decides for itself from now on.
    pub(crate) fn stand_alone(&mut self) {
        self.keep_own();
        self.outbox.clear();
        self.role = Role::Alone;
        self.changed = true;
    }

    /// The user changes the settings of the month.
    pub(crate) fn change_month(&mut self, change: MonthChange, now: Millis) {
        if self.follows() {
            self.say(BudgetMessage::Month(change));
        }
        match change {
            MonthChange::FirstDay(day) => self.known.month.set_first_day(day, now),
            MonthChange::Overridden(overridden) => self.known.month.set_overridden(overridden),
        }
        self.changed = true;
    }

    /// Another user has signed in.
    pub(crate) fn clear(&mut self) {
        self.known = Snapshot::default();
        // What these calls bring back is about the budget of somebody else.
        self.out.clear();
        self.changed = true;
    }

    /// What is known, for showing.
    pub(crate) fn view(&mut self, now: Millis) -> BudgetView {
        let mut view = self.known.bucket.view(self.outstanding(), now);
        if let Some((until, why)) = self.held_by_month(Rank::Session, now) {
            view.hold = Some(crate::Hold { why, until });
        }
        let mut tickets: Vec<&Ticket> = self.tickets.iter().collect();
        tickets.sort_unstable_by_key(|ticket| (ticket.call.is_none(), ticket.rank(), ticket.key.1));
        view.queue = tickets.into_iter().take(SHOWN).map(Ticket::shown).collect();
        view.waiting = self.waiting();
        view.pages = u32::try_from(self.others.len()).unwrap_or(u32::MAX).saturating_add(1);
        view
    }
}

/// A refusal because of a limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Refusal {
    /// Until when calls wait. `None`: the monthly cap is used up, and the answer does not say
    /// until when.
    pub(crate) until: Option<Millis>,
    /// How that is known.
    pub(crate) reason: Source,
    /// No header of the answer says anything about the limit.
    pub(crate) hidden: bool,
    /// The monthly cap is used up, not the window.
    pub(crate) monthly: bool,
}
