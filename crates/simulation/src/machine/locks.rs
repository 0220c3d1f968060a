//! Locks among the tabs of one browser, as Web Locks have them: first come, first
//! served, with stealing, and gone with the tab.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use backoffice_client::{LocalBoxFuture, Lock, Millis};
use futures_channel::oneshot;
use futures_util::FutureExt as _;
use futures_util::future::Shared;

use crate::machine::chance::Chance;
use crate::machine::clock::Clock;
use crate::machine::executor::TabId;

/// A lock, by its group and its name in there.
pub(crate) type Name = (String, String);

struct Holder {
    id: u64,
    tab: TabId,
    lost: oneshot::Sender<()>,
}

struct Waiter {
    tab: TabId,
    grant: oneshot::Sender<Held>,
}

#[derive(Default)]
struct Queue {
    holder: Option<Holder>,
    waiting: VecDeque<Waiter>,
}

/// Who holds which lock, and who waits for it.
pub(crate) struct Locks {
    clock: Rc<Clock>,
    chance: Chance,
    /// How long it takes to hear that a lock was granted, from and to.
    delay: (Millis, Millis),
    queues: RefCell<BTreeMap<Name, Queue>>,
    granted: Cell<u64>,
    stolen: Cell<u32>,
}

impl Locks {
    pub(crate) fn new(clock: Rc<Clock>, chance: Chance, delay: (Millis, Millis)) -> Self {
        Self {
            clock,
            chance,
            delay,
            queues: RefCell::default(),
            granted: Cell::new(0),
            stolen: Cell::new(0),
        }
    }

    /// Queues up for a lock, or takes it from its holder.
    pub(crate) fn request(
        self: &Rc<Self>,
        tab: TabId,
        name: Name,
        steal: bool,
    ) -> oneshot::Receiver<Held> {
        let (grant, granted) = oneshot::channel();
        let robbed = {
            let mut queues = self.queues.borrow_mut();
            let queue = queues.entry(name.clone()).or_default();
            if steal {
                queue.waiting.push_front(Waiter { tab, grant });
                queue.holder.take()
            } else {
                queue.waiting.push_back(Waiter { tab, grant });
                None
            }
        };
        if let Some(robbed) = robbed {
            self.stolen.set(self.stolen.get() + 1);
            // The holder may not watch it.
            let _ = robbed.lost.send(());
        }
        self.advance(&name);
        granted
    }

    /// Grants a free lock to the first in the queue.
    fn advance(self: &Rc<Self>, name: &Name) {
        let mut queues = self.queues.borrow_mut();
        let Some(queue) = queues.get_mut(name) else { return };
        while queue.holder.is_none()
            && let Some(Waiter { tab, grant }) = queue.waiting.pop_front()
        {
            if grant.is_canceled() {
                continue;
            }
            let id = self.granted.get();
            self.granted.set(id + 1);
            let (lost, was_lost) = oneshot::channel();
            queue.holder = Some(Holder { id, tab, lost });
            let (locks, name) = (Rc::clone(self), name.clone());
            let held = Held { locks, name, id, lost: was_lost.shared() };
            let delay = self.chance.between(self.delay.0, self.delay.1);
            // Given up meanwhile, it comes back and is released.
            self.clock.after(delay, move || drop(grant.send(held)));
        }
    }

    fn release(self: &Rc<Self>, name: &Name, id: u64) {
        let released = {
            let mut queues = self.queues.borrow_mut();
            queues
                .get_mut(name)
                .and_then(|queue| queue.holder.take_if(|holder| holder.id == id))
                .is_some()
        };
        if released {
            self.advance(name);
        }
    }

    /// The tab is gone, and with it what it held and waited for.
    pub(crate) fn kill(self: &Rc<Self>, tab: TabId) {
        let names: Vec<Name> = {
            let mut queues = self.queues.borrow_mut();
            for queue in queues.values_mut() {
                queue.holder.take_if(|holder| holder.tab == tab);
                queue.waiting.retain(|waiter| waiter.tab != tab);
            }
            queues.keys().cloned().collect()
        };
        for name in &names {
            self.advance(name);
        }
    }

    /// How often a lock was taken from somebody who had it.
    pub(crate) fn stolen(&self) -> u32 {
        self.stolen.get()
    }

    /// Who holds a lock of this name, in any group.
    pub(crate) fn holder(&self, name: &str) -> Option<TabId> {
        let queues = self.queues.borrow();
        let mut held = queues.iter().filter(|((_, each), _)| each == name);
        held.find_map(|(_, queue)| queue.holder.as_ref().map(|holder| holder.tab))
    }

    /// Every lock that is held, by name, with its holder.
    pub(crate) fn holders(&self) -> Vec<(String, TabId)> {
        let queues = self.queues.borrow();
        let held = queues.iter().filter_map(|((_, name), queue)| {
            queue.holder.as_ref().map(|holder| (name.clone(), holder.tab))
        });
        held.collect()
    }
}

/// A lock that somebody holds.
pub(crate) struct Held {
    locks: Rc<Locks>,
    name: Name,
    id: u64,
    lost: Shared<oneshot::Receiver<()>>,
}

impl Lock for Held {
    fn lost(&self) -> LocalBoxFuture<'static, ()> {
        let lost = self.lost.clone();
        async move {
            if lost.await.is_err() {
                // Released, it cannot be lost any more.
                std::future::pending::<()>().await;
            }
        }
        .boxed_local()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.locks.release(&self.name, self.id);
    }
}
