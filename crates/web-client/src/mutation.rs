//! Writing to the API from a component.

use backoffice_client::{CallError, EntryId, Held, Priority, Stage};
use backoffice_contract::Operation;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::context::{Api, use_api};
use crate::read::invalidate::stale_after;

/// A write that a component offers: whether it is in progress, at which stage, and how it
/// failed.
#[derive(Clone, Copy)]
pub struct Mutation {
    api: Api,
    /// The journal entry of the call in progress.
    entry: RwSignal<Option<EntryId>>,
    /// Whether it is in progress.
    pub pending: RwSignal<bool>,
    /// How the last attempt failed.
    pub error: RwSignal<Option<CallError>>,
}

/// Prepares a write; [`Mutation::run`] makes it.
#[must_use]
pub fn use_mutation() -> Mutation {
    Mutation {
        api: use_api(),
        entry: RwSignal::new(None),
        pending: RwSignal::new(false),
        error: RwSignal::new(None),
    }
}

impl Mutation {
    /// Makes the call, marks the reads that it makes stale, then passes the answer to
    /// `done` if the component still exists. Running it again while a call is in progress
    /// makes no second call, because the user pressed the same button twice; if the first
    /// call asks for consent, it gives it.
    pub fn run<O: Operation>(self, operation: O, done: impl FnOnce(O::Response) + 'static) {
        self.run_or(operation, done, || ());
    }

    /// As [`Mutation::run`]. On failure, also runs `undo` to revert what was shown before
    /// the answer came, even if the component no longer exists.
    pub fn run_or<O: Operation>(
        self,
        operation: O,
        done: impl FnOnce(O::Response) + 'static,
        undo: impl FnOnce() + 'static,
    ) {
        if self.pending.get_untracked() {
            self.consent();
            return;
        }
        self.pending.set(true);
        self.error.set(None);
        spawn_local(async move {
            let answer = self.call(operation).await;
            if answer.is_err() {
                undo();
            }
            // A failed write may still have been done, so it makes reads stale, too, unless
            // nothing was sent.
            if !matches!(answer, Err(CallError::Cancelled | CallError::Offline(_))) {
                self.api.invalidate(stale_after(O::ENDPOINT.id));
            }
            if self.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(answer) => done(answer),
                Err(error) => self.error.set(Some(error)),
            }
        });
    }

    /// Makes one of several related calls; the caller handles its outcome.
    ///
    /// # Errors
    /// As the API says.
    pub async fn call<O: Operation>(self, operation: O) -> Result<O::Response, CallError> {
        let (id, answer) = self.api.client().start(operation, Priority::Interactive);
        // The component may be removed before the call ends.
        let _ = self.entry.try_set(Some(id));
        let answer = answer.await;
        let _ = self.entry.try_set(None);
        answer
    }

    /// The stage of the call; `None` while none is in progress. Reactive.
    #[must_use]
    pub fn stage(self) -> Option<Stage> {
        self.api.entry(self.entry.get()?).map(|entry| entry.stage())
    }

    /// Whether the call waits for the user's consent before it is sent; reactive.
    #[must_use]
    pub fn asks(self) -> bool {
        matches!(self.stage(), Some(Stage::Held(Held { asks: true, .. })))
    }

    /// Cancels the call if it has not been sent. Returns true if it did.
    pub fn take_back(self) -> bool {
        self.under_way().is_some_and(|id| self.api.client().take_back(id))
    }

    /// Sends the call now, unless it waits for a sign-in.
    pub fn send_now(self) {
        if let Some(id) = self.under_way() {
            self.api.retry_now(id);
        }
    }

    /// Gives the user's consent, if the call asks for it.
    pub fn consent(self) {
        if let Some(id) = self.under_way()
            && untrack(|| self.asks())
        {
            self.api.consent(id);
        }
    }

    /// The entry; `None`, too, if the component no longer exists.
    fn under_way(self) -> Option<EntryId> {
        self.entry.try_get_untracked().flatten()
    }

    /// The error of a field, in words; reactive.
    #[must_use]
    pub fn field_error(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.error.with(|error| error.as_ref()?.field(field)))
    }

    /// The error, unless all of it belongs to the given fields, which show it themselves;
    /// reactive.
    #[must_use]
    pub fn general_error(self, fields: &'static [&'static str]) -> Signal<Option<CallError>> {
        Signal::derive(move || self.error.get().filter(|error| !error.only_about(fields)))
    }
}
