//! Creating the free database.

use backoffice_contract::database::{FREE_CONNECTIONS, FREE_ROWS};
use backoffice_contract::op;
use leptos::prelude::*;

use crate::components::{OperationDialog, on_answer};
use crate::pages::app::databases::dialogs::use_dialogs;
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::use_toasts;
use backoffice_ui::words::numbers::grouped;

/// Asks before the free database is created.
#[component]
pub fn CreateFree() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let open = use_dialogs().create_free;
    let toasts = use_toasts();
    let operation = Signal::derive(move || op::CreateFreeDatabase { app: name.get() });
    view! {
        <OperationDialog
            open
            title="Create the free database?"
            confirm_label="Create"
            operation
            then=on_answer(move || move |_| {
                toasts.ok("The database is there.");
            })
        >
            <p>
                {format!("It holds {} rows, takes {FREE_CONNECTIONS} connections and has no backups. It sets ", grouped(FREE_ROWS))}
                <code>"DATABASE_URL"</code>
                " and " <code>"POOL_SIZE"</code> " where they are missing, which makes a release and restarts the app."
            </p>
        </OperationDialog>
    }
}
