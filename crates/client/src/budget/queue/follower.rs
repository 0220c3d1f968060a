//! A follower: it asks the leader before it sends a call.

use litemap::LiteMap;

use crate::budget::bucket::Decision;
use crate::budget::queue::{Queue, Role, Ticket};
use crate::host::runtime::Millis;
use crate::journal::EntryId;
use crate::share::{BudgetMessage, PeerId, PermitRequest, State};

/// How long the leader may be silent before a follower checks on it, and how long it has to
/// answer that.
const SILENCE: Millis = 2_000;

/// What a follower knows.
#[derive(Default)]
pub(crate) struct Follower {
    pub(super) term: u64,
    pub(super) leader: PeerId,
    /// The calls that may go, and until when.
    granted: LiteMap<u64, Millis>,
    /// How many calls wait on all pages.
    pub(super) waiting: usize,
    /// When the leader was heard last.
    heard_at: Millis,
    /// When the leader was asked whether it is still there.
    pinged_at: Option<Millis>,
    /// Until when the calls of this page are held.
    held_until: Option<Millis>,
}

/// What to do about the leader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LeaderCheck {
    /// Nothing.
    None,
    /// Check again then.
    LookAt(Millis),
    /// It does not answer: take over.
    TakeOver,
}

impl Queue {
    pub(crate) fn follows(&self) -> bool {
        matches!(self.role, Role::Follower(_))
    }

    /// A leader tells what it knows. Returns false if it was replaced and has not noticed.
    pub(crate) fn hear_state(
        &mut self,
        leader: PeerId,
        term: u64,
        state: State,
        now: Millis,
    ) -> bool {
        let known = match &self.role {
            Role::Follower(follower) => (follower.term, follower.leader),
            Role::Leader(leading) => (leading.term, self.me),
            Role::Alone => return false,
            Role::Joining(_) => (0, 0),
        };
        self.term = self.term.max(term);
        if (term, leader) < known {
            // The newer leader's state shows the old one that it was replaced.
            self.changed |= self.leads();
            return false;
        }
        let State { known: knowledge, queue, waiting, out, members } = state;
        if (term, leader) != known {
            self.begin_to_follow(leader, term, now);
        }
        let here = std::mem::replace(&mut self.known, knowledge);
        self.known.bucket.keep_unit_evidence(here.bucket);
        if let Role::Follower(follower) = &mut self.role {
            follower.waiting = waiting;
            follower.heard_at = now;
            follower.pinged_at = None;
        }
        // Of its own calls this page knows more than the leader.
        self.keep_own();
        let me = self.me;
        self.others = members.into_iter().filter(|peer| *peer != me).collect();
        self.out.extend(out.into_iter().filter(|(key, _)| key.0 != me));
        let elsewhere = queue.into_iter().filter(|(peer, _)| *peer != me);
        self.tickets.extend(elsewhere.map(|(peer, wanted)| Ticket {
            key: (peer, wanted.id),
            wanted,
            call: None,
        }));
        true
    }

    /// This page knows no leader any more.
    pub(crate) fn rejoin(&mut self, now: Millis) {
        self.keep_own();
        self.role = Role::Joining(now);
        self.greet();
    }

    /// Drops what is known of other pages.
    pub(super) fn keep_own(&mut self) {
        let me = self.me;
        self.others.clear();
        self.tickets.retain(|ticket| ticket.key.0 == me);
        self.out.retain(|key, _| key.0 == me);
    }

    fn begin_to_follow(&mut self, leader: PeerId, term: u64, now: Millis) {
        self.keep_own();
        self.role = Role::Follower(Follower { term, leader, heard_at: now, ..Follower::default() });
        self.greet();
    }

    /// Reports to the leader which calls of this page wait and which are in flight.
    pub(crate) fn greet(&mut self) {
        let queue = self.tickets.iter().filter(|ticket| ticket.call.is_some());
        let queue = queue.map(|ticket| ticket.wanted.clone()).collect();
        let out = self.out_of(self.me);
        let out = out.map(|(key, out)| (key.1, out.sent_at)).collect();
        self.say(BudgetMessage::Hello { queue, out });
    }

    /// The leader grants a call of this page. Returns whether that call waits.
    pub(crate) fn hear_grant(
        &mut self,
        leader: PeerId,
        id: u64,
        until: Millis,
        now: Millis,
    ) -> bool {
        let waits = self.tickets.iter().any(|ticket| ticket.key == (self.me, id));
        let Role::Follower(follower) = &mut self.role else { return false };
        if follower.leader != leader {
            return false;
        }
        follower.heard_at = now;
        if waits {
            follower.granted.insert(id, until);
        } else if !self.out.contains_key(&(self.me, id)) {
            self.say(BudgetMessage::Withdraw { id });
        }
        waits
    }

    pub(super) fn has_grant(&self, id: EntryId) -> bool {
        matches!(&self.role, Role::Follower(follower) if follower.granted.contains_key(&id.0))
    }

    /// Whether the leader has granted a call. A grant that came too late is asked for again.
    pub(super) fn may_use_grant(&mut self, id: EntryId, now: Millis) -> bool {
        let Role::Follower(follower) = &mut self.role else { return false };
        match follower.granted.get(&id.0) {
            Some(until) if now < *until => true,
            Some(_) => {
                follower.granted.remove(&id.0);
                let wanted = self.tickets.iter().find(|ticket| ticket.key == (self.me, id.0));
                if let Some(wanted) = wanted.map(|ticket| ticket.wanted.clone()) {
                    self.say(BudgetMessage::Withdraw { id: id.0 });
                    self.say(BudgetMessage::Want(wanted));
                }
                false
            }
            None => false,
        }
    }

    /// Asks the leader for a call, if there is one.
    pub(super) fn ask(&mut self, wanted: &PermitRequest) {
        if self.follows() {
            self.say(BudgetMessage::Want(wanted.clone()));
        }
    }

    pub(super) fn withdraw(&mut self, id: EntryId) {
        if let Role::Follower(follower) = &mut self.role {
            follower.granted.remove(&id.0);
            self.say(BudgetMessage::Withdraw { id: id.0 });
        }
    }

    /// Whether a call that nothing holds has to wait for a grant. When a hold has just ended,
    /// the leader is reminded: if its page is hidden, its timers are slow.
    pub(super) fn must_ask(&mut self, now: Millis) -> bool {
        let Role::Follower(follower) = &mut self.role else { return false };
        if follower.held_until.take_if(|until| now >= *until).is_some() {
            follower.pinged_at = Some(now);
            self.say(BudgetMessage::Ping);
        }
        true
    }

    /// The calls of this page are held until then.
    pub(super) fn note_hold(&mut self, until: Millis) {
        if let Role::Follower(follower) = &mut self.role {
            follower.held_until = Some(until);
        }
    }

    /// How many calls wait on all pages.
    pub(super) fn waiting(&self) -> usize {
        match &self.role {
            Role::Follower(follower) => follower.waiting.max(self.tickets.len()),
            _ => self.tickets.len(),
        }
    }

    /// A call of this page is about to be sent; the leader counts it.
    pub(super) fn taken(&mut self, id: EntryId, now: Millis) {
        if let Role::Follower(follower) = &mut self.role {
            follower.granted.remove(&id.0);
        }
        self.say(BudgetMessage::Taken { id: id.0, sent_at: now });
    }

    /// Starts the time again in which a leader has to be heard.
    pub(crate) fn reset_leader_check(&mut self, now: Millis) {
        match &mut self.role {
            Role::Joining(since) => *since = now,
            Role::Follower(follower) => {
                follower.heard_at = now;
                follower.pinged_at = None;
            }
            Role::Alone | Role::Leader(_) => {}
        }
    }

    /// Whether the leader is still there, if calls of this page wait for its grant.
    pub(crate) fn check_leader(&mut self, now: Millis) -> LeaderCheck {
        match self.role {
            Role::Joining(since) => {
                let at = since + SILENCE;
                return if now >= at { LeaderCheck::TakeOver } else { LeaderCheck::LookAt(at) };
            }
            Role::Follower(_) => {}
            Role::Alone | Role::Leader(_) => return LeaderCheck::None,
        }
        match self.judge_first(now) {
            None => return LeaderCheck::None,
            Some(Decision::Hold { until: Some(hold), .. }) => {
                return LeaderCheck::LookAt(hold.resume);
            }
            Some(_) => {}
        }
        let Role::Follower(follower) = &mut self.role else { return LeaderCheck::None };
        let quiet = follower.heard_at + SILENCE;
        match follower.pinged_at {
            Some(pinged) if now >= pinged.max(follower.heard_at) + SILENCE => LeaderCheck::TakeOver,
            Some(pinged) => LeaderCheck::LookAt(pinged.max(follower.heard_at) + SILENCE),
            None if now >= quiet => {
                follower.pinged_at = Some(now);
                // A full report, in case a grant was lost.
                self.greet();
                LeaderCheck::LookAt(now + SILENCE)
            }
            None => LeaderCheck::LookAt(quiet),
        }
    }
}
