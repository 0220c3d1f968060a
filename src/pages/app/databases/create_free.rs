//! Creating the free database.

use backoffice_contract::database::{FREE_CONNECTIONS, FREE_ROWS};
use backoffice_contract::{Operation as _, op};
use leptos::prelude::*;

use super::super::layout::{AppContext, use_app};
use super::dialogs::use_dialogs;
use crate::api::use_mutation;
use crate::components::ErrorNote;
use crate::numbers::grouped;
use crate::ui::{ConfirmDialog, use_toasts};

/// Asks before the free database is created.
#[component]
pub fn CreateFree() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let open = use_dialogs().create_free;
    let toasts = use_toasts();
    let create = use_mutation();
    Effect::new(move |_| {
        open.track();
        create.error.set(None);
    });
    let operation = Signal::derive(move || op::CreateFreeDatabase { app: name.get() });
    view! {
        <ConfirmDialog
            open
            title="Create the free database?"
            confirm_label="Create"
            pending=create.pending
            command=Signal::derive(move || operation.with(|operation| operation.cli()).unwrap_or_default())
            on_confirm=Callback::new(move |()| {
                create.run(operation.get_untracked(), move |_| {
                    open.set(false);
                    toasts.ok("The database is there.");
                });
            })
        >
            <p>
                {format!("It holds {} rows, takes {FREE_CONNECTIONS} connections and has no backups. It sets ", grouped(FREE_ROWS))}
                <code>"DATABASE_URL"</code>
                " and " <code>"POOL_SIZE"</code> " where they are missing, which makes a release and restarts the app."
            </p>
            <ErrorNote error=create.error />
        </ConfirmDialog>
    }
}
