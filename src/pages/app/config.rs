//! Config variables: list, set, unset, masked.

use backoffice_contract::config::{
    Configs, INJECTED, MAX_TOTAL_BYTES, SetConfigsRequest, UnsetConfigRequest, total_bytes,
};
use backoffice_contract::{Operation as _, Secret, op};
use leptos::prelude::*;

use super::config_add::AddVariables;
use super::layout::{AppContext, use_app};
use crate::api::{use_mutation, use_query};
use crate::components::{ErrorNote, OperationCommand, QueryView, Stamp, open_while_some};
use crate::ui::{
    Button, ButtonVariant, Card, ConfirmDialog, Dialog, EmptyState, IconName, SecretValue,
    SkeletonShape, Table, TextArea, use_toasts,
};

/// The variables that the user has set, and what the platform adds by itself.
#[component]
pub fn ConfigPage() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let configs = use_query(move || Some(op::ListConfigs { app: name.get() }));
    let command = Signal::derive(move || op::ListConfigs { app: name.get() });
    let editing = RwSignal::new(None::<(String, Secret)>);
    let removing = RwSignal::new(None::<String>);
    let show = Callback::new(move |configs: Signal<Configs>| {
        view! { <Variables configs editing removing /> }.into_any()
    });
    view! {
        <div class="grid">
            <Card
                title="Variables"
                actions=move || view! { <Stamp query=configs /> }.into_any()
                foot=move || view! { <OperationCommand operation=command /> }.into_any()
            >
                <QueryView query=configs lines=4 shape=SkeletonShape::Table show />
            </Card>
            <div class="stack">
                <AddVariables configs />
                <Card title="Set by the platform">
                    <div class="card__body">
                        <p>"Every container also has these; they cannot be listed here."</p>
                        <p class="tags">
                            {INJECTED.iter().map(|name| view! { <code>{*name}</code> " " }).collect_view()}
                        </p>
                    </div>
                </Card>
            </div>
        </div>
        <EditDialog editing />
        <RemoveDialog removing />
    }
}

#[component]
fn Variables(
    configs: Signal<Configs>,
    editing: RwSignal<Option<(String, Secret)>>,
    removing: RwSignal<Option<String>>,
) -> impl IntoView {
    let none = Memo::new(move |_| configs.with(Configs::is_empty));
    let used = move || {
        let bytes = configs.with(total_bytes);
        format!("{:.1} of {} kB used", kilobytes(bytes), MAX_TOTAL_BYTES / 1024)
    };
    let rows = move || {
        configs.with(|configs| {
            configs.iter().map(|(key, value)| (key.clone(), value.clone())).collect::<Vec<_>>()
        })
    };
    move || {
        if none.get() {
            return view! {
                <EmptyState icon=IconName::Config title="No variables yet">
                    <p>"Set one beside this list, or create a database: it sets " <code>"DATABASE_URL"</code> "."</p>
                </EmptyState>
            }
            .into_any();
        }
        view! {
            <Table columns=&["Name", "Value"] with_actions=true>
                <For
                    each=rows
                    key=Clone::clone
                    children=move |(key, value)| view! { <Variable key value editing removing /> }
                />
            </Table>
            <p class="card__note">{used}</p>
        }
        .into_any()
    }
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1024.0
}

#[component]
fn Variable(
    key: String,
    value: Secret,
    editing: RwSignal<Option<(String, Secret)>>,
    removing: RwSignal<Option<String>>,
) -> impl IntoView {
    let for_edit = (key.clone(), value.clone());
    let for_removal = key.clone();
    view! {
        <tr>
            <td class="table__main mono">{key.clone()}</td>
            <td data-label="Value">
                <SecretValue value=value.expose().to_owned() label=format!("Value of {key}") />
            </td>
            <td class="table__actions">
                <Button
                    small=true
                    variant=ButtonVariant::Quiet
                    label=format!("Edit {key}")
                    on_click=Callback::new(move |()| editing.set(Some(for_edit.clone())))
                >
                    "Edit"
                </Button>
                <Button
                    small=true
                    variant=ButtonVariant::Quiet
                    label=format!("Unset {key}")
                    on_click=Callback::new(move |()| removing.set(Some(for_removal.clone())))
                >
                    "Unset"
                </Button>
            </td>
        </tr>
    }
}

#[component]
fn EditDialog(editing: RwSignal<Option<(String, Secret)>>) -> impl IntoView {
    let AppContext { name, status, .. } = use_app();
    let toasts = use_toasts();
    let set = use_mutation();
    let value = RwSignal::new(String::new());
    let open = open_while_some(editing);
    Effect::new(move |_| {
        let current = editing.get();
        value.set(current.map(|(_, value)| value.expose().to_owned()).unwrap_or_default());
        set.error.set(None);
    });
    let key = move || {
        editing.with(|editing| editing.as_ref().map(|(key, _)| key.clone())).unwrap_or_default()
    };
    let operation = Signal::derive(move || op::SetConfigs {
        app: name.get(),
        body: SetConfigsRequest {
            configs: [(key(), value.get().into())].into(),
            avoid_restart: false,
        },
    });
    view! {
        <Dialog title=Signal::derive(move || format!("Edit {}", key())) open=open>
            <div class="form">
                <ErrorNote error=set.error />
                <TextArea label="Value" value=value mono=true autofocus=true />
                <p class="stamp">"Saving makes one release and restarts the app."</p>
                <OperationCommand operation=operation />
                <div class="form__actions form__actions--end">
                    <Button variant=ButtonVariant::Quiet on_click=Callback::new(move |()| open.set(false))>
                        "Cancel"
                    </Button>
                    <Button
                        variant=ButtonVariant::Primary
                        pending=set.pending
                        on_click=Callback::new(move |()| {
                            let key = untrack(key);
                            set.run(operation.get_untracked(), move |_| {
                                open.set(false);
                                toasts.ok(format!("{key} is set."));
                                status.refresh();
                            });
                        })
                    >
                        "Save"
                    </Button>
                </div>
            </div>
        </Dialog>
    }
}

#[component]
fn RemoveDialog(removing: RwSignal<Option<String>>) -> impl IntoView {
    let AppContext { name, status, .. } = use_app();
    let toasts = use_toasts();
    let unset = use_mutation();
    let open = open_while_some(removing);
    Effect::new(move |_| {
        open.track();
        unset.error.set(None);
    });
    let operation = Signal::derive(move || op::UnsetConfig {
        app: name.get(),
        body: UnsetConfigRequest { key: removing.get().unwrap_or_default() },
    });
    view! {
        <ConfirmDialog
            open=open
            title=Signal::derive(move || format!("Unset {}?", removing.get().unwrap_or_default()))
            confirm_label="Unset"
            danger=true
            pending=unset.pending
            command=Signal::derive(move || operation.with(|operation| operation.cli()).unwrap_or_default())
            on_confirm=Callback::new(move |()| {
                let key = removing.get_untracked().unwrap_or_default();
                unset.run(operation.get_untracked(), move |_| {
                    open.set(false);
                    toasts.ok(format!("{key} is unset."));
                    status.refresh();
                });
            })
        >
            <p>"The value is gone after this. It makes one release and restarts the app."</p>
            <ErrorNote error=unset.error />
        </ConfirmDialog>
    }
}
