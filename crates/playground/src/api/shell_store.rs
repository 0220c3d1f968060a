//! What the shells of one page share: the blocks of a page are one terminal, of which one
//! at a time runs something. It is kept in session storage, as tokens are, since it holds
//! the API key; where storage is blocked, each shell is alone.

use std::cell::{Cell, RefCell};

use backoffice_contract::Secret;
use gloo_storage::{SessionStorage, Storage as _};

use backoffice_web_client::available;
use backoffice_web_client::peers::{self, BrowserLock};

/// Names this tab: locks are the origin's, and session storage is the tab's.
const TAB: &str = "backoffice.tab";

/// The state of the shells of one world.
pub struct ShellStore {
    key: String,
    has_turn: Cell<bool>,
    /// What keeps the others waiting meanwhile.
    lock: RefCell<Option<BrowserLock>>,
    /// Nothing can be stored, so that what is stored is none of this shell.
    alone: Cell<bool>,
}

impl ShellStore {
    /// That of a world, or of whatever else has this name.
    pub(super) fn of(world: &str) -> Self {
        let key = format!("backoffice.shell.{world}");
        let alone = Cell::new(!available());
        Self { key, has_turn: Cell::new(false), lock: RefCell::default(), alone }
    }

    /// Whether it is this shell that may run something.
    #[must_use]
    pub fn has_turn(&self) -> bool {
        self.has_turn.get()
    }

    /// Waits until no other shell runs anything.
    pub async fn take_turn(&self) {
        if self.alone.get() {
            self.has_turn.set(true);
            return;
        }
        let tab = SessionStorage::get::<String>(TAB).unwrap_or_else(|_| {
            let tab = js_sys::Math::random().to_string();
            // Then locks keep waiting for each other that need not.
            let _ = SessionStorage::set(TAB, &tab);
            tab
        });
        // Where there are no locks, two at once may overwrite one another.
        let lock = peers::lock(&format!("{}.{tab}", self.key)).await;
        self.lock.replace(lock);
        self.has_turn.set(true);
    }

    /// Keeps what the shell remembers, and lets others run something. Without the turn
    /// nothing happens: others may have gone on from here since.
    pub fn end_turn(&self, snapshot: &Secret) {
        if self.has_turn.get() {
            self.save(snapshot);
            self.give_back();
        }
    }

    /// Lets others run something, who go on from what was kept before.
    pub fn give_back(&self) {
        self.has_turn.set(false);
        self.lock.replace(None);
    }

    /// What the last shell remembered; `None` when there was none.
    #[must_use]
    pub fn load(&self) -> Option<Secret> {
        if self.alone.get() { None } else { SessionStorage::get(&self.key).ok() }
    }

    /// Whether this shell goes on alone, with what it remembers itself.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        self.alone.get()
    }

    fn save(&self, snapshot: &Secret) {
        if !self.alone.get() && SessionStorage::set(&self.key, snapshot).is_err() {
            // It is full: what is there is older than what this shell knows.
            self.alone.set(true);
        }
    }

    /// Forgets everything.
    pub fn clear(&self) {
        if !self.alone.get() {
            SessionStorage::delete(&self.key);
        }
    }
}
