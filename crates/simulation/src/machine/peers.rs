//! How the tabs of one browser find each other: messages and locks.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use backoffice_client::{LocalBoxFuture, LocalBoxStream, Lock, Member, Millis, Peers};
use futures_channel::{mpsc, oneshot};
use futures_util::{FutureExt as _, StreamExt as _};

use crate::machine::chance::Chance;
use crate::machine::clock::Clock;
use crate::machine::executor::TabId;
use crate::machine::locks::Locks;
use crate::machine::translate;

/// How long a message takes from one tab to the others by default, from and to.
pub const DELAY: (Millis, Millis) = (1, 3);

struct Listener {
    tab: TabId,
    build: u32,
    group: String,
    /// When the latest message of this member arrives: none may overtake it.
    last_arrival: Millis,
    stream: Option<mpsc::UnboundedSender<String>>,
}

/// What a tab was told about itself.
#[derive(Default)]
struct Page {
    suspended: bool,
    on_change: Vec<oneshot::Sender<()>>,
}

/// What the tabs of one browser have in common.
pub struct Browser {
    clock: Rc<Clock>,
    chance: Chance,
    delay: (Millis, Millis),
    members: RefCell<BTreeMap<u64, Listener>>,
    joined: Cell<u64>,
    pages: RefCell<BTreeMap<TabId, Page>>,
    locks: Rc<Locks>,
}

impl Browser {
    /// A browser without tabs, whose messages take `delay` milliseconds, from and to.
    #[must_use]
    pub fn new(clock: Rc<Clock>, chance: Chance, delay: (Millis, Millis)) -> Self {
        let locks = Rc::new(Locks::new(Rc::clone(&clock), chance.fork(), delay));
        Self {
            clock,
            chance,
            delay,
            members: RefCell::default(),
            joined: Cell::new(0),
            pages: RefCell::default(),
            locks,
        }
    }

    /// Who holds the lock of this name, in any group.
    pub fn holder(&self, lock: &str) -> Option<TabId> {
        self.locks.holder(lock)
    }

    /// Every lock that is held now, by name, with the tab that holds it.
    pub fn holders(&self) -> Vec<(String, TabId)> {
        self.locks.holders()
    }

    /// How often a lock was taken from a tab that had it.
    pub fn stolen_locks(&self) -> u32 {
        self.locks.stolen()
    }

    /// Tells a tab that it is about to stop running, or that it runs again.
    pub(crate) fn tell(&self, tab: TabId, suspended: bool) {
        let mut pages = self.pages.borrow_mut();
        let page = pages.entry(tab).or_default();
        page.suspended = suspended;
        let waiting = std::mem::take(&mut page.on_change);
        drop(pages);
        for each in waiting {
            // The receiver may be gone.
            let _ = each.send(());
        }
    }

    /// The tab is gone: it says and hears nothing, and holds no lock.
    pub(crate) fn kill(&self, tab: TabId) {
        self.members.borrow_mut().retain(|_, member| member.tab != tab);
        self.locks.kill(tab);
    }

    fn say(self: &Rc<Self>, sender: u64, message: String) {
        let delay = self.chance.between(self.delay.0, self.delay.1);
        let now = self.clock.now();
        let mut members = self.members.borrow_mut();
        let Some(member) = members.get_mut(&sender) else { return };
        let arrival = (now + delay).max(member.last_arrival);
        member.last_arrival = arrival;
        let (group, build) = (member.group.clone(), member.build);
        let others: Vec<u64> = members
            .iter()
            .filter(|(id, member)| **id != sender && member.group == group)
            .map(|(id, _)| *id)
            .collect();
        drop(members);
        let browser = Rc::clone(self);
        self.clock.after(arrival - now, move || {
            let members = browser.members.borrow();
            for member in others.iter().filter_map(|id| members.get(id)) {
                let Some(stream) = &member.stream else { continue };
                let heard = if member.build == build {
                    message.clone()
                } else {
                    translate::message(&message)
                };
                // Who has stopped to listen misses it.
                drop(stream.unbounded_send(heard));
            }
        });
    }

    /// Resolves when the tab was told that it is, or is not, suspended.
    async fn until(self: Rc<Self>, tab: TabId, suspended: bool) {
        loop {
            let changed = {
                let mut pages = self.pages.borrow_mut();
                let page = pages.entry(tab).or_default();
                if page.suspended == suspended {
                    return;
                }
                let (sender, receiver) = oneshot::channel();
                page.on_change.push(sender);
                receiver
            };
            if changed.await.is_err() {
                return;
            }
        }
    }
}

/// The way of one tab to the others.
pub struct TabPeers {
    browser: Rc<Browser>,
    tab: TabId,
    available: bool,
    build: u32,
}

impl TabPeers {
    /// The way of `tab`; not `available`, its browser has no such means.
    #[must_use]
    pub fn new(browser: Rc<Browser>, tab: TabId, available: bool) -> Self {
        Self { browser, tab, available, build: 0 }
    }

    /// The same for a tab that runs another build.
    #[must_use]
    pub fn of_build(self, build: u32) -> Self {
        Self { build, ..self }
    }
}

impl Peers for TabPeers {
    fn join(&self, group: &str) -> Option<Box<dyn Member>> {
        if !self.available {
            return None;
        }
        let id = self.browser.joined.get();
        self.browser.joined.set(id + 1);
        let group = translate::group(group, self.build);
        let listener = Listener {
            tab: self.tab,
            build: self.build,
            group: group.clone(),
            last_arrival: 0,
            stream: None,
        };
        self.browser.members.borrow_mut().insert(id, listener);
        let browser = Rc::clone(&self.browser);
        Some(Box::new(TabMember { browser, tab: self.tab, group, id }))
    }

    fn suspended(&self) -> LocalBoxFuture<'static, ()> {
        Rc::clone(&self.browser).until(self.tab, true).boxed_local()
    }

    fn running(&self) -> LocalBoxFuture<'static, ()> {
        Rc::clone(&self.browser).until(self.tab, false).boxed_local()
    }
}

struct TabMember {
    browser: Rc<Browser>,
    tab: TabId,
    group: String,
    id: u64,
}

impl Member for TabMember {
    fn say(&self, message: String) {
        self.browser.say(self.id, message);
    }

    fn hear(&self) -> LocalBoxStream<'static, String> {
        let (sender, receiver) = mpsc::unbounded();
        if let Some(member) = self.browser.members.borrow_mut().get_mut(&self.id) {
            member.stream = Some(sender);
        }
        receiver.boxed_local()
    }

    fn lock(&self, name: &str, steal: bool) -> LocalBoxFuture<'static, Option<Box<dyn Lock>>> {
        let name = (self.group.clone(), name.to_owned());
        let granted = self.browser.locks.request(self.tab, name, steal);
        async move { granted.await.ok().map(|held| Box::new(held) as Box<dyn Lock>) }.boxed_local()
    }
}

impl Drop for TabMember {
    fn drop(&mut self) {
        self.browser.members.borrow_mut().remove(&self.id);
    }
}
