//! How this page reaches the others, and what it has asked them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::task::Waker;

use super::{BudgetMessage, Envelope, PeerId, SessionMessage};
use crate::peers::Member;
use crate::session::StoredSession;

/// A group by its name, and the place in it.
pub(super) type Seat = (String, Rc<dyn Member>);

/// How something is said about the budget.
pub(super) type Sender = Rc<dyn Fn(BudgetMessage)>;

/// The other pages, as calls see them.
#[derive(Default)]
pub(crate) struct PeerGroup {
    /// Names this page.
    pub(crate) me: PeerId,
    member: RefCell<Option<Seat>>,
    /// Says something about the budget; only there while this page shares it.
    voice: RefCell<Option<Sender>>,
    /// Whoever shares, to look what has changed.
    pub(super) sharing: RefCell<Option<Waker>>,
    pub(super) asked: RefCell<Option<Asked>>,
    nonce: Cell<u64>,
}

/// A question to all others.
pub(super) struct Asked {
    pub(super) nonce: u64,
    /// Who has not answered.
    pub(super) missing: BTreeSet<PeerId>,
    pub(super) newest: Option<StoredSession>,
    pub(super) waker: Option<Waker>,
}

impl PeerGroup {
    pub(crate) fn new(me: PeerId) -> Self {
        Self { me, ..Self::default() }
    }

    /// The place in the group of the user, while there is one.
    pub(crate) fn member(&self) -> Option<Rc<dyn Member>> {
        self.member.borrow().as_ref().map(|(_, member)| Rc::clone(member))
    }

    /// Enters or leaves the group.
    pub(super) fn set_member(&self, member: Option<Seat>, voice: Option<Sender>) {
        let before = self.member.replace(member);
        let spoken = self.voice.replace(voice);
        drop((before, spoken));
    }

    /// Whether this page's group has that name.
    pub(crate) fn is_in(&self, group: &str) -> bool {
        let member = self.member.borrow();
        member.as_ref().is_some_and(|(name, _)| name == group)
    }

    /// Says something about the budget to the pages that share it, if there are any.
    pub(crate) fn say(&self, message: BudgetMessage) {
        let voice = self.voice.borrow().clone();
        if let Some(voice) = voice {
            voice(message);
        }
    }

    /// Says something about the session to the other pages of the user.
    pub(crate) fn talk(&self, talk: SessionMessage) {
        if let Some(member) = self.member() {
            talk_to(&*member, self.me, talk);
        }
    }

    /// Makes whoever shares look what has changed.
    pub(crate) fn notify(&self) {
        let waker = self.sharing.borrow().clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    pub(super) fn next_nonce(&self) -> u64 {
        self.nonce.set(self.nonce.get() + 1);
        self.nonce.get()
    }
}

/// Says something about the session to a group.
pub(super) fn talk_to(group: &dyn Member, me: PeerId, talk: SessionMessage) {
    if let Some(text) = Envelope::write(me, talk) {
        group.say(text);
    }
}
