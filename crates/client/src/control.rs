//! What the user can do to a call that is under way, and how such a call waits.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::{Context, Poll, Waker};

use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;

use crate::error::CallError;
use crate::runtime::{Millis, Runtime};

/// What the user said to a call that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nudge {
    /// Do not wait.
    Now,
    /// Wait, however long it takes.
    Agree,
}

/// What a waiting call does next.
pub(crate) enum Verdict {
    /// The wait is over.
    Go,
    /// Look again then, or when woken.
    Until(Millis),
    /// Look again when woken.
    Wake,
}

/// The reins of one call.
#[derive(Default)]
pub(crate) struct Control {
    end: RefCell<Option<CallError>>,
    nudge: Cell<Option<Nudge>>,
    waker: RefCell<Option<Waker>>,
}

impl Control {
    /// Ends the call with `error`, wherever it is.
    pub(crate) fn end(&self, error: CallError) {
        self.end.borrow_mut().get_or_insert(error);
        self.wake();
    }

    /// Tells a waiting call something; a call that does not wait does not hear it.
    pub(crate) fn nudge(&self, nudge: Nudge) {
        self.nudge.set(Some(nudge));
        self.wake();
    }

    /// Makes a waiting call look again.
    pub(crate) fn wake(&self) {
        let waker = self.waker.borrow().clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Ready once the call shall end.
    pub(crate) fn poll_ended(&self, cx: &Context<'_>) -> Poll<CallError> {
        self.watch(cx);
        match &*self.end.borrow() {
            Some(error) => Poll::Ready(error.clone()),
            None => Poll::Pending,
        }
    }

    fn watch(&self, cx: &Context<'_>) {
        let mut waker = self.waker.borrow_mut();
        match &mut *waker {
            Some(waker) => waker.clone_from(cx.waker()),
            none => *none = Some(cx.waker().clone()),
        }
    }

    /// Waits until `check` says to go. It is asked at once, when the call is woken,
    /// and when the moment that it named last has come.
    pub(crate) async fn wait(
        &self,
        runtime: &dyn Runtime,
        check: &mut dyn FnMut(Option<Nudge>, Millis) -> Verdict,
    ) {
        let mut timer: Option<(Millis, LocalBoxFuture<'static, ()>)> = None;
        // What was said before this wait was not about it.
        self.nudge.set(None);
        poll_fn(|cx| {
            self.watch(cx);
            loop {
                let now = runtime.now();
                match check(self.nudge.take(), now) {
                    Verdict::Go => return Poll::Ready(()),
                    Verdict::Wake => {
                        timer = None;
                        return Poll::Pending;
                    }
                    Verdict::Until(until) => {
                        let armed = timer.take().filter(|(at, _)| *at == until);
                        let (_, sleep) =
                            timer.insert(armed.unwrap_or_else(|| {
                                (until, runtime.sleep(until.saturating_sub(now)))
                            }));
                        if sleep.poll_unpin(cx).is_pending() {
                            return Poll::Pending;
                        }
                        timer = None;
                    }
                }
            }
        })
        .await;
    }
}
