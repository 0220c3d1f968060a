//! Read replicas of a standard database.

use backoffice_contract::database::{Database, ReadReplicaRequest};
use backoffice_contract::op;
use leptos::prelude::*;

use crate::components::{FormDialog, OperationCommand, QueryView, Stamp, open_while_some};
use crate::pages::app::databases::connection;
use crate::pages::app::databases::dialogs::use_dialogs;
use crate::pages::app::databases::plan_rows::PlanRows;
use crate::pages::app::databases::words;
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::{
    Badge, Button, ButtonVariant, EmptyState, IconName, ListOrEmpty, SecretValue, SkeletonShape,
    Table, use_toasts,
};
use backoffice_web_client::{Pace, use_mutation, use_poll_at, use_query};

/// The list with an address each. It is read when this is made.
#[component]
pub fn Replicas(database: Memo<Database>) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let creating = use_dialogs().create_replica;
    let id = Memo::new(move |_| database.with(|database| database.id.clone()));
    let operation =
        Signal::derive(move || op::ListReadReplicas { app: name.get(), database: id.get() });
    let replicas = use_query(move || Some(operation.get()));
    let in_transition = Signal::derive(move || {
        replicas.data().is_some_and(|list| list.iter().any(|copy| copy.state.in_transition()))
    });
    use_poll_at(replicas, in_transition, Pace::Minutes);
    let resting = move || database.with(|database| !database.state.in_transition());
    let show = Callback::new(move |replicas: Signal<Vec<Database>>| {
        view! { <ReplicaTable replicas /> }.into_any()
    });
    view! {
        <div class="database__tools">
            <p class="muted">"Copies that follow the database, to be read from only. Each has its own address."</p>
            <span class="database__stamp">
                <Stamp query=replicas />
                <Button
                    small=true
                    icon=IconName::Plus
                    disabled=Signal::derive(move || !resting())
                    on_click=Callback::new(move |()| creating.set(Some(database.get_untracked())))
                >
                    "Add a replica"
                </Button>
            </span>
        </div>
        <QueryView query=replicas shape=SkeletonShape::Table show />
        <OperationCommand operation />
    }
}

#[component]
fn ReplicaTable(replicas: Signal<Vec<Database>>) -> impl IntoView {
    let empty = move || {
        view! {
            <EmptyState icon=IconName::Copy title="No read replicas">
                <p>"One takes reports and searches off the database. Add it above."</p>
            </EmptyState>
        }
    };
    view! {
        <ListOrEmpty list=replicas empty>
            <Table columns=&["Replica", "State", "Size", "URL"] with_actions=true>
                <For
                    each=move || replicas.get()
                    key=|copy| (copy.id.clone(), copy.state.clone(), copy.size.map(f64::to_bits), copy.host.clone())
                    children=move |copy| view! { <ReplicaRow copy /> }
                />
            </Table>
        </ListOrEmpty>
    }
}

#[component]
fn ReplicaRow(copy: Database) -> impl IntoView {
    let deleting = use_dialogs().delete_replica;
    let (tone, icon, state) = words::state(&copy.state);
    let size = copy.size.map(|size| format!("{size} GB")).unwrap_or_default();
    let url = connection::url(&copy, false);
    let (id, host) = (copy.id.clone(), copy.host.clone());
    let label = format!("Delete {id}");
    view! {
        <tr>
            <td class="table__main mono"><span>{id} <span class="table__note">{host}</span></span></td>
            <td data-label="State"><Badge tone icon>{state}</Badge></td>
            <td data-label="Size">{size}</td>
            <td data-label="URL"><SecretValue value=url label="URL of the replica" /></td>
            <td class="table__actions">
                <Button
                    small=true
                    variant=ButtonVariant::Quiet
                    label
                    on_click=Callback::new(move |()| deleting.set(Some(copy.clone())))
                >
                    "Delete"
                </Button>
            </td>
        </tr>
    }
}

/// The size of a new replica.
#[component]
pub fn CreateReplicaDialog() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let target = use_dialogs().create_replica;
    let toasts = use_toasts();
    let create = use_mutation();
    let open = open_while_some(target);
    let size = RwSignal::new(0.6);
    Effect::new(move |_| {
        if let Some(current) = target.with(|target| target.as_ref()?.size) {
            size.set(current);
        }
        create.error.set(None);
    });
    let operation = Signal::derive(move || op::CreateReadReplica {
        app: name.get(),
        database: target
            .with(|target| target.as_ref().map(|target| target.id.clone()))
            .unwrap_or_default(),
        body: ReadReplicaRequest { size: Some(size.get()) },
    });
    view! {
        <FormDialog
            open
            title="Add a read replica"
            operation
            call=create
            submit_label="Add"
            on_done=move |_| toasts.ok("The replica is being created, which takes a few minutes.")
        >
            <PlanRows legend="Size" name="replica-size" value=size current=Signal::derive(move || target.with(|target| target.as_ref()?.size)) />
            <p class="muted">
                "A replica follows the database within moments, so a read may miss the last write. "
                "The prices are those of databases; the platform names no others for replicas."
            </p>
        </FormDialog>
    }
}
