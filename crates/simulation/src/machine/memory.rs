//! What the pages of a browser remember together.

use std::cell::RefCell;
use std::collections::BTreeMap;

use backoffice_client::{Memory, SessionStore, StoredSession};

/// The storage that all tabs of a browser share.
#[derive(Debug, Default)]
pub struct SharedMemory(RefCell<BTreeMap<String, String>>);

impl Memory for SharedMemory {
    fn recall(&self, name: &str) -> Option<String> {
        self.0.borrow().get(name).cloned()
    }

    fn remember(&self, name: &str, text: &str) {
        self.0.borrow_mut().insert(name.to_owned(), text.to_owned());
    }
}

/// The tokens of one tab.
#[derive(Debug, Default)]
pub struct TabStore(RefCell<Option<StoredSession>>);

impl TabStore {
    /// A store that holds `session` already.
    #[must_use]
    pub fn new(session: Option<StoredSession>) -> Self {
        Self(RefCell::new(session))
    }
}

impl SessionStore for TabStore {
    fn load(&self) -> Option<StoredSession> {
        self.0.borrow().clone()
    }

    fn save(&self, session: &StoredSession) {
        *self.0.borrow_mut() = Some(session.clone());
    }

    fn clear(&self) {
        *self.0.borrow_mut() = None;
    }
}
