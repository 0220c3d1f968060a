//! Deleting a database, or a read replica of one.

use backoffice_contract::database::Database;
use backoffice_contract::op;
use backoffice_contract::session::Tier;
use leptos::prelude::*;

use crate::components::{OperationDialog, on_answer, open_while_some};
use crate::pages::app::databases::dialogs::use_dialogs;
use crate::pages::app::databases::words;
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::use_toasts;

/// Says what is lost, and asks for the name.
#[component]
pub fn DeleteDialog() -> impl IntoView {
    let target = use_dialogs().delete;
    let lost = move || {
        target.with(|target| match target.as_ref().map(|target| &target.tier) {
            Some(Tier::Free) => "All data is lost. There are no backups of it.",
            _ => "All data is lost, with all backups and read replicas.",
        })
    };
    view! {
        <DeleteOne
            target
            title="Delete the database?"
            phrase=Signal::derive(move || target.with(|target| target.as_ref().map(words::name)))
            done="The database is deleted."
        >
            <p>{lost} " Nobody can bring it back, the platform's support included."</p>
            <p>
                "Config variables that point at it, such as " <code>"DATABASE_URL"</code>
                ", stay as they are: the app fails wherever it uses them until you change them."
            </p>
        </DeleteOne>
    }
}

/// Says what is lost.
#[component]
pub fn DeleteReplicaDialog() -> impl IntoView {
    view! {
        <DeleteOne
            target=use_dialogs().delete_replica
            title="Delete the read replica?"
            phrase=Signal::stored(None)
            done="The read replica is deleted."
        >
            <p>
                "Its address stops working at once, and whatever reads from it fails. "
                "The database itself keeps all data."
            </p>
        </DeleteOne>
    }
}

#[component]
fn DeleteOne(
    target: RwSignal<Option<Database>>,
    title: &'static str,
    phrase: Signal<Option<String>>,
    done: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let toasts = use_toasts();
    let open = open_while_some(target);
    let operation = Signal::derive(move || op::DeleteDatabase {
        app: name.get(),
        database: target
            .with(|target| target.as_ref().map(|target| target.id.clone()))
            .unwrap_or_default(),
    });
    let content = StoredValue::new(children);
    view! {
        <OperationDialog
            open
            danger=true
            title
            confirm_label="Delete"
            phrase
            operation
            then=on_answer(move || move |_| {
                toasts.ok(done);
            })
        >
            {content.with_value(|content| content())}
        </OperationDialog>
    }
}
