//! The leader: it decides for all pages.

use crate::budget::priority::Rank;
use crate::budget::queue::{InFlight, Key, Queue, Refusal, Role, Ticket};
use crate::host::runtime::Millis;
use crate::share::{BudgetMessage, PeerId, PermitRequest, Settlement, State};

/// How long a page may use a grant.
pub(crate) const GRANT: Millis = 2_000;
/// How long a call of another page counts as in flight.
const FORGOTTEN: Millis = 90_000;

/// What only the leader knows.
pub(crate) struct Leader {
    pub(super) term: u64,
}

impl Queue {
    /// This page is the leader from now on. Other pages report their calls to it; until then
    /// those in flight are counted as the last leader knew them.
    pub(crate) fn lead(&mut self) {
        if self.leads() {
            return;
        }
        self.tickets.retain(|ticket| ticket.call.is_some());
        self.term += 1;
        self.role = Role::Leader(Leader { term: self.term });
        self.changed = true;
    }

    /// Lets the call of another page go.
    pub(super) fn grant(&mut self, key: Key, rank: Rank, now: Millis) {
        self.count(key.0, rank, now);
        self.out.insert(key, InFlight { sent_at: now, taken: false });
        self.tickets.retain(|ticket| ticket.key != key);
        self.allow(key, now);
    }

    /// Grants a call that is counted already. Its time begins now.
    fn allow(&mut self, key: Key, now: Millis) {
        if let Some(out) = self.out.get_mut(&key) {
            out.sent_at = now;
        }
        self.say(BudgetMessage::Grant { to: key.0, id: key.1, until: now + GRANT });
        self.changed = true;
    }

    /// The term of this leader, and what it tells all pages.
    pub(crate) fn state(&self) -> Option<(u64, State)> {
        let Role::Leader(leading) = &self.role else { return None };
        let queue = self.tickets.iter().take(crate::budget::queue::SHOWN);
        let mut known = self.known.clone();
        known.bucket.drop_hidden_limit();
        let state = State {
            known,
            waiting: self.tickets.len(),
            queue: queue.map(|ticket| (ticket.key.0, ticket.wanted.clone())).collect(),
            out: self.out.iter().map(|(key, out)| (*key, *out)).collect(),
            members: self.others.iter().copied().chain([self.me]).collect(),
        };
        Some((leading.term, state))
    }

    /// Adds a page to the group. Returns false where this page is not the leader.
    fn member(&mut self, peer: PeerId) -> bool {
        let leads = self.leads();
        self.changed |= leads && self.others.insert(peer);
        leads
    }

    /// Another page reports which of its calls wait and which are in flight.
    pub(crate) fn hear_hello(
        &mut self,
        peer: PeerId,
        queue: Vec<PermitRequest>,
        out: &[(u64, Millis)],
        now: Millis,
    ) {
        if !self.member(peer) {
            return;
        }
        self.changed = true;
        self.tickets.retain(|ticket| ticket.key.0 != peer);
        let gone = self.out_of(peer).filter(|(key, _)| !out.iter().any(|(id, _)| *id == key.1));
        for (key, taken) in gone.map(|(key, out)| (*key, out.taken)).collect::<Vec<_>>() {
            if !taken && queue.iter().any(|wanted| wanted.id == key.1) {
                // The grant has not arrived yet, or is lost.
                self.allow(key, now);
            } else {
                self.give_up(key, now);
            }
        }
        for wanted in queue {
            self.hear_want(peer, wanted);
        }
        for (id, sent_at) in out {
            self.hear_taken(peer, *id, *sent_at, now);
        }
    }

    /// A call of another page wants to go, or has changed.
    pub(crate) fn hear_want(&mut self, peer: PeerId, wanted: PermitRequest) {
        if !self.member(peer) {
            return;
        }
        self.changed = true;
        let key = (peer, wanted.id);
        match self.tickets.iter_mut().find(|ticket| ticket.key == key) {
            Some(ticket) => ticket.wanted = wanted,
            None if self.out.contains_key(&key) => {}
            None => self.tickets.push(Ticket { key, wanted, call: None }),
        }
    }

    /// A call of another page was given up, or its grant came too late.
    pub(crate) fn hear_withdraw(&mut self, peer: PeerId, id: u64, now: Millis) {
        if self.member(peer) {
            self.changed = true;
            self.tickets.retain(|ticket| ticket.key != (peer, id));
            if self.out.get(&(peer, id)).is_some_and(|out| !out.taken) {
                self.give_up((peer, id), now);
            }
        }
    }

    /// Another page has sent a call, with a grant or without.
    pub(crate) fn hear_taken(&mut self, peer: PeerId, id: u64, sent_at: Millis, now: Millis) {
        if !self.member(peer) {
            return;
        }
        self.changed = true;
        let key = (peer, id);
        self.tickets.retain(|ticket| ticket.key != key);
        // A call that was sent long ago has been counted, and forgotten since.
        if !self.out.contains_key(&key) && now < sent_at + FORGOTTEN {
            // Its rank is not known here; it leaves the burst alone.
            self.count(peer, Rank::Session, now);
        }
        self.out.insert(key, InFlight { sent_at, taken: true });
    }

    /// What became of another page's call.
    pub(crate) fn hear_landed(
        &mut self,
        peer: PeerId,
        id: u64,
        sent_at: Millis,
        told: Settlement,
        now: Millis,
        random: f64,
    ) {
        // Where an earlier leader was told that it was sent, it is counted now.
        self.hear_taken(peer, id, sent_at, now);
        if self.leads() {
            self.settle((peer, id), told, now, random);
        }
    }

    /// The API refused another page's call.
    pub(crate) fn hear_refused(&mut self, refusal: &Refusal, now: Millis, random: f64) {
        if self.leads() {
            self.refused(refusal, now, random);
        }
    }

    /// Another page has ended.
    pub(crate) fn hear_gone(&mut self, peer: PeerId, now: Millis) {
        if self.leads() {
            self.others.remove(&peer);
            self.changed = true;
            self.tickets.retain(|ticket| ticket.key.0 != peer);
            self.served.remove(&peer);
            for key in self.out_of(peer).map(|(key, _)| *key).collect::<Vec<_>>() {
                self.give_up(key, now);
            }
        }
    }

    /// Takes back grants that were not used in time, and forgets calls that went out long ago.
    pub(crate) fn expire(&mut self, now: Millis) {
        let over = self.watched().filter(|(_, out)| out.ends_at() <= now);
        for key in over.map(|(key, _)| *key).collect::<Vec<_>>() {
            self.changed = true;
            self.give_up(key, now);
        }
    }

    /// Gives up a call of another page. If it was sent, the server may have counted it.
    fn give_up(&mut self, key: Key, now: Millis) {
        let taken = self.out.get(&key).is_some_and(|out| out.taken);
        let told = if taken { Settlement::Lost } else { Settlement::Unsent };
        self.settle(key, told, now, 0.0);
    }

    /// The calls of other pages, if this page is the leader.
    fn watched(&self) -> impl Iterator<Item = (&Key, &InFlight)> {
        self.out.iter().filter(|(key, _)| self.leads() && key.0 != self.me)
    }

    /// When [`Queue::expire`] has something to do.
    pub(crate) fn next_expiry(&self) -> Option<Millis> {
        self.watched().map(|(_, out)| out.ends_at()).min()
    }
}

impl InFlight {
    /// When the leader gives it up. A grant is taken back after its page has dropped it, so
    /// that it cannot be used any more.
    fn ends_at(&self) -> Millis {
        self.sent_at + if self.taken { FORGOTTEN } else { 2 * GRANT }
    }
}
