//! Reading from the API in a component.

use std::pin::Pin;

use backoffice_client::{CallError, Millis, Priority};
use backoffice_contract::Operation;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::cache::{Progress, Slot};
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
    /// The last answer.
    #[must_use]
    pub fn data(self) -> Option<T> {
        self.with_data(T::clone)
    }

    /// What `read` makes of the last answer, without a copy of it.
    pub fn with_data<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.slot.with(|slot| slot.as_ref()?.data.with(|data| data.as_ref().map(read)))
    }

    fn with_progress<R>(self, read: impl FnOnce(&Progress) -> R) -> Option<R> {
        self.slot.with(|slot| slot.as_ref().map(|slot| slot.progress.with(read)))
    }

    /// Why the last attempt failed, until one succeeds.
    #[must_use]
    pub fn error(self) -> Option<CallError> {
        self.with_progress(|progress| progress.error.clone()).flatten()
    }

    /// Whether it is being read now.
    #[must_use]
    pub fn loading(self) -> bool {
        self.with_progress(|progress| progress.loading).unwrap_or(true)
    }

    /// When the last answer came, in epoch milliseconds.
    #[must_use]
    pub fn fetched_at(self) -> Option<Millis> {
        self.with_progress(|progress| progress.fetched_at).flatten()
    }

    /// Shows what a write is about to make of the answer before the API has said so.
    /// What comes back undoes it, for when the write fails.
    #[must_use]
    pub fn assume(self, change: impl FnOnce(&mut T)) -> Option<Assumed<T>> {
        let data = self.slot.with_untracked(|slot| slot.as_ref().map(|slot| slot.data.clone()))?;
        let before = data.get_untracked()?;
        data.update(|data| {
            if let Some(data) = data {
                change(data);
            }
        });
        Some(Assumed { data, before })
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

/// An answer that is shown ahead of its time.
pub struct Assumed<T: 'static> {
    data: ArcRwSignal<Option<T>>,
    before: T,
}

impl<T: Send + Sync + 'static> Assumed<T> {
    /// Shows the answer as it was.
    pub fn take_back(self) {
        self.data.set(Some(self.before));
    }
}

/// Reads with the operation that `make` answers, again whenever the signals in it
/// change and whenever a write has made the answer stale. With `None` it waits.
pub fn use_query<O>(make: impl Fn() -> Option<O> + Send + Sync + 'static) -> Query<O::Response>
where
    O: Operation,
    O::Response: Clone + Send + Sync,
{
    use_query_within(FRESH, make)
}

/// As [`use_query`], content with an answer that is up to `age` milliseconds old.
pub fn use_query_within<O>(
    age: Millis,
    make: impl Fn() -> Option<O> + Send + Sync + 'static,
) -> Query<O::Response>
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
        let needed = current.progress.with_untracked(|progress| {
            let old = progress.fetched_at.is_none_or(|at| at + age < runtime::now());
            !progress.loading && (old || progress.generation != Some(generation))
        });
        if needed {
            fetch(api, operation, current, Priority::Interactive);
        }
    });
    let read = Callback::new(move |priority| {
        let operation = untrack(|| make.try_with_value(|make| make())).flatten();
        let current = slot.try_get_untracked().flatten();
        if let (Some(operation), Some(current)) = (operation, current)
            && !current.progress.with_untracked(|progress| progress.loading)
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
    let Slot { data, progress, generation } = slot;
    let call = move || -> Attempt {
        let operation = operation.clone();
        let data = data.clone();
        Box::pin(async move {
            let answer = api.client().call(operation, priority).await?;
            data.set(Some(answer));
            Ok(())
        })
    };
    progress.update(|progress| progress.loading = true);
    spawn_local(read_until_fresh(Box::new(call), progress, generation));
}

type Attempt = Pin<Box<dyn Future<Output = Result<(), CallError>>>>;

/// Reads again as long as a write came in between: what was read may be from before it.
async fn read_until_fresh(
    call: Box<dyn Fn() -> Attempt>,
    progress: ArcRwSignal<Progress>,
    generation: ArcRwSignal<u32>,
) {
    let mut stale = true;
    while stale {
        let before = generation.get_untracked();
        let answer = call().await;
        stale = generation.get_untracked() != before;
        progress.update(|progress| {
            progress.loading = stale;
            progress.generation = Some(before);
            match answer {
                Ok(()) => {
                    progress.error = None;
                    progress.fetched_at = Some(runtime::now());
                }
                Err(error) => progress.error = Some(error),
            }
        });
    }
}
