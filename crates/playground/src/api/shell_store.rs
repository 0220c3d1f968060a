//! What the shells of one page share: the blocks of a page form one terminal, in which one
//! block at a time runs a command. It is kept in session storage, like the tokens, because
//! it holds the API key; where storage is blocked, each shell works alone.

use std::cell::{Cell, RefCell};

use backoffice_contract::Secret;
use gloo_storage::{SessionStorage, Storage as _};

use backoffice_web_client::available;
use backoffice_web_client::peers::{self, BrowserLock};

/// Names this tab, because locks are shared by the origin but session storage only by the
/// tab.
const TAB: &str = "backoffice.tab";

/// The state of the shells of one world.
pub struct ShellStore {
    key: String,
    has_turn: Cell<bool>,
    /// The lock that the other shells wait for during this shell's turn.
    lock: RefCell<Option<BrowserLock>>,
    /// Whether storage is unavailable: this shell then keeps its state in memory and shares
    /// nothing.
    alone: Cell<bool>,
}

impl ShellStore {
    /// The store of a world, or of anything else with this name.
    pub(super) fn of(world: &str) -> Self {
        let key = format!("backoffice.shell.{world}");
        let alone = Cell::new(!available());
        Self { key, has_turn: Cell::new(false), lock: RefCell::default(), alone }
    }

    /// Whether it is this shell's turn to run commands.
    #[must_use]
    pub fn has_turn(&self) -> bool {
        self.has_turn.get()
    }

    /// Waits until no other shell runs a command.
    pub async fn take_turn(&self) {
        if self.alone.get() {
            self.has_turn.set(true);
            return;
        }
        let tab = SessionStorage::get::<String>(TAB).unwrap_or_else(|_| {
            let tab = js_sys::Math::random().to_string();
            // If this fails, tabs may wait for each other without need.
            let _ = SessionStorage::set(TAB, &tab);
            tab
        });
        // Without locks, two shells that run at the same time may overwrite each other's
        // state.
        let lock = peers::lock(&format!("{}.{tab}", self.key)).await;
        self.lock.replace(lock);
        self.has_turn.set(true);
    }

    /// Stores the shell's state and ends its turn. Does nothing if the turn has ended
    /// already: other shells may have continued from the stored state since.
    pub fn end_turn(&self, snapshot: &Secret) {
        if self.has_turn.get() {
            self.save(snapshot);
            self.give_back();
        }
    }

    /// Ends the turn without storing: the next shell continues from the previous state.
    pub fn give_back(&self) {
        self.has_turn.set(false);
        self.lock.replace(None);
    }

    /// The state that the last shell stored; `None` if there is none.
    #[must_use]
    pub fn load(&self) -> Option<Secret> {
        if self.alone.get() { None } else { SessionStorage::get(&self.key).ok() }
    }

    /// Whether this shell works alone, with its own state.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        self.alone.get()
    }

    fn save(&self, snapshot: &Secret) {
        if !self.alone.get() && SessionStorage::set(&self.key, snapshot).is_err() {
            // Storage is full: its state is older than this shell's.
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
