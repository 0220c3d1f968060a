//! Keeps the tokens in session storage, which is this product's decision, and
//! nowhere else. Where storage is blocked they live in memory until the page goes.

use std::cell::RefCell;

use backoffice_client::{SessionStore, StoredSession};
use gloo_storage::{SessionStorage, Storage as _};

const KEY: &str = "backoffice.session";

/// Session storage, or memory where that is blocked.
#[derive(Default)]
pub(super) struct BrowserSessionStore {
    memory: RefCell<Option<StoredSession>>,
}

/// gloo-storage throws when storage is blocked, so ask the browser first.
fn available() -> bool {
    web_sys::window().is_some_and(|window| matches!(window.session_storage(), Ok(Some(_))))
}

impl SessionStore for BrowserSessionStore {
    fn load(&self) -> Option<StoredSession> {
        let stored = if available() { SessionStorage::get(KEY).ok() } else { None };
        stored.or_else(|| self.memory.borrow().clone())
    }

    fn save(&self, session: &StoredSession) {
        if !available() || SessionStorage::set(KEY, session).is_err() {
            *self.memory.borrow_mut() = Some(session.clone());
        }
    }

    fn clear(&self) {
        *self.memory.borrow_mut() = None;
        if available() {
            SessionStorage::delete(KEY);
        }
    }
}
