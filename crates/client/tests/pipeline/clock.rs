//! A clock that is moved by hand, and chance that is no chance.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use backoffice_client::{LocalBoxFuture, Millis, Runtime};
use futures_channel::oneshot;
use futures_util::FutureExt as _;

pub(crate) const START: Millis = 1_795_513_420_000;

/// A clock that is moved by hand.
#[derive(Default)]
pub(crate) struct Clock {
    pub(crate) now: Cell<Millis>,
    pub(crate) timers: RefCell<BTreeMap<(Millis, u64), oneshot::Sender<()>>>,
    next: Cell<u64>,
    pub(crate) state: Cell<u64>,
    /// What chance says, when the test wants to know.
    pub(crate) fixed: Cell<Option<f64>>,
}

impl Runtime for Clock {
    fn now(&self) -> Millis {
        self.now.get()
    }

    fn sleep(&self, ms: Millis) -> LocalBoxFuture<'static, ()> {
        let (sender, receiver) = oneshot::channel();
        self.next.set(self.next.get() + 1);
        self.timers.borrow_mut().insert((self.now.get() + ms, self.next.get()), sender);
        receiver.map(|_| ()).boxed_local()
    }

    fn random(&self) -> f64 {
        let state = self.state.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        self.state.set(state);
        self.fixed.get().unwrap_or((state >> 11) as f64 / (1_u64 << 53) as f64)
    }
}
