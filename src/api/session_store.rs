//! Keeps the tokens in session storage, which is this product's decision, and
//! nowhere else. Where storage is blocked they live in memory until the page goes.

use std::cell::RefCell;

use backoffice_client::{SessionStore, StoredSession};
use gloo_storage::{SessionStorage, Storage as _};
use serde_json::Value;

/// What `boot.js` knows the console's session by.
const CONSOLE: &str = "backoffice.session";

/// Session storage, or memory where that is blocked.
pub(super) struct BrowserSessionStore {
    key: String,
    memory: RefCell<Option<StoredSession>>,
}

impl BrowserSessionStore {
    /// The session of the console, and of everything else that acts for its user.
    pub(super) fn console() -> Self {
        Self { key: CONSOLE.to_owned(), memory: RefCell::default() }
    }

    /// The session in a world of its own, which no page but those of that world sees.
    pub(super) fn of_world(world: &str) -> Self {
        Self { key: format!("backoffice.playground.{world}"), memory: RefCell::default() }
    }
}

/// gloo-storage throws when storage is blocked, so ask the browser first.
pub(super) fn available() -> bool {
    web_sys::window().is_some_and(|window| matches!(window.session_storage(), Ok(Some(_))))
}

impl SessionStore for BrowserSessionStore {
    fn load(&self) -> Option<StoredSession> {
        // By way of a value, as other texts of JSON are read: see the contract's `json`.
        let stored = if available() { SessionStorage::get::<Value>(&self.key).ok() } else { None };
        let stored = stored.and_then(|stored| serde_json::from_value(stored).ok());
        stored.or_else(|| self.memory.borrow().clone())
    }

    fn save(&self, session: &StoredSession) {
        let stored = serde_json::to_value(session)
            .is_ok_and(|session| available() && SessionStorage::set(&self.key, session).is_ok());
        if !stored {
            *self.memory.borrow_mut() = Some(session.clone());
        }
    }

    fn clear(&self) {
        *self.memory.borrow_mut() = None;
        if available() {
            SessionStorage::delete(&self.key);
        }
    }
}
