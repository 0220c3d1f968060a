//! What the user can do to a call that is under way.

use std::cell::{Cell, RefCell};
use std::task::{Context, Poll, Waker};

use crate::error::CallError;

/// What the user says to a call that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Command {
    /// Do not wait.
    RetryNow,
    /// Go on, however long it takes.
    Consent,
}

/// Cancels, commands and wakes one call.
#[derive(Default)]
pub(crate) struct Control {
    end: RefCell<Option<CallError>>,
    command: Cell<Option<Command>>,
    waker: RefCell<Option<Waker>>,
}

impl Control {
    /// Ends the call with `error`, wherever it is.
    pub(crate) fn end(&self, error: CallError) {
        self.end.borrow_mut().get_or_insert(error);
        self.wake();
    }

    /// Commands a waiting call; a call that does not wait ignores it.
    pub(crate) fn command(&self, command: Command) {
        self.command.set(Some(command));
        self.wake();
    }

    /// What was commanded since the last time.
    pub(crate) fn take_command(&self) -> Option<Command> {
        self.command.take()
    }

    /// Makes a waiting call look again.
    pub(crate) fn wake(&self) {
        let waker = self.waker.borrow().clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Ready once the call has to end.
    pub(crate) fn poll_ended(&self, cx: &Context<'_>) -> Poll<CallError> {
        self.watch(cx);
        match &*self.end.borrow() {
            Some(error) => Poll::Ready(error.clone()),
            None => Poll::Pending,
        }
    }

    /// Wakes this task from now on.
    pub(crate) fn watch(&self, cx: &Context<'_>) {
        let mut waker = self.waker.borrow_mut();
        match &mut *waker {
            Some(waker) => waker.clone_from(cx.waker()),
            none => *none = Some(cx.waker().clone()),
        }
    }
}
