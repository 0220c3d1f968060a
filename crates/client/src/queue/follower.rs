//! Asking the page that decides.

use std::collections::BTreeSet;

use litemap::LiteMap;

use super::{InFlight, Key, Queue, Role};
use crate::bucket::{Decision, Reservation};
use crate::journal::EntryId;
use crate::runtime::Millis;
use crate::share::{BudgetMessage, PeerId, PermitRequest, State};

/// How long the page that decides may be silent before this one looks after it, and
/// how long it has to answer then.
const SILENCE: Millis = 2_000;

/// What a page knows that asks another.
pub(crate) struct Follower {
    pub(super) term: u64,
    pub(super) leader: PeerId,
    /// Calls that may go, and until when they may.
    granted: LiteMap<u64, Millis>,
    /// All pages, this one included.
    pub(super) members: BTreeSet<PeerId>,
    pub(super) queue: Vec<(PeerId, PermitRequest)>,
    /// How many calls wait on all pages.
    pub(super) waiting: usize,
    pub(super) out: Vec<(Key, InFlight)>,
    heard_at: Millis,
    pinged_at: Option<Millis>,
    /// Until when the calls of this page were held, as far as it knows.
    held_until: Option<Millis>,
}

/// What to do about the page that decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LeaderCheck {
    /// Nothing.
    None,
    /// Look again then.
    LookAt(Millis),
    /// It does not answer: take over.
    TakeOver,
}

impl Queue {
    pub(crate) fn follows(&self) -> bool {
        matches!(self.role, Role::Follower(_))
    }

    /// Another page says what it knows and decides by. Says whether it is heard as
    /// the one that decides: an older one has not noticed yet that it was replaced.
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
            // Tells the one who has not noticed.
            self.changed |= self.leads();
            return false;
        }
        let State { known: knowledge, queue, waiting, out, members } = state;
        if (term, leader) != known {
            self.begin_to_follow(leader, term, now);
        }
        self.known = knowledge;
        if let Role::Follower(follower) = &mut self.role {
            follower.queue = queue;
            follower.waiting = waiting;
            follower.out = out;
            follower.members = members.into_iter().collect();
            follower.heard_at = now;
            follower.pinged_at = None;
        }
        true
    }

    /// Nobody decides, for all that this page knows.
    pub(crate) fn rejoin(&mut self, now: Millis) {
        self.keep_own();
        self.role = Role::Joining(now);
        self.greet();
    }

    /// Forgets the calls of others, which are no business of this page any more.
    pub(super) fn keep_own(&mut self) {
        let me = self.me;
        self.queue.retain(|ticket| ticket.key.0 == me);
        self.out.retain(|key, _| key.0 == me);
    }

    fn begin_to_follow(&mut self, leader: PeerId, term: u64, now: Millis) {
        self.keep_own();
        self.role = Role::Follower(Follower {
            term,
            leader,
            granted: LiteMap::new_vec(),
            members: BTreeSet::new(),
            queue: Vec::new(),
            waiting: 0,
            out: Vec::new(),
            heard_at: now,
            pinged_at: None,
            held_until: None,
        });
        self.greet();
    }

    /// Tells whoever decides which calls of this page wait and which are on their way.
    pub(crate) fn greet(&mut self) {
        let queue = self.queue.iter().filter(|ticket| ticket.call.is_some());
        let queue = queue.map(|ticket| ticket.wanted.clone()).collect();
        let out = self.out_of(self.me);
        let out = out.map(|(key, out)| (key.1, out.place.sent_at)).collect();
        self.say(BudgetMessage::Hello { queue, out });
    }

    /// The page that decides lets a call of this page go.
    pub(crate) fn hear_grant(
        &mut self,
        leader: PeerId,
        id: u64,
        until: Millis,
        now: Millis,
    ) -> bool {
        let waits = self.queue.iter().any(|ticket| ticket.key == (self.me, id));
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

    /// Whether a call may go now by the word of the page that decides. A permission
    /// that came too late is asked for again.
    pub(super) fn may_use_grant(&mut self, id: EntryId, now: Millis) -> bool {
        let Role::Follower(follower) = &mut self.role else { return false };
        match follower.granted.get(&id.0) {
            Some(until) if now < *until => true,
            Some(_) => {
                follower.granted.remove(&id.0);
                let wanted = self.queue.iter().find(|ticket| ticket.key == (self.me, id.0));
                if let Some(wanted) = wanted.map(|ticket| ticket.wanted.clone()) {
                    self.say(BudgetMessage::Withdraw { id: id.0 });
                    self.say(BudgetMessage::Want(wanted));
                }
                false
            }
            None => false,
        }
    }

    /// Asks for a call to go.
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

    /// Whether a call that nothing seems to hold has to wait for the word of another
    /// page. When a hold has just ended, that one is reminded: its own timers may be
    /// slow, as those of a hidden page are.
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
            Role::Follower(follower) => follower.waiting.max(self.queue.len()),
            _ => self.queue.len(),
        }
    }

    /// A call of this page goes; the page that decides counts it.
    pub(super) fn taken(&mut self, id: EntryId, now: Millis) -> Reservation {
        if let Role::Follower(follower) = &mut self.role {
            follower.granted.remove(&id.0);
        }
        self.say(BudgetMessage::Taken { id: id.0, sent_at: now });
        self.known.bucket.uncounted(now)
    }

    /// Gives whoever takes over its time.
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

    /// Whether the page that decides is still there, while calls of this page wait
    /// for its word.
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
                // Says it all again, so that a permission that was missed is no loss.
                self.greet();
                LeaderCheck::LookAt(now + SILENCE)
            }
            None => LeaderCheck::LookAt(quiet),
        }
    }
}
