//! Time that passes only when nothing else can happen.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use backoffice_client::{LocalBoxFuture, Millis, Runtime};
use futures_util::FutureExt as _;

#[derive(Default)]
struct Timers {
    now: Cell<Millis>,
    /// By time, and in the order in which they were set.
    waiting: RefCell<BTreeMap<(Millis, u64), Waker>>,
    set: Cell<u64>,
}

/// A clock that jumps from timer to timer.
#[derive(Clone, Default)]
pub(super) struct Clock(Rc<Timers>);

struct Bell(AtomicBool);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Clock {
    pub(super) fn new(now: Millis) -> Self {
        let clock = Self::default();
        clock.0.now.set(now);
        clock
    }

    /// Runs a future to its end; `None` if it waits for something that time does not bring.
    pub(super) fn run<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        let bell = Arc::new(Bell(AtomicBool::new(true)));
        let waker = Waker::from(Arc::clone(&bell));
        let mut cx = Context::from_waker(&waker);
        let mut future = pin!(future);
        loop {
            while bell.0.swap(false, Ordering::Relaxed) {
                if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                    return Some(value);
                }
            }
            let ((at, _), waker) = self.0.waiting.borrow_mut().pop_first()?;
            self.0.now.set(self.0.now.get().max(at));
            waker.wake();
        }
    }
}

impl Runtime for Clock {
    fn now(&self) -> Millis {
        self.0.now.get()
    }

    fn sleep(&self, ms: Millis) -> LocalBoxFuture<'static, ()> {
        let timers = Rc::clone(&self.0);
        let number = timers.set.get();
        timers.set.set(number + 1);
        let at = timers.now.get().saturating_add(ms);
        let timer = Timer { timers, key: (at, number) };
        poll_fn(move |cx| timer.poll(cx)).boxed_local()
    }

    /// Always in the middle, so that runs are repeatable.
    fn random(&self) -> f64 {
        0.5
    }
}

/// A timer, which ends when the future that waits for it is dropped.
struct Timer {
    timers: Rc<Timers>,
    key: (Millis, u64),
}

impl Timer {
    fn poll(&self, cx: &mut Context<'_>) -> Poll<()> {
        if self.timers.now.get() >= self.key.0 {
            return Poll::Ready(());
        }
        self.timers.waiting.borrow_mut().insert(self.key, cx.waker().clone());
        Poll::Pending
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.timers.waiting.borrow_mut().remove(&self.key);
    }
}
