//! What a tab remembers of what its user has typed, until they sign out.
//!
//! It is in session storage, as the tokens are, since it may hold secrets; where that is
//! blocked or full it lives as long as the page.

use std::cell::RefCell;
use std::collections::HashMap;

use gloo_storage::{SessionStorage, Storage as _};
use serde::Serialize;
use serde::de::DeserializeOwned;

const PREFIX: &str = "backoffice.draft.";

thread_local! {
    static KEPT_HERE: RefCell<HashMap<String, String>> = RefCell::default();
}

/// gloo-storage throws when storage is blocked, so ask the browser first.
fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// What was remembered under a name; nothing when it cannot be read any more.
#[must_use]
pub fn recall<T: DeserializeOwned>(name: &str) -> Option<T> {
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

/// Forgets what was remembered under a name.
pub fn forget(name: &str) {
    KEPT_HERE.with_borrow_mut(|kept| kept.remove(name));
    if storage().is_some() {
        SessionStorage::delete(format!("{PREFIX}{name}"));
    }
}

/// Forgets everything: it belongs to somebody who has left.
pub fn forget_all() {
    KEPT_HERE.with_borrow_mut(HashMap::clear);
    let Some(storage) = storage() else { return };
    let count = storage.length().unwrap_or_default();
    let names: Vec<String> = (0..count).filter_map(|at| storage.key(at).ok().flatten()).collect();
    for name in names.iter().filter(|name| name.starts_with(PREFIX)) {
        SessionStorage::delete(name);
    }
}
