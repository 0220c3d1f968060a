//! Writing to the API from a component.

use backoffice_client::{CallError, EntryId, Held, Priority, Stage};
use backoffice_contract::Operation;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::{Api, use_api};
use super::invalidate::stale_after;

/// A write that a component offers: whether it is under way, how far it has come, and how it
/// failed.
#[derive(Clone, Copy)]
pub struct Mutation {
    api: Api,
    /// The entry of the call that is under way.
    entry: RwSignal<Option<EntryId>>,
    /// Whether it is under way.
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
    /// Makes the call, marks what it makes stale, then hands the answer to `done`
    /// if the component is still there. A second call while one is under way is
    /// not made: it would be the same button pressed twice. It is the user's consent where
    /// the first one asks for that.
    pub fn run<O: Operation>(self, operation: O, done: impl FnOnce(O::Response) + 'static) {
        self.run_or(operation, done, || ());
    }

    /// As [`Mutation::run`]; a failure runs `undo`, also when the component is gone, to
    /// take back what was shown ahead of the answer.
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
            // A failure may have come after the fact, so it makes things stale too, unless
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

    /// Makes one of several calls that belong together, whose outcome the caller keeps.
    ///
    /// # Errors
    /// As the API says.
    pub async fn call<O: Operation>(self, operation: O) -> Result<O::Response, CallError> {
        let (id, answer) = self.api.client().start(operation, Priority::Interactive);
        // The component may go while the call goes on.
        let _ = self.entry.try_set(Some(id));
        let answer = answer.await;
        let _ = self.entry.try_set(None);
        answer
    }

    /// How far the call has come; `None` while none is under way. Reactive.
    #[must_use]
    pub fn stage(self) -> Option<Stage> {
        self.api.entry(self.entry.get()?).map(|entry| entry.stage())
    }

    /// Whether the call waits for the user's word before it leaves; reactive.
    #[must_use]
    pub fn asks(self) -> bool {
        matches!(self.stage(), Some(Stage::Held(Held { asks: true, .. })))
    }

    /// Takes the call back if it has not left. Returns true if it did.
    pub fn take_back(self) -> bool {
        self.under_way().is_some_and(|id| self.api.client().take_back(id))
    }

    /// Sends the call now, whatever it waits for but a sign-in.
    pub fn send_now(self) {
        if let Some(id) = self.under_way() {
            self.api.retry_now(id);
        }
    }

    /// Says that the call is still wanted, if it asks.
    pub fn consent(self) {
        if let Some(id) = self.under_way()
            && untrack(|| self.asks())
        {
            self.api.consent(id);
        }
    }

    /// The component may be gone.
    fn under_way(self) -> Option<EntryId> {
        self.entry.try_get_untracked().flatten()
    }

    /// What is wrong with a field, in words; reactive.
    #[must_use]
    pub fn field_error(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.error.with(|error| error.as_ref()?.field(field)))
    }

    /// The error, unless all of it belongs to the named fields, which show it
    /// themselves; reactive.
    #[must_use]
    pub fn general_error(self, fields: &'static [&'static str]) -> Signal<Option<CallError>> {
        Signal::derive(move || self.error.get().filter(|error| !error.only_about(fields)))
    }
}
