//! Reading from the API in a component.

use backoffice_client::{CallError, Millis, Priority};
use backoffice_contract::Operation;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::cache::{QueryState, Slot};
use super::context::{Api, use_api};
use super::runtime;

/// An answer younger than this is shown again without asking, in milliseconds.
const FRESH: Millis = 30_000;

/// A read that a component shows. It keeps the last answer while it reads again.
pub struct Query<T: Send + Sync + 'static> {
    slot: RwSignal<Option<Slot<T>>, LocalStorage>,
    read: Callback<Priority>,
}

impl<T: Send + Sync + 'static> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Query<T> {}

impl<T: Clone + Send + Sync + 'static> Query<T> {
    fn with<R>(self, read: impl FnOnce(&QueryState<T>) -> R) -> Option<R> {
        self.slot.with(|slot| slot.as_ref().map(|slot| slot.state.with(read)))
    }

    /// The last answer.
    #[must_use]
    pub fn data(self) -> Option<T> {
        self.with(|state| state.data.clone()).flatten()
    }

    /// Why the last attempt failed, until one succeeds.
    #[must_use]
    pub fn error(self) -> Option<CallError> {
        self.with(|state| state.error.clone()).flatten()
    }

    /// Whether it is being read now.
    #[must_use]
    pub fn loading(self) -> bool {
        self.with(|state| state.loading).unwrap_or(true)
    }

    /// When the last answer came, in epoch milliseconds.
    #[must_use]
    pub fn fetched_at(self) -> Option<Millis> {
        self.with(|state| state.fetched_at).flatten()
    }

    /// Reads again because the user asks for it; costs one request.
    pub fn refresh(self) {
        // Whoever asks may outlive the page that reads.
        let _ = self.read.try_run(Priority::Interactive);
    }

    /// Reads again on the page's own account.
    pub(super) fn refresh_in_background(self) {
        let _ = self.read.try_run(Priority::Background);
    }
}

/// Reads with the operation that `make` answers, again whenever the signals in it
/// change and whenever a write has made the answer stale. With `None` it waits.
pub fn use_query<O>(make: impl Fn() -> Option<O> + Send + Sync + 'static) -> Query<O::Response>
where
    O: Operation,
    O::Response: Clone + Send + Sync,
{
    let api = use_api();
    let slot = RwSignal::new_local(None::<Slot<O::Response>>);
    let make = StoredValue::new(make);
    Effect::new(move |_| {
        let Some(operation) = make.with_value(|make| make()) else {
            slot.set(None);
            return;
        };
        let current = api.slot::<O>(&operation);
        let generation = current.generation.get();
        slot.set(Some(current.clone()));
        let needed = current.state.with_untracked(|state| {
            let old = state.fetched_at.is_none_or(|at| at + FRESH < runtime::now());
            !state.loading && (old || state.generation != Some(generation))
        });
        if needed {
            fetch(api, operation, current, Priority::Interactive);
        }
    });
    let read = Callback::new(move |priority| {
        let operation = untrack(|| make.try_with_value(|make| make())).flatten();
        let current = slot.try_get_untracked().flatten();
        if let (Some(operation), Some(current)) = (operation, current)
            && !current.state.with_untracked(|state| state.loading)
        {
            fetch(api, operation, current, priority);
        }
    });
    Query { slot, read }
}

fn fetch<O>(api: Api, operation: O, slot: Slot<O::Response>, priority: Priority)
where
    O: Operation,
    O::Response: Clone + Send + Sync,
{
    slot.state.update(|state| state.loading = true);
    spawn_local(async move {
        loop {
            let generation = slot.generation.get_untracked();
            let answer = api.client().call(operation.clone(), priority).await;
            let stale = slot.generation.get_untracked() != generation;
            slot.state.update(|state| {
                state.loading = stale;
                state.generation = Some(generation);
                match answer {
                    Ok(data) => {
                        state.data = Some(data);
                        state.error = None;
                        state.fetched_at = Some(runtime::now());
                    }
                    Err(error) => state.error = Some(error),
                }
            });
            // A write came in between: what was read may be from before it.
            if !stale {
                break;
            }
        }
    });
}
