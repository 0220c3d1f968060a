//! What a tab remembers of what its user has typed, until they sign out.
//!
//! It is in session storage, as the tokens are, since it may hold secrets; where that is
//! blocked or full it lives as long as the page.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use gloo_storage::{SessionStorage, Storage as _};
use gloo_timers::callback::Timeout;
use leptos::ev;
use leptos::prelude::{document, window_event_listener};
use serde::Serialize;
use serde::de::DeserializeOwned;

const PREFIX: &str = "backoffice.draft.";
/// How long nothing is typed before it is written, in milliseconds.
const PAUSE: u32 = 400;

/// What is to be written in a while. Dropping it stops its timer.
struct Waiting {
    write: Box<dyn FnOnce()>,
    _timer: Timeout,
}

thread_local! {
    static KEPT_HERE: RefCell<HashMap<String, String>> = RefCell::default();
    static WAITING: RefCell<HashMap<String, Waiting>> = RefCell::default();
    static WATCHES: Cell<bool> = const { Cell::new(false) };
}

/// gloo-storage throws when storage is blocked, so ask the browser first.
fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// What was remembered under a name; nothing when it cannot be read any more.
#[must_use]
pub fn recall<T: DeserializeOwned>(name: &str) -> Option<T> {
    settle(name);
    let kept = KEPT_HERE.with_borrow(|kept| kept.get(name).cloned());
    if let Some(text) = kept {
        return serde_json::from_str(&text).ok();
    }
    storage().and_then(|_| SessionStorage::get(format!("{PREFIX}{name}")).ok())
}

/// Remembers something under a name. `false` when it would not survive a reload.
pub fn remember<T: Serialize>(name: &str, value: &T) -> bool {
    let stored =
        storage().is_some() && SessionStorage::set(format!("{PREFIX}{name}"), value).is_ok();
    KEPT_HERE.with_borrow_mut(|kept| {
        if stored {
            kept.remove(name);
        } else if let Ok(text) = serde_json::to_string(value) {
            kept.insert(name.to_owned(), text);
        }
    });
    stored
}

/// Lets `write` remember or forget something under a name once nobody has asked for that
/// for a moment, since writing takes longer than a keystroke may. It is done at once when
/// the page goes or is out of sight, and not at all after [`forget_all`].
pub fn soon(name: &str, write: impl FnOnce() + 'static) {
    watch();
    let timer = {
        let name = name.to_owned();
        Timeout::new(PAUSE, move || settle(&name))
    };
    let waiting = Waiting { write: Box::new(write), _timer: timer };
    WAITING.with_borrow_mut(|all| all.insert(name.to_owned(), waiting));
}

/// Writes now what waits to be written under a name.
pub fn settle(name: &str) {
    let waiting = WAITING.with_borrow_mut(|all| all.remove(name));
    if let Some(waiting) = waiting {
        (waiting.write)();
    }
}

fn settle_all() {
    let all = WAITING.with_borrow_mut(std::mem::take);
    for waiting in all.into_values() {
        (waiting.write)();
    }
}

/// Listens, once, for the last moments in which a page is sure to run.
fn watch() {
    if WATCHES.replace(true) {
        return;
    }
    // They live as long as the page.
    let _ = window_event_listener(ev::pagehide, |_| settle_all());
    let _ = window_event_listener(ev::visibilitychange, |_| {
        if document().hidden() {
            settle_all();
        }
    });
}

/// Forgets what was remembered under a name.
pub fn forget(name: &str) {
    let waiting = WAITING.with_borrow_mut(|all| all.remove(name));
    drop(waiting);
    KEPT_HERE.with_borrow_mut(|kept| kept.remove(name));
    if storage().is_some() {
        SessionStorage::delete(format!("{PREFIX}{name}"));
    }
}

/// Forgets everything: it belongs to somebody who has left.
pub fn forget_all() {
    WAITING.with_borrow_mut(HashMap::clear);
    KEPT_HERE.with_borrow_mut(HashMap::clear);
    let Some(storage) = storage() else { return };
    let count = storage.length().unwrap_or_default();
    let names: Vec<String> = (0..count).filter_map(|at| storage.key(at).ok().flatten()).collect();
    for name in names.iter().filter(|name| name.starts_with(PREFIX)) {
        SessionStorage::delete(name);
    }
}
