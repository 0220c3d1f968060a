//! How this page reaches the others, and what it has asked them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::task::Waker;

use crate::host::peers::Member;
use crate::host::runtime::Millis;
use crate::session::StoredSession;
use crate::share::{BudgetMessage, Envelope, PeerId, SessionMessage};

/// The place in the group of an account, by the account's name.
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
    /// The pages of the account that were heard of.
    pub(super) present: RefCell<BTreeSet<PeerId>>,
    /// When this page has entered the group.
    pub(super) entered_at: Cell<Millis>,
    /// Whether this page holds the lock of renewals.
    pub(super) renews: Cell<bool>,
    /// The tasks that look what has changed: the membership, and a renewal that waits.
    pub(super) sharing: RefCell<Option<Waker>>,
    pub(super) renewing: RefCell<Option<Waker>>,
    pub(super) asked: RefCell<Option<Asked>>,
    nonce: Cell<u64>,
}

/// A question to all others.
pub(super) struct Asked {
    pub(super) nonce: u64,
    /// The pages that have not answered.
    pub(super) missing: BTreeSet<PeerId>,
    /// Whether a page has answered that it may hold the lock of renewals.
    pub(super) renews: bool,
    pub(super) newest: Option<StoredSession>,
    pub(super) waker: Option<Waker>,
}

impl PeerGroup {
    pub(crate) fn new(me: PeerId) -> Self {
        Self { me, ..Self::default() }
    }

    /// The place in the group of the account, while there is one.
    pub(crate) fn member(&self) -> Option<Rc<dyn Member>> {
        self.member.borrow().as_ref().map(|(_, member)| Rc::clone(member))
    }

    /// The account whose group this page is in.
    pub(crate) fn account(&self) -> Option<String> {
        self.member.borrow().as_ref().map(|(account, _)| account.clone())
    }

    /// Enters the group of an account.
    pub(super) fn enter(&self, seat: Seat, now: Millis) {
        self.entered_at.set(now);
        let before = self.member.replace(Some(seat));
        drop(before);
    }

    /// Begins to say something about the budget.
    pub(super) fn set_voice(&self, voice: Sender) {
        let before = self.voice.replace(Some(voice));
        drop(before);
    }

    /// Leaves the group.
    pub(super) fn leave(&self) {
        self.talk(SessionMessage::Bye);
        self.present.borrow_mut().clear();
        let before = (self.member.take(), self.voice.take());
        drop(before);
    }

    /// Says something about the budget to the pages that share it, if there are any.
    pub(crate) fn say(&self, message: BudgetMessage) {
        let voice = self.voice.borrow().clone();
        if let Some(voice) = voice {
            voice(message);
        }
    }

    /// Says something about the session to the other pages of the account.
    pub(crate) fn talk(&self, talk: SessionMessage) {
        if let Some(member) = self.member() {
            talk_to(&*member, self.me, talk);
        }
    }

    /// Makes the tasks look that share and renew.
    pub(crate) fn notify(&self) {
        let wakers = [self.sharing.borrow().clone(), self.renewing.borrow().clone()];
        for waker in wakers.into_iter().flatten() {
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
