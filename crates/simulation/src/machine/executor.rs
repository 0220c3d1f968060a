//! Runs the tasks of the tabs, which can be frozen and killed.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use backoffice_client::LocalBoxFuture;
use futures_util::FutureExt as _;

/// Names a tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TabId(pub u32);

/// The result of something that was spawned.
pub struct Task<T>(Rc<RefCell<Option<T>>>);

impl<T> Task<T> {
    /// Whether it has ended and its result was not taken yet.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// The result, once.
    #[must_use]
    pub fn take(&self) -> Option<T> {
        self.0.borrow_mut().take()
    }
}

/// The tasks that can go on, in the order in which they were woken.
#[derive(Default)]
struct Ready(Mutex<VecDeque<u64>>);

impl Ready {
    fn push(&self, id: u64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_back(id);
    }

    fn pop(&self) -> Option<u64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }
}

struct Bell {
    id: u64,
    rung: AtomicBool,
    ready: Arc<Ready>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.rung.swap(true, Ordering::Relaxed) {
            self.ready.push(self.id);
        }
    }
}

struct Slot {
    tab: Option<TabId>,
    bell: Arc<Bell>,
    /// `None` while it is being polled.
    future: Option<LocalBoxFuture<'static, ()>>,
}

/// Polls what was woken, one after the other.
#[derive(Default)]
pub struct Executor {
    ready: Arc<Ready>,
    slots: RefCell<BTreeMap<u64, Slot>>,
    spawned: Cell<u64>,
    /// The frozen tabs, with those of their tasks that were woken meanwhile.
    frozen: RefCell<BTreeMap<TabId, Vec<u64>>>,
}

impl Executor {
    /// Starts a task of a tab, or one that belongs to none.
    pub fn spawn<T: 'static>(
        &self,
        tab: Option<TabId>,
        future: impl Future<Output = T> + 'static,
    ) -> Task<T> {
        let result = Rc::new(RefCell::new(None));
        let slot = Rc::clone(&result);
        let future = async move {
            let value = future.await;
            *slot.borrow_mut() = Some(value);
        };
        let id = self.spawned.get();
        self.spawned.set(id + 1);
        let bell =
            Arc::new(Bell { id, rung: AtomicBool::new(true), ready: Arc::clone(&self.ready) });
        let future = Some(future.boxed_local());
        self.slots.borrow_mut().insert(id, Slot { tab, bell, future });
        self.ready.push(id);
        Task(result)
    }

    /// Polls until no task can go on without time passing.
    pub fn settle(&self) {
        while let Some(id) = self.ready.pop() {
            self.poll(id);
        }
    }

    fn poll(&self, id: u64) {
        let (bell, future) = {
            let mut slots = self.slots.borrow_mut();
            let Some(slot) = slots.get_mut(&id) else { return };
            let mut frozen = self.frozen.borrow_mut();
            if let Some(woken) = slot.tab.and_then(|tab| frozen.get_mut(&tab)) {
                woken.push(id);
                return;
            }
            slot.bell.rung.store(false, Ordering::Relaxed);
            (Arc::clone(&slot.bell), slot.future.take())
        };
        let Some(mut future) = future else { return };
        let waker = Waker::from(bell);
        let over = future.poll_unpin(&mut Context::from_waker(&waker)) == Poll::Ready(());
        let mut slots = self.slots.borrow_mut();
        if over {
            slots.remove(&id);
        } else if let Some(slot) = slots.get_mut(&id) {
            slot.future = Some(future);
            return;
        }
        // What is dropped with it may spawn or wake.
        drop(slots);
        drop(future);
    }

    /// No task of the tab goes on until [`Self::thaw`].
    pub fn freeze(&self, tab: TabId) {
        self.frozen.borrow_mut().entry(tab).or_default();
    }

    /// The tasks of the tab go on with what happened meanwhile.
    pub fn thaw(&self, tab: TabId) {
        for id in self.frozen.borrow_mut().remove(&tab).unwrap_or_default() {
            self.ready.push(id);
        }
    }

    /// Drops the tasks of the tab.
    pub fn kill(&self, tab: TabId) {
        self.frozen.borrow_mut().remove(&tab);
        let mut slots = self.slots.borrow_mut();
        let killed = slots.extract_if(.., |_, slot| slot.tab == Some(tab)).collect::<Vec<_>>();
        drop(slots);
        drop(killed);
    }
}
