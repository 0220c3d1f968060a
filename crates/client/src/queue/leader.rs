//! Deciding for all pages.

use std::collections::BTreeSet;

use super::{InFlight, Key, Queue, Refusal, Role, Ticket};
use crate::runtime::Millis;
use crate::share::{BudgetMessage, PeerId, PermitRequest, Settlement, State};

/// How long a page has to use the permission to send a call. Pages of one browser
/// have one clock.
pub(crate) const GRANT: Millis = 2_000;
/// After so long nothing is heard any more of a call that another page has sent.
const FORGOTTEN: Millis = 90_000;

/// What the deciding page knows beyond the queue.
pub(crate) struct Leader {
    pub(super) term: u64,
    /// All other pages.
    pub(super) members: BTreeSet<PeerId>,
}

impl Queue {
    /// This page decides from now on. What is known of the others' calls holds until
    /// they tell.
    pub(crate) fn lead(&mut self, now: Millis) {
        let members = match &mut self.role {
            Role::Follower(follower) => {
                for (key, out) in std::mem::take(&mut follower.out) {
                    if key.0 != self.me {
                        self.out.entry(key).or_insert(out);
                    }
                }
                std::mem::take(&mut follower.members)
            }
            Role::Leader(_) => return,
            Role::Alone | Role::Joining(_) => BTreeSet::new(),
        };
        self.known.bucket.land_all();
        for (_, out) in self.out.iter_mut() {
            out.place = self.known.bucket.readopt(out.place, now);
        }
        let me = self.me;
        let members = members.into_iter().filter(|peer| *peer != me).collect();
        self.term += 1;
        self.role = Role::Leader(Leader { term: self.term, members });
        self.changed = true;
    }

    /// Lets the call of another page go.
    pub(super) fn grant(&mut self, key: Key, now: Millis) {
        let place = self.count(key.0, now);
        self.out.insert(key, InFlight { place, since: now, taken: false });
        self.queue.retain(|ticket| ticket.key != key);
        self.allow(key, now);
    }

    /// Says that a call which is counted may go, from now on.
    fn allow(&mut self, key: Key, now: Millis) {
        if let Some(out) = self.out.get_mut(&key) {
            out.since = now;
        }
        self.say(BudgetMessage::Grant { to: key.0, id: key.1, until: now + GRANT });
        self.changed = true;
    }

    /// What all pages have to know.
    pub(crate) fn state(&self) -> Option<(u64, State)> {
        let Role::Leader(leading) = &self.role else { return None };
        let queue = self.queue.iter().take(super::TOLD);
        let mut known = self.known.clone();
        known.bucket.forget_what_headers_tell();
        let state = State {
            known,
            waiting: self.queue.len(),
            queue: queue.map(|ticket| (ticket.key.0, ticket.wanted.clone())).collect(),
            out: self.out.iter().map(|(key, out)| (*key, *out)).collect(),
            members: leading.members.iter().copied().chain([self.me]).collect(),
        };
        Some((leading.term, state))
    }

    fn member(&mut self, peer: PeerId) -> bool {
        match &mut self.role {
            Role::Leader(leading) => {
                self.changed |= leading.members.insert(peer);
                true
            }
            _ => false,
        }
    }

    /// Another page tells which of its calls wait and which are on their way.
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
        self.queue.retain(|ticket| ticket.key.0 != peer);
        let gone = self.out_of(peer).filter(|(key, _)| !out.iter().any(|(id, _)| *id == key.1));
        for (key, taken) in gone.map(|(key, out)| (*key, out.taken)).collect::<Vec<_>>() {
            if !taken && queue.iter().any(|wanted| wanted.id == key.1) {
                // Either the permission is still on its way, or it was missed.
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
        match self.queue.iter_mut().find(|ticket| ticket.key == key) {
            Some(ticket) => ticket.wanted = wanted,
            None if self.out.contains_key(&key) => {}
            None => self.queue.push(Ticket { key, wanted, call: None }),
        }
    }

    /// A call of another page was given up, or its permission came too late.
    pub(crate) fn hear_withdraw(&mut self, peer: PeerId, id: u64, now: Millis) {
        if self.member(peer) {
            self.changed = true;
            self.queue.retain(|ticket| ticket.key != (peer, id));
            if self.out.get(&(peer, id)).is_some_and(|out| !out.taken) {
                self.give_up((peer, id), now);
            }
        }
    }

    /// Another page has sent a call, allowed or not.
    pub(crate) fn hear_taken(&mut self, peer: PeerId, id: u64, sent_at: Millis, now: Millis) {
        if !self.member(peer) {
            return;
        }
        self.changed = true;
        let key = (peer, id);
        self.queue.retain(|ticket| ticket.key != key);
        match self.out.get_mut(&key) {
            Some(out) => {
                out.taken = true;
                out.place.sent_at = sent_at;
            }
            None => {
                let place = self.known.bucket.adopt(sent_at, now);
                self.known.month.sent(now);
                self.out.insert(key, InFlight { place, since: now, taken: true });
            }
        }
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
        if self.member(peer) {
            self.changed = true;
            self.settle((peer, id), Some(sent_at), told, now, random);
        }
    }

    /// The API refused another page's call.
    pub(crate) fn hear_refused(&mut self, refusal: &Refusal, now: Millis, random: f64) {
        if self.leads() {
            self.changed = true;
            self.note_refusal(refusal, now, random);
        }
    }

    /// Another page is no more.
    pub(crate) fn hear_gone(&mut self, peer: PeerId, now: Millis) {
        if let Role::Leader(leading) = &mut self.role {
            leading.members.remove(&peer);
            self.changed = true;
            self.queue.retain(|ticket| ticket.key.0 != peer);
            self.served.remove(&peer);
            for key in self.out_of(peer).map(|(key, _)| *key).collect::<Vec<_>>() {
                self.give_up(key, now);
            }
        }
    }

    /// Takes back permissions that were not used in time, and forgets calls of which
    /// nothing was heard for long.
    pub(crate) fn expire(&mut self, now: Millis) {
        let over = self.out_of_others().filter(|(_, out)| out.ends_at() <= now);
        for key in over.map(|(key, _)| *key).collect::<Vec<_>>() {
            self.changed = true;
            self.give_up(key, now);
        }
    }

    /// Stops counting with a call of another page: what was sent may be counted by the
    /// server, what was only allowed was not sent.
    fn give_up(&mut self, key: Key, now: Millis) {
        let taken = self.out.get(&key).is_some_and(|out| out.taken);
        let told = if taken { Settlement::Lost } else { Settlement::Unsent };
        self.settle(key, None, told, now, 0.0);
    }

    /// The calls of other pages on their way; none while another page decides.
    fn out_of_others(&self) -> impl Iterator<Item = (&Key, &InFlight)> {
        self.out.iter().filter(|(key, _)| key.0 != self.me)
    }

    /// When [`Queue::expire`] has something to do.
    pub(crate) fn next_expiry(&self) -> Option<Millis> {
        self.out_of_others().map(|(_, out)| out.ends_at()).min()
    }
}

impl InFlight {
    /// When this page stops counting with it. A permission is taken back later than
    /// its page drops it, so that it is not used any more by then.
    fn ends_at(&self) -> Millis {
        self.since + if self.taken { FORGOTTEN } else { 2 * GRANT }
    }
}
