//! Watching something that is in transition.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::context::use_api;
use super::query::Query;

/// The first wait between two looks, in milliseconds.
const FIRST: u32 = 2_000;

/// How long something in transition takes as a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Seconds to a few minutes.
    Soon,
    /// Minutes to half an hour.
    Minutes,
}

impl Pace {
    /// The longest wait between two looks, in milliseconds.
    const fn longest(self) -> u32 {
        match self {
            Self::Soon => 15_000,
            Self::Minutes => 60_000,
        }
    }

    /// How often it looks at most, which is about a quarter of an hour or three quarters:
    /// what takes longer is stuck, and the refresh button is still there.
    const fn most(self) -> u32 {
        match self {
            Self::Soon => 64,
            Self::Minutes => 54,
        }
    }
}

/// Reads again at growing intervals while `in_transition` is true and the page can
/// be seen; otherwise it costs nothing. A look that the client would hold is left out: the
/// next one comes soon enough.
pub fn use_poll<T: Clone + Send + Sync + 'static>(
    query: Query<T>,
    in_transition: impl Into<Signal<bool>>,
) {
    use_poll_at(query, in_transition, Pace::Soon);
}

/// The same at another pace.
pub fn use_poll_at<T: Clone + Send + Sync + 'static>(
    query: Query<T>,
    in_transition: impl Into<Signal<bool>>,
    pace: Pace,
) {
    let in_transition = in_transition.into();
    let visible = use_api().visible;
    let wanted = Memo::new(move |_| in_transition.get() && visible.get());
    let running = StoredValue::new_local(Rc::new(Cell::new(false)));
    Effect::new(move |_| {
        running.with_value(|running| running.set(false));
        let now = Rc::new(Cell::new(wanted.get()));
        running.set_value(Rc::clone(&now));
        if now.get() {
            spawn_local(watch(query, now, pace));
        }
    });
    on_cleanup(move || {
        running.try_with_value(|running| running.set(false));
    });
}

async fn watch<T: Clone + Send + Sync + 'static>(
    query: Query<T>,
    running: Rc<Cell<bool>>,
    pace: Pace,
) {
    let mut wait = FIRST;
    for _ in 0..pace.most() {
        TimeoutFuture::new(wait).await;
        if !running.get() {
            return;
        }
        query.poll();
        wait = (wait + wait / 2).min(pace.longest());
    }
}
