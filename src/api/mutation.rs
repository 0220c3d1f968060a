//! Writing to the API from a component.

use backoffice_client::{CallError, Priority};
use backoffice_contract::Operation;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::{Api, use_api};
use super::invalidate::stale_after;

/// A write that a component offers: whether it is under way, and how it failed.
#[derive(Clone, Copy)]
pub struct Mutation {
    api: Api,
    /// Whether it is under way.
    pub pending: RwSignal<bool>,
    /// How the last attempt failed.
    pub error: RwSignal<Option<CallError>>,
}

/// Prepares a write; [`Mutation::run`] makes it.
#[must_use]
pub fn use_mutation() -> Mutation {
    Mutation { api: use_api(), pending: RwSignal::new(false), error: RwSignal::new(None) }
}

impl Mutation {
    /// Makes the call, marks what it makes stale, then hands the answer to `done`
    /// if the component is still there. A second call while one is under way is
    /// not made: it would be the same button pressed twice.
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
            return;
        }
        self.pending.set(true);
        self.error.set(None);
        spawn_local(async move {
            let answer = self.api.client().call(operation, Priority::Interactive).await;
            if answer.is_err() {
                undo();
            }
            // A failure may have come after the fact, so it makes things stale too.
            self.api.invalidate(stale_after(O::ENDPOINT.id));
            if self.pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(answer) => done(answer),
                Err(error) => self.error.set(Some(error)),
            }
        });
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
