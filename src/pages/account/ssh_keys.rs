//! The SSH keys of the account.

mod make;
mod public_key;

use backoffice_contract::account::{AddSshKeyRequest, RemoveSshKeyRequest, SshKey};
use backoffice_contract::{op, ssh_key};
use leptos::prelude::*;

use crate::components::{
    ErrorNote, FormCard, OperationDialog, PageTitle, QueryCard, on_answer, open_while_some,
};
use crate::pages::account::ssh_keys::make::MakeKey;
use crate::pages::account::ssh_keys::public_key::PublicKey;
use backoffice_ui::{
    Badge, Button, ButtonType, ButtonVariant, EmptyState, IconName, ListOrEmpty, SkeletonShape,
    Table, TextArea, ToForm, Tone, use_toasts,
};
use backoffice_web_client::{use_mutation, use_query};

/// The id of the form.
const ADD: &str = "add-key";

/// The list, and the form that adds one.
#[component]
pub fn SshKeysPage() -> impl IntoView {
    let keys = use_query(|| Some(op::ListSshKeys {}));
    let command = Signal::derive(|| op::ListSshKeys {});
    let removing = RwSignal::new(None::<SshKey>);
    let show = Callback::new(move |keys: Signal<Vec<SshKey>>| {
        view! { <KeyList keys removing /> }.into_any()
    });
    view! {
        <PageTitle title="SSH keys" purpose="They open a shell, a remote console and migrations on your running apps." />
        <div class="grid">
            <QueryCard
                title="Your keys"
                query=keys
                operation=command
                shape=SkeletonShape::Table
                show
            />
            <div class="stack">
                <AddKey />
                <MakeKey />
            </div>
        </div>
        <RemoveDialog removing />
    }
}

#[component]
fn KeyList(keys: Signal<Vec<SshKey>>, removing: RwSignal<Option<SshKey>>) -> impl IntoView {
    let empty = move || {
        view! {
            <EmptyState icon=IconName::Key title="No keys yet">
                <p>"Paste a public key into the form, or make one first."</p>
                <ToForm form=ADD>"Add the first one"</ToForm>
            </EmptyState>
        }
    };
    view! {
        <ListOrEmpty list=keys empty>
            <Table columns=&["Comment", "Type", "Fingerprint"] with_actions=true>
                <For
                    each=move || keys.get()
                    key=|key| (key.id.clone(), key.key.clone())
                    children=move |key| view! { <KeyRow key removing /> }
                />
            </Table>
        </ListOrEmpty>
    }
}

#[component]
fn KeyRow(key: SshKey, removing: RwSignal<Option<SshKey>>) -> impl IntoView {
    let facts = PublicKey::read(&key.key);
    let name = if facts.comment.is_empty() { format!("key {}", key.id) } else { facts.comment };
    let label = format!("Remove {name}");
    view! {
        <tr>
            <td class="table__main">{name}</td>
            <td data-label="Type">
                <span class="mono key__kind">{facts.kind}</span>
                {facts.weakness.map(|why| view! {
                    " " <Badge tone=Tone::Bad>"Unsafe"</Badge>
                    <span class="table__note">{why}</span>
                })}
            </td>
            <td data-label="Fingerprint" class="mono key__print" title=key.key.clone()>
                {facts.fingerprint.unwrap_or_else(|| "unreadable".to_owned())}
            </td>
            <td class="table__actions">
                <Button
                    small=true
                    variant=ButtonVariant::Quiet
                    label=label
                    on_click=Callback::new(move |()| removing.set(Some(key.clone())))
                >
                    "Remove"
                </Button>
            </td>
        </tr>
    }
}

#[component]
fn AddKey() -> impl IntoView {
    let toasts = use_toasts();
    let add = use_mutation();
    let text = RwSignal::new(String::new());
    let checked = RwSignal::new(false);
    let from_api = add.field_error("ssh_key");
    let error = Signal::derive(move || {
        let fault = text.with(|text| ssh_key::parse(text).err());
        let shown = checked.get() || text.with(|text| !text.trim().is_empty());
        fault.filter(|_| shown).map(|fault| fault.to_string()).or_else(|| from_api.get())
    });
    // What is pasted can be compared with what ssh-keygen -lf says.
    let hint = Signal::derive(move || {
        let key = text.with(|text| ssh_key::parse(text).is_ok().then(|| PublicKey::read(text)));
        match key.map(|key| (key.weakness, key.fingerprint)) {
            Some((Some(weakness), _)) => format!("{weakness} Add another one if you can."),
            Some((None, Some(fingerprint))) => format!("Its fingerprint is {fingerprint}."),
            _ => "The contents of a file such as ~/.ssh/id_ed25519.pub.".to_owned(),
        }
    });
    let operation = Signal::derive(move || op::AddSshKey {
        body: AddSshKeyRequest { ssh_key: text.get().trim().to_owned() },
    });
    let submit = move || {
        checked.set(true);
        if text.with_untracked(|text| ssh_key::parse(text).is_ok()) {
            add.run(operation.get_untracked(), move |_| {
                text.set(String::new());
                checked.set(false);
                toasts.ok("The key is added. It reaches running apps within a few minutes.");
            });
        }
    };
    view! {
        <FormCard id=ADD title="Add a key" operation on_submit=submit>
            <div class="form card__body">
                <ErrorNote error=add.general_error(&["ssh_key"]) />
                <TextArea
                    label="Public key"
                    value=text
                    mono=true
                    rows=4
                    error=error
                    hint=hint
                />
                <div class="form__actions">
                    <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=add.pending>
                        "Add key"
                    </Button>
                </div>
            </div>
        </FormCard>
    }
}

#[component]
fn RemoveDialog(removing: RwSignal<Option<SshKey>>) -> impl IntoView {
    let toasts = use_toasts();
    let open = open_while_some(removing);
    let operation = Signal::derive(move || op::RemoveSshKey {
        body: RemoveSshKeyRequest { id: removing.get().map(|key| key.id).unwrap_or_default() },
    });
    view! {
        <OperationDialog
            open
            title="Remove this key?"
            confirm_label="Remove"
            danger=true
            operation
            then=on_answer(move || move |_| {
                toasts.ok("The key is removed.");
            })
        >
            <p>"Whoever holds it can no longer open a shell on your apps. You can add it again."</p>
        </OperationDialog>
    }
}
