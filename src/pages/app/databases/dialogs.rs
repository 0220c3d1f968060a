//! The page's dialogs and their targets.

pub mod create_free;
pub mod create_standard;
pub mod delete;
pub mod scale;
pub mod upgrade;

use backoffice_contract::database::{Backup, Database};
use leptos::prelude::*;

use crate::pages::app::databases::action::Action;

/// Every dialog of the page. A dialog is open while it has a target. Dialogs belong to the
/// page rather than to a database's card, so that refreshing the list closes none.
#[derive(Clone, Copy)]
pub struct Dialogs {
    /// Creating the free database.
    pub create_free: RwSignal<bool>,
    /// Creating the standard database.
    pub create_standard: RwSignal<bool>,
    /// Scaling a database.
    pub scale: RwSignal<Option<Database>>,
    /// Actions that need only a confirmation.
    pub action: RwSignal<Option<(Action, Database)>>,
    /// Upgrading a database.
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
    /// Provides the dialogs, all closed, to the components below.
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
