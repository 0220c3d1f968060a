//! A bucket with the calls that wait for it, on this page and on others.
//!
//! Of the pages that share a bucket one decides for all. It counts every call
//! before it goes, wherever it is made, so that together they are as careful as one
//! client alone. The others ask it for each call and show what it tells them. It
//! may vanish at any moment: each page knows which of its calls wait and which are on
//! their way, and tells whoever decides next.

mod follower;
mod leader;

use std::collections::BTreeSet;
use std::rc::Rc;

use litemap::LiteMap;
use serde::{Deserialize, Serialize};

use crate::bucket::{Asker, Bucket, Decision, NotUntil, Rank, Reservation};
use crate::call::Call;
use crate::client::Priority;
use crate::journal::EntryId;
use crate::limits::Limits;
use crate::month::Month;
use crate::runtime::Millis;
use crate::sentences;
use crate::share::{BudgetMessage, MonthChange, PeerId, PermitRequest, Settlement};
use crate::view::{BudgetView, QueuedCall};

pub(crate) use follower::{Follower, LeaderCheck};
pub(crate) use leader::Leader;

/// How many of the waiting calls are told to the other pages, for showing.
const TOLD: usize = 20;

/// Names a call among all pages.
pub(crate) type Key = (PeerId, u64);

/// A call that waits.
struct Ticket {
    key: Key,
    wanted: PermitRequest,
    /// It is made by this page.
    call: Option<Rc<Call>>,
}

impl Ticket {
    fn rank(&self) -> Rank {
        self.call.as_ref().map_or(self.wanted.rank, |call| call.rank.get())
    }
}

/// A call on its way.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct InFlight {
    place: Reservation,
    /// When it was allowed to go.
    since: Millis,
    /// Whether its page has said that it went.
    taken: bool,
}

/// Who decides.
pub(crate) enum Role {
    /// This page for itself: there are no others, or no means to talk to them.
    Alone,
    /// Not known yet, since then.
    Joining(Millis),
    /// This page for all.
    Leader(Leader),
    /// Another page.
    Follower(Follower),
}

/// What is known of the bucket, as it is told to other pages.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Snapshot {
    pub(crate) bucket: Bucket,
    pub(crate) month: Month,
}

/// The queue of a bucket.
pub(crate) struct Queue {
    pub(crate) known: Snapshot,
    /// This page.
    pub(crate) me: PeerId,
    pub(crate) role: Role,
    /// Of all pages while leading, else of this one.
    queue: Vec<Ticket>,
    /// Of all pages while leading, else of this one.
    out: LiteMap<Key, InFlight>,
    /// The greatest term that was heard of.
    term: u64,
    /// When each page had its turn last, counted in turns.
    served: LiteMap<PeerId, u64>,
    turns: u64,
    /// What was waited for when the queue was looked at last.
    held_until: Option<Millis>,
    outbox: Vec<BudgetMessage>,
    /// Something changed that the others, or the memory, do not know.
    pub(crate) changed: bool,
}

impl Queue {
    pub(crate) fn new(me: PeerId) -> Self {
        Self {
            known: Snapshot::default(),
            me,
            role: Role::Alone,
            queue: Vec::new(),
            out: LiteMap::new_vec(),
            term: 0,
            served: LiteMap::new_vec(),
            turns: 0,
            held_until: None,
            outbox: Vec::new(),
            changed: false,
        }
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
        self.queue.push(Ticket { key: self.key(call.id), wanted, call: Some(Rc::clone(call)) });
        self.changed = true;
    }

    /// A call has become more urgent.
    pub(crate) fn lifted(&mut self, id: EntryId) {
        self.change(id, |_| {});
    }

    /// The user was asked about the wait of a call and has not answered, or has;
    /// others pass it meanwhile.
    pub(crate) fn set_asking(&mut self, id: EntryId, asking: bool) {
        self.change(id, |wanted| wanted.asking = asking);
    }

    fn change(&mut self, id: EntryId, change: impl FnOnce(&mut PermitRequest)) {
        let key = self.key(id);
        if let Some(ticket) = self.queue.iter_mut().find(|ticket| ticket.key == key) {
            ticket.wanted.rank = ticket.rank();
            change(&mut ticket.wanted);
            let wanted = ticket.wanted.clone();
            self.ask(&wanted);
            self.changed = true;
        }
    }

    /// A call does not wait any more, whether it went or was given up.
    pub(crate) fn leave(&mut self, id: EntryId) {
        let key = self.key(id);
        let waited = self.queue.len();
        self.queue.retain(|ticket| ticket.key != key);
        if self.queue.len() < waited {
            self.changed = true;
            if !self.out.contains_key(&key) {
                self.withdraw(id);
            }
        }
    }

    /// Whose turn it is: by rank, then whichever page was not served for longest, and
    /// of one page in the order in which calls were made. A call that comes back
    /// after a refusal keeps its place.
    fn first(&self) -> Option<&Ticket> {
        self.queue.iter().filter(|ticket| !ticket.wanted.asking).min_by_key(|ticket| {
            let (peer, id) = ticket.key;
            let busy = self.in_flight(peer) >= Asker::most_at_once(ticket.rank());
            (busy, ticket.rank(), self.served.get(&peer).copied().unwrap_or(0), peer, id)
        })
    }

    /// The calls of a page that are on their way.
    fn out_of(&self, peer: PeerId) -> impl Iterator<Item = (&Key, &InFlight)> {
        self.out.iter().filter(move |(key, _)| key.0 == peer)
    }

    fn in_flight(&self, peer: PeerId) -> u32 {
        u32::try_from(self.out_of(peer).count()).unwrap_or(u32::MAX)
    }

    fn asker(&self, rank: Rank, peer: PeerId) -> Asker {
        Asker { rank, waiting: self.waiting(), in_flight: self.in_flight(peer) }
    }

    /// Whether the bucket and the month let a call go.
    fn judge(&mut self, asker: Asker, now: Millis) -> Decision {
        if let Some((until, why)) = self.known.month.held_until(asker.rank, now) {
            let why = sentences::wait(&why, Some(until.saturating_sub(now)));
            return Decision::Hold { until: Some(NotUntil { told: until, resume: until }), why };
        }
        let decision = self.known.bucket.decide(asker, now);
        if matches!(decision, Decision::Hold { until: Some(_), .. }) && !self.queue.is_empty() {
            self.known.bucket.mark_held();
        }
        decision
    }

    /// Whether the call whose turn it is may go, if one waits.
    fn judge_first(&mut self, now: Millis) -> Option<Decision> {
        let (rank, peer) = self.first().map(|ticket| (ticket.rank(), ticket.key.0))?;
        Some(self.judge(self.asker(rank, peer), now))
    }

    /// Lets calls of other pages go whose turn it is. Returns what holds the first of
    /// the rest, or the call of this page that may go.
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
                Decision::Go => self.grant(key, now),
            }
        }
    }

    /// The same by the clock: only a call of this page that may go has to look.
    pub(crate) fn tick(&mut self, now: Millis) -> Option<Rc<Call>> {
        self.let_others_go(now).1
    }

    /// Lets calls of other pages go whose turn it is. Returns the calls of this page
    /// that have to look again: the first, or all when the wait is another.
    pub(crate) fn due(&mut self, now: Millis) -> Vec<Rc<Call>> {
        let held = self.let_others_go(now).0;
        // Paced calls go on little by little; that is no other wait each time.
        let paced = held.is_some_and(|hold| hold.resume < hold.told);
        let held_until = if paced { self.held_until } else { held.map(|hold| hold.told) };
        let moved = held_until.unwrap_or(0).abs_diff(self.held_until.unwrap_or(0)) > 1_000;
        self.held_until = held_until;
        let here = self.queue.iter().filter_map(|ticket| ticket.call.clone());
        if moved {
            return here.collect();
        }
        let granted = |call: &Rc<Call>| self.has_grant(call.id);
        match &self.role {
            Role::Follower(_) => {
                let first = self.first_here();
                here.filter(|call| granted(call) || Some(call.id) == first).collect()
            }
            _ => self.first().and_then(|ticket| ticket.call.clone()).into_iter().collect(),
        }
    }

    fn first_here(&self) -> Option<EntryId> {
        self.first().and_then(|ticket| ticket.call.as_ref()).map(|call| call.id)
    }

    /// When to look at the queue again, where other pages wait in it.
    pub(crate) fn next_look(&mut self, now: Millis) -> Option<Millis> {
        match self.judge_first(now)? {
            Decision::Hold { until, .. } => until.map(|hold| hold.resume),
            Decision::Go => None,
        }
    }

    /// Whether `call` may go now, and whether it watches the clock: only the first in
    /// the queue does; it wakes the next when it goes.
    pub(crate) fn decide(&mut self, call: &Call, now: Millis) -> (Decision, bool) {
        if let Role::Joining(_) = self.role {
            let why = "Asks the other tabs about the budget that they share.".to_owned();
            return (Decision::Hold { until: None, why }, false);
        }
        if self.may_use_grant(call.id, now) {
            return (Decision::Go, true);
        }
        let key = self.key(call.id);
        let turn = self.first().is_none_or(|first| first.key == key);
        let decision = match self.judge(self.asker(call.rank.get(), self.me), now) {
            Decision::Go if self.must_ask(now) => {
                Decision::Hold { until: None, why: "Waits for its turn among all tabs.".into() }
            }
            Decision::Go if !turn => {
                Decision::Hold { until: None, why: "Waits for calls that were made before.".into() }
            }
            decision => decision,
        };
        if let Decision::Hold { until: Some(hold), .. } = &decision {
            self.note_hold(hold.resume);
        }
        (decision, turn)
    }

    /// A call goes.
    pub(crate) fn take(&mut self, id: EntryId, now: Millis) {
        let key = self.key(id);
        self.changed = true;
        let place = if self.follows() { self.taken(id, now) } else { self.count(key.0, now) };
        self.out.insert(key, InFlight { place, since: now, taken: true });
    }

    /// Counts a call of `peer` as sent.
    fn count(&mut self, peer: PeerId, now: Millis) -> Reservation {
        self.turns += 1;
        self.served.insert(peer, self.turns);
        self.known.month.sent(now);
        self.known.bucket.send(now)
    }

    /// What became of a call that was on its way.
    pub(crate) fn landed(&mut self, id: EntryId, told: Settlement, now: Millis, random: f64) {
        self.changed = true;
        let key = self.key(id);
        if self.follows() {
            if let Some(out) = self.out.remove(&key) {
                self.say(BudgetMessage::Landed { id: id.0, sent_at: out.place.sent_at, told });
            }
        } else {
            if let (Role::Joining(_), Some(out)) = (&self.role, self.out.get(&key)) {
                // Whoever decides may have been told that it is on its way.
                let sent_at = out.place.sent_at;
                self.say(BudgetMessage::Landed { id: id.0, sent_at, told: told.clone() });
            }
            self.settle(key, None, told, now, random);
        }
    }

    /// `sent_at` is when another page says that it sent the call.
    fn settle(
        &mut self,
        key: Key,
        sent_at: Option<Millis>,
        told: Settlement,
        now: Millis,
        random: f64,
    ) {
        let Snapshot { bucket, month } = &mut self.known;
        let mut place = match (self.out.remove(&key), sent_at) {
            (Some(out), _) => out.place,
            // Sent before this page decided, and not told about.
            (None, Some(sent_at)) => bucket.adopt(sent_at, now),
            (None, None) => return,
        };
        if let Some(sent_at) = sent_at {
            place.sent_at = place.sent_at.max(sent_at);
        }
        match told {
            Settlement::Unsent => {
                bucket.give_back(place);
                month.unsent();
            }
            Settlement::Lost => bucket.lost(place),
            Settlement::Answer { limits, accepted } => {
                let others = bucket.answered(place, &limits, accepted, now, random);
                month.others(others, now);
            }
        }
    }

    /// The API refused a call of this page because of a limit: nothing goes before
    /// `until`.
    pub(crate) fn refused(&mut self, refusal: &Refusal, now: Millis, random: f64) {
        self.changed = true;
        if self.follows() {
            self.say(BudgetMessage::Refused(refusal.clone()));
        }
        self.note_refusal(refusal, now, random);
    }

    fn note_refusal(&mut self, refusal: &Refusal, now: Millis, random: f64) {
        let Refusal { until, reason, hidden, told, monthly } = refusal;
        if *monthly {
            self.known.month.refused(*until, told.then(|| reason.clone()), now);
        } else if let Some(until) = until {
            self.known.bucket.refused(*until, reason.clone(), *hidden, *told, now, random);
        }
    }

    /// Reads the unit of resets that this server uses.
    pub(crate) fn read(&self, headers: &[(String, String)], now: Millis) -> Limits {
        crate::limits::read(headers, now, self.known.bucket.unit())
    }

    /// Takes up what was known of the bucket before, unless something newer is.
    pub(crate) fn recall(&mut self, bucket: Bucket) {
        if !self.known.bucket.is_known() && self.out.is_empty() {
            self.known.bucket = bucket;
            self.known.bucket.land_all();
        }
    }

    /// The other pages, as far as they are known.
    pub(crate) fn others(&self) -> BTreeSet<PeerId> {
        let mut others = match &self.role {
            Role::Leader(leading) => leading.members.clone(),
            Role::Follower(follower) => follower.members.clone(),
            Role::Alone | Role::Joining(_) => BTreeSet::new(),
        };
        others.remove(&self.me);
        others
    }

    pub(crate) fn leads(&self) -> bool {
        matches!(self.role, Role::Leader(_))
    }

    /// This page decides for itself from now on, with what it knows.
    pub(crate) fn stand_alone(&mut self, now: Millis) {
        self.keep_own();
        self.outbox.clear();
        if !matches!(self.role, Role::Alone) {
            self.known.bucket.land_all();
            for (_, out) in self.out.iter_mut() {
                out.place = self.known.bucket.readopt(out.place, now);
            }
        }
        self.role = Role::Alone;
        self.changed = true;
    }

    /// The user says something about the month.
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
        self.known.bucket.clear();
        self.known.month = Month::default();
        self.changed = true;
    }

    /// What is known, for showing.
    pub(crate) fn view(&mut self, now: Millis) -> BudgetView {
        let mut view = self.known.bucket.view(now);
        if let Some((until, why)) = self.known.month.held_until(Rank::Session, now) {
            let why = sentences::wait(&why, Some(until.saturating_sub(now)));
            view.hold = Some(crate::Hold { why, until });
        }
        let mut here: Vec<&Ticket> = self.queue.iter().collect();
        here.sort_unstable_by_key(|ticket| (ticket.key.0 != self.me, ticket.rank(), ticket.key.1));
        view.queue = here.into_iter().take(TOLD).map(|ticket| ticket.shown(self.me)).collect();
        view.waiting = self.waiting();
        if let Role::Follower(follower) = &self.role {
            let others = follower.queue.iter().filter(|(peer, _)| *peer != self.me);
            view.queue.extend(others.map(|(_, wanted)| shown(wanted, None)));
        }
        view.pages = u32::try_from(self.others().len()).unwrap_or(u32::MAX).saturating_add(1);
        view
    }
}

impl Ticket {
    fn shown(&self, me: PeerId) -> QueuedCall {
        shown(&self.wanted, (self.key.0 == me).then_some(EntryId(self.key.1)))
    }
}

fn shown(wanted: &PermitRequest, id: Option<EntryId>) -> QueuedCall {
    QueuedCall {
        id,
        method: wanted.method,
        target: wanted.target.clone(),
        priority: match wanted.rank {
            Rank::Session | Rank::Interactive => Priority::Interactive,
            Rank::Background => Priority::Background,
        },
        since: wanted.since,
    }
}

/// A refusal because of a limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Refusal {
    /// Until when; of the monthly cap, if it was told.
    pub(crate) until: Option<Millis>,
    /// Why, as it follows a colon.
    pub(crate) reason: String,
    /// The answer told nothing about the limit.
    pub(crate) hidden: bool,
    /// The answer told until when.
    pub(crate) told: bool,
    /// The monthly cap is used up, not the window.
    pub(crate) monthly: bool,
}
