//! Backups of a standard database, and going back to one.

use backoffice_contract::database::{BACKUPS_KEPT, Backup, Database};
use backoffice_contract::op;
use leptos::prelude::*;

use crate::components::{
    OperationCommand, OperationDialog, QueryView, Stamp, on_answer, open_while_some,
};
use crate::pages::app::databases::dialogs::use_dialogs;
use crate::pages::app::databases::words;
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::words::time;
use backoffice_ui::{
    Button, ButtonVariant, EmptyState, IconName, ListOrEmpty, SkeletonShape, Table, use_toasts,
};
use backoffice_web_client::{use_api, use_query};

/// The list, newest first. It is read when this is made.
#[component]
pub fn Backups(database: Memo<Database>) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let id = Memo::new(move |_| database.with(|database| database.id.clone()));
    let operation = Signal::derive(move || op::ListBackups { app: name.get(), database: id.get() });
    let backups = use_query(move || Some(operation.get()));
    let show = Callback::new(move |backups: Signal<Vec<Backup>>| {
        view! { <BackupTable backups database /> }.into_any()
    });
    view! {
        <div class="database__tools">
            <p class="muted">{format!("One a day; the last {BACKUPS_KEPT} are kept.")}</p>
            <span class="database__stamp"><Stamp query=backups /></span>
        </div>
        <QueryView query=backups shape=SkeletonShape::Table show />
        <OperationCommand operation />
    }
}

#[component]
fn BackupTable(backups: Signal<Vec<Backup>>, database: Memo<Database>) -> impl IntoView {
    let empty = move || {
        view! {
            <EmptyState icon=IconName::Clock title="No backup yet">
                <p>"The first one is made within a day. Until then, pg_dump makes one by hand."</p>
            </EmptyState>
        }
    };
    view! {
        <ListOrEmpty list=backups empty>
            <Table columns=&["Made", "Age", "Backup"] with_actions=true>
                <For
                    each=move || backups.get()
                    key=|backup| (backup.id.clone(), backup.created_at.clone())
                    children=move |backup| view! { <BackupRow backup database /> }
                />
            </Table>
        </ListOrEmpty>
    }
}

#[component]
fn BackupRow(backup: Backup, database: Memo<Database>) -> impl IntoView {
    let now = use_api().now;
    let restoring = use_dialogs().restore;
    let at = backup.created_at.as_deref().and_then(time::parse);
    let made = made(&backup);
    let age = move || at.map(|at| time::ago(now.get().saturating_sub(at)));
    let label = format!("Restore the backup of {made}");
    let resting = move || database.with(|database| !database.state.in_transition());
    let id = backup.id.clone();
    let pick = Callback::new(move |()| {
        restoring.set(Some((database.get_untracked(), backup.clone())));
    });
    view! {
        <tr>
            <td class="table__main">{made}</td>
            <td data-label="Age">{age}</td>
            <td data-label="Backup" class="mono">{id}</td>
            <td class="table__actions">
                <Button
                    small=true
                    variant=ButtonVariant::Quiet
                    icon=IconName::Rollback
                    label
                    disabled=Signal::derive(move || !resting())
                    on_click=pick
                >
                    "Restore"
                </Button>
            </td>
        </tr>
    }
}

/// When it was made, or what it is called where the server does not say.
fn made(backup: &Backup) -> String {
    let at = backup.created_at.as_deref().and_then(time::parse);
    at.map_or_else(|| backup.id.clone(), time::local)
}

/// Says what is overwritten, and asks for the name.
#[component]
pub fn RestoreDialog() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let now = use_api().now;
    let target = use_dialogs().restore;
    let toasts = use_toasts();
    let open = open_while_some(target);
    let operation = Signal::derive(move || {
        target.with(|target| {
            let ids =
                target.as_ref().map(|(database, backup)| (database.id.clone(), backup.id.clone()));
            let (database, backup) = ids.unwrap_or_default();
            op::RestoreBackup { app: name.get(), database, backup }
        })
    });
    let which = move || {
        target.with(|target| target.as_ref().map(|(_, backup)| made(backup))).unwrap_or_default()
    };
    let lost = move || {
        let made = target.with(|target| time::parse(target.as_ref()?.1.created_at.as_deref()?));
        let age = made.map(|at| time::ago(now.get().saturating_sub(at)));
        age.map(|age| format!(" That backup was made {age}."))
    };
    view! {
        <OperationDialog
            open
            danger=true
            title=Signal::derive(move || format!("Restore the backup of {}?", which()))
            confirm_label="Restore"
            phrase=Signal::derive(move || target.with(|target| target.as_ref().map(|(database, _)| words::name(database))))
            operation
            then=on_answer(move || move |_| {
                toasts.ok("The backup is being restored.");
            })
        >
            <p>
                "It overwrites the whole database: everything that was written since the backup is lost, "
                "migrations included." {lost}
            </p>
            <p>"It can take more than 10 minutes, during which the app should not write."</p>
        </OperationDialog>
    }
}
