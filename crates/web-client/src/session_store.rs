//! Keeps the tokens in session storage, which is this product's decision, and
//! nowhere else. Where storage is blocked they live in memory until the page goes.

use std::cell::RefCell;

use backoffice_client::{SessionStore, StoredSession};
use gloo_storage::{SessionStorage, Storage as _};
use serde_json::Value;

/// What `boot.js` knows the console's session by.
const CONSOLE: &str = "backoffice.session";

/// Where one text is kept for the tab.
trait Shelf {
    /// What is kept, if it can be read.
    fn read(&self) -> Option<Value>;

    /// Keeps another text; `false` where that fails, and then the one before may still be there.
    fn write(&self, value: Value) -> bool;

    /// Removes what is kept.
    fn remove(&self);
}

/// An entry of session storage.
struct SessionEntry {
    key: String,
}

impl Shelf for SessionEntry {
    fn read(&self) -> Option<Value> {
        if available() { SessionStorage::get(&self.key).ok() } else { None }
    }

    fn write(&self, value: Value) -> bool {
        available() && SessionStorage::set(&self.key, value).is_ok()
    }

    fn remove(&self) {
        if available() {
            SessionStorage::delete(&self.key);
        }
    }
}

/// A shelf, or memory where that keeps nothing.
struct Kept<S> {
    shelf: S,
    memory: RefCell<Option<StoredSession>>,
}

impl<S: Shelf> Kept<S> {
    fn on(shelf: S) -> Self {
        Self { shelf, memory: RefCell::default() }
    }
}

impl<S: Shelf> SessionStore for Kept<S> {
    fn load(&self) -> Option<StoredSession> {
        // By way of a value, as other texts of JSON are read: see the contract's `json`.
        let stored = self.shelf.read().and_then(|stored| serde_json::from_value(stored).ok());
        stored.or_else(|| self.memory.borrow().clone())
    }

    fn save(&self, session: &StoredSession) {
        let stored = serde_json::to_value(session).is_ok_and(|value| self.shelf.write(value));
        if !stored {
            // An older session that stayed there would be taken for this one.
            self.shelf.remove();
        }
        *self.memory.borrow_mut() = (!stored).then(|| session.clone());
    }

    fn clear(&self) {
        *self.memory.borrow_mut() = None;
        self.shelf.remove();
    }
}

/// Session storage, or memory where that is blocked or full.
pub struct BrowserSessionStore(Kept<SessionEntry>);

impl BrowserSessionStore {
    /// The session of the console, and of everything else that acts for its user.
    pub fn console() -> Self {
        Self::under(CONSOLE.to_owned())
    }

    /// The session in a world of its own, which no page but those of that world sees.
    pub fn of_world(world: &str) -> Self {
        Self::under(format!("backoffice.playground.{world}"))
    }

    fn under(key: String) -> Self {
        Self(Kept::on(SessionEntry { key }))
    }
}

impl SessionStore for BrowserSessionStore {
    fn load(&self) -> Option<StoredSession> {
        self.0.load()
    }

    fn save(&self, session: &StoredSession) {
        self.0.save(session);
    }

    fn clear(&self) {
        self.0.clear();
    }
}

/// gloo-storage throws when storage is blocked, so ask the browser first.
pub fn available() -> bool {
    web_sys::window().is_some_and(|window| matches!(window.session_storage(), Ok(Some(_))))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use backoffice_contract::session::SessionTokens;

    use super::*;

    #[derive(Default)]
    struct Storage {
        kept: RefCell<Option<Value>>,
        full: Cell<bool>,
    }

    impl Shelf for Storage {
        fn read(&self) -> Option<Value> {
            self.kept.borrow().clone()
        }

        fn write(&self, value: Value) -> bool {
            if !self.full.get() {
                self.kept.replace(Some(value));
            }
            !self.full.get()
        }

        fn remove(&self) {
            self.kept.replace(None);
        }
    }

    fn session(serial: u64) -> StoredSession {
        StoredSession {
            account: "0123456789abcdef".into(),
            email: "ada@example.com".into(),
            tokens: SessionTokens {
                access_token: format!("access-{serial}").into(),
                renewal_token: format!("renewal-{serial}").into(),
            },
            obtained_at: 0,
            serial,
        }
    }

    #[test]
    fn a_session_that_a_full_storage_refuses_is_not_replaced_by_an_older_one() {
        let store = Kept::on(Storage::default());
        store.save(&session(1));
        assert_eq!(store.load(), Some(session(1)));
        store.shelf.full.set(true);
        store.save(&session(2));
        assert_eq!(store.load(), Some(session(2)));
        store.shelf.full.set(false);
        store.save(&session(3));
        assert_eq!(store.load(), Some(session(3)));
        store.shelf.remove();
        assert_eq!(store.load(), None, "memory does not bring an older one back");
    }

    #[test]
    fn a_session_that_was_cleared_is_nowhere() {
        let store = Kept::on(Storage::default());
        store.shelf.full.set(true);
        store.save(&session(1));
        store.clear();
        assert_eq!(store.load(), None);
    }
}
