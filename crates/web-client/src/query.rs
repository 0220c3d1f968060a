//! Reading from the API in a component.

use std::rc::Rc;

use backoffice_client::{CallError, LocalBoxFuture, Millis, Priority};
use backoffice_contract::Operation;
use futures_channel::oneshot;
use futures_util::FutureExt as _;
use futures_util::future::{Either, abortable, select};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::cache::{Progress, Reading, Slot, Target};
use super::context::{Api, use_api};
use super::query_rules::{InFlight, Step, Wish, give_up_when_left, step};
use super::runtime;

/// An answer younger than this is shown again without asking, in milliseconds.
const FRESH: Millis = 30_000;

/// How long a read goes on after its last page was left, in milliseconds: the next page may
/// show the same.
const GRACE: u32 = 1_000;

/// Who asks for a read apart from the page that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asker {
    User,
    Poll,
}

/// A read that a component shows. It keeps the last answer while it reads again.
pub struct Query<T: Send + Sync + 'static> {
    slot: RwSignal<Option<Slot<T>>, LocalStorage>,
    read: Callback<Asker>,
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
        self.slot.with(|slot| slot.as_ref().map(|slot| slot.target.progress.with(read)))
    }

    /// Why the last attempt failed, until one succeeds.
    #[must_use]
    pub fn error(self) -> Option<CallError> {
        self.with_progress(|progress| progress.error.clone()).flatten()
    }

    /// Whether it is being read now.
    #[must_use]
    pub fn loading(self) -> bool {
        self.with_progress(|progress| progress.in_flight.is_some()).unwrap_or(true)
    }

    /// Whether it is being read now and somebody waits for it. While only a poll reads it,
    /// the user can still ask for it.
    #[must_use]
    pub fn awaited(self) -> bool {
        let priority = self.with_progress(|progress| progress.in_flight.map(|read| read.priority));
        priority.is_none_or(|priority| priority == Some(Priority::Interactive))
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

    /// Reads again because the user asks for it; costs one request at most. A poll that is
    /// under way becomes as urgent as the user's own request.
    pub fn refresh(self) {
        // The asker may outlive the page that reads.
        let _ = self.read.try_run(Asker::User);
    }

    /// Looks again on the page's own account, unless the client would hold the request now.
    pub(super) fn poll(self) {
        let _ = self.read.try_run(Asker::Poll);
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
    let shown = StoredValue::new_local(None::<Shown>);
    let make = StoredValue::new(make);
    Effect::new(move |_| {
        let Some(operation) = make.with_value(|make| make()) else {
            slot.set(None);
            shown.set_value(None);
            return;
        };
        let current = api.slot::<O>(&operation);
        current.target.generation.track();
        let same = slot.with_untracked(|slot| {
            slot.as_ref().is_some_and(|slot| Rc::ptr_eq(&slot.target, &current.target))
        });
        // What shows the answer is not rendered again because a write made it stale.
        if !same {
            shown.set_value(Some(Shown::new(api, Rc::clone(&current.target))));
            slot.set(Some(current.clone()));
        }
        read(api, operation, current, Wish::Show { age });
    });
    on_cleanup(move || drop(shown.try_update_value(Option::take)));
    let read = Callback::new(move |asker| {
        let operation = untrack(|| make.try_with_value(|make| make())).flatten();
        let current = slot.try_get_untracked().flatten();
        if let (Some(operation), Some(current)) = (operation, current) {
            let wish = match asker {
                Asker::User => Wish::Refresh,
                Asker::Poll => Wish::Poll { held: api.client().would_wait(Priority::Background) },
            };
            read(api, operation, current, wish);
        }
    });
    Query { slot, read }
}

/// A query shows a target until this is dropped.
struct Shown {
    api: Api,
    target: Rc<Target>,
}

impl Shown {
    fn new(api: Api, target: Rc<Target>) -> Self {
        target.enter();
        Self { api, target }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        if self.target.leave(runtime::now()) {
            spawn_local(give_up_soon(self.api, Rc::clone(&self.target)));
        }
    }
}

/// Gives up a read whose pages were left, so that it does not take the turn of others.
async fn give_up_soon(api: Api, target: Rc<Target>) {
    TimeoutFuture::new(GRACE).await;
    let unsent = || {
        api.client().with_journal(|entries| {
            let is_it = |operation, address: &str| {
                operation == target.operation && address == target.address
            };
            let call = entries.rev().find(|entry| is_it(entry.operation, &entry.target));
            give_up_when_left(call.map(|entry| &entry.state))
        })
    };
    if !target.is_shown() && unsent() {
        target.give_up();
    }
}

/// Reads with some urgency, and keeps the answer.
type Call = Box<dyn Fn(Priority) -> LocalBoxFuture<'static, Result<(), CallError>>>;

/// Does about a wish what the rules say.
fn read<O>(api: Api, operation: O, slot: Slot<O::Response>, wish: Wish)
where
    O: Operation,
    O::Response: Clone + Send + Sync,
{
    let Slot { data, target } = slot;
    let step = step(&target.known(), wish, runtime::now());
    let call = move |priority| {
        let (operation, data) = (operation.clone(), data.clone());
        async move {
            let answer = api.client().call(operation, priority).await?;
            data.set(Some(answer));
            Ok(())
        }
        .boxed_local()
    };
    match step {
        Step::Nothing => {}
        Step::Lift => target.lift(),
        Step::Read(priority) => begin(target, priority, Box::new(call)),
        Step::Replace => begin(target, Priority::Interactive, Box::new(call)),
    }
}

fn begin(target: Rc<Target>, priority: Priority, call: Call) {
    let generation = target.known().generation;
    let (lift, lifted) = oneshot::channel();
    let read = read_until_fresh(Rc::clone(&target), generation, priority, call, lifted);
    let (read, abort) = abortable(read);
    target.begin(InFlight { priority, generation }, Reading { lift: Some(lift), abort });
    spawn_local(async move {
        // Either it has noted its answer itself, or it was given up.
        let _ended = read.await;
    });
}

/// Reads again as long as a write came in between: what was read may be from before it.
async fn read_until_fresh(
    target: Rc<Target>,
    mut generation: u32,
    priority: Priority,
    call: Call,
    lifted: oneshot::Receiver<()>,
) {
    let mut answer = call_lifted(&call, priority, lifted).await;
    while let Some(next) = target.answered(generation, answer, runtime::now()) {
        generation = next;
        answer = call(Priority::Interactive).await;
    }
}

/// Reads once, more urgently as soon as `lifted` says so.
async fn call_lifted(
    call: &Call,
    priority: Priority,
    lifted: oneshot::Receiver<()>,
) -> Result<(), CallError> {
    match select(call(priority), lifted).await {
        Either::Left((answer, _)) => answer,
        // The client makes one call of equal reads, as urgent as the most urgent of them.
        Either::Right((Ok(()), first)) => {
            select(call(Priority::Interactive), first).await.factor_first().0
        }
        Either::Right((Err(_), first)) => first.await,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::future::{pending, ready};
    use std::pin::pin;

    use super::*;

    #[test]
    fn a_held_read_goes_on_as_an_urgent_one_when_it_is_lifted() {
        let asked: Rc<RefCell<Vec<Priority>>> = Rc::default();
        let seen = Rc::clone(&asked);
        let call: Call = Box::new(move |priority| {
            seen.borrow_mut().push(priority);
            match priority {
                Priority::Background => pending().boxed_local(),
                Priority::Interactive => ready(Ok(())).boxed_local(),
            }
        });
        let (lift, lifted) = oneshot::channel();
        let mut reading = pin!(call_lifted(&call, Priority::Background, lifted));
        assert_eq!(reading.as_mut().now_or_never(), None, "held");
        lift.send(()).unwrap();
        assert_eq!(reading.now_or_never(), Some(Ok(())));
        assert_eq!(*asked.borrow(), [Priority::Background, Priority::Interactive]);
    }

    #[test]
    fn a_read_that_is_never_lifted_is_made_once() {
        let asked: Rc<RefCell<Vec<Priority>>> = Rc::default();
        let seen = Rc::clone(&asked);
        let call: Call = Box::new(move |priority| {
            seen.borrow_mut().push(priority);
            ready(Err(CallError::Cancelled)).boxed_local()
        });
        let (lift, lifted) = oneshot::channel();
        drop(lift);
        let answer = call_lifted(&call, Priority::Background, lifted).now_or_never();
        assert_eq!(answer, Some(Err(CallError::Cancelled)));
        assert_eq!(*asked.borrow(), [Priority::Background]);
    }
}
