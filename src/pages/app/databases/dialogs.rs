//! Which dialog of the page is open, and about what.

pub mod create_free;
pub mod create_standard;
pub mod delete;
pub mod scale;
pub mod upgrade;

use backoffice_contract::database::{Backup, Database};
use leptos::prelude::*;

use crate::pages::app::databases::action::Action;

/// Every dialog of the page: it is open while there is something that it is about. They
/// belong to the page rather than to what they are about, so that reading the list again
/// closes none.
#[derive(Clone, Copy)]
pub struct Dialogs {
    /// Creating the free database.
    pub create_free: RwSignal<bool>,
    /// Creating the standard database.
    pub create_standard: RwSignal<bool>,
    /// Another size.
    pub scale: RwSignal<Option<Database>>,
    /// What needs no more than a yes.
    pub action: RwSignal<Option<(Action, Database)>>,
    /// A newer version.
    pub upgrade: RwSignal<Option<Database>>,
    /// Deleting a database.
    pub delete: RwSignal<Option<Database>>,
    /// Overwriting a database with a backup.
    pub restore: RwSignal<Option<(Database, Backup)>>,
    /// Creating a read replica of a database.
    pub create_replica: RwSignal<Option<Database>>,
    /// Deleting a read replica.
    pub delete_replica: RwSignal<Option<Database>>,
}

impl Dialogs {
    /// All closed, for everything below.
    pub fn provide() -> Self {
        let dialogs = Self {
            create_free: RwSignal::new(false),
            create_standard: RwSignal::new(false),
            scale: RwSignal::new(None),
            action: RwSignal::new(None),
            upgrade: RwSignal::new(None),
            delete: RwSignal::new(None),
            restore: RwSignal::new(None),
            create_replica: RwSignal::new(None),
            delete_replica: RwSignal::new(None),
        };
        provide_context(dialogs);
        dialogs
    }
}

/// The dialogs of the page.
pub fn use_dialogs() -> Dialogs {
    expect_context()
}
