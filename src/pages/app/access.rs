//! Who may work with the app, and as what.

mod add;
mod role;
mod role_dialog;

use backoffice_contract::account::EmailRequest;
use backoffice_contract::network::{
    AddPermissionRequest, Collaborator, MAX_COLLABORATORS, Permissions, Role,
};
use backoffice_contract::op;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::components::{OperationDialog, QueryCard, UndoRemoval, on_answer, open_while_some};
use crate::pages::app::access::add::AddPerson;
use crate::pages::app::access::role::{OWNER, OWNER_MAY, RoleWords, words_of};
use crate::pages::app::access::role_dialog::RoleDialog;
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::paths;
use backoffice_ui::{Badge, IconName, Menu, MenuItem, SkeletonShape, Table, Tone, use_toasts};
use backoffice_web_client::{use_api, use_query};

/// Owner and collaborators, and the form that lets somebody in.
#[component]
pub fn AccessPage() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let access = use_query(move || Some(op::ListPermissions { app: name.get() }));
    let command = Signal::derive(move || op::ListPermissions { app: name.get() });
    let removing = RwSignal::new(None::<Collaborator>);
    let changing = RwSignal::new(None::<Collaborator>);
    let removed = RwSignal::new(None::<Collaborator>);
    Effect::new(move |_| {
        name.track();
        removed.set(None);
    });
    let show = Callback::new(move |access: Signal<Permissions>| {
        view! { <People access removing changing /> }.into_any()
    });
    view! {
        <Removed removed />
        <div class="grid">
            <QueryCard
                title="Access"
                lead="Who may work with this app, and as what."
                query=access
                operation=command
                shape=SkeletonShape::Table
                show
            />
            <AddPerson access />
        </div>
        <RemoveDialog removing removed />
        <RoleDialog changing removed />
    }
}

/// The address of whoever is signed in.
fn own_address() -> Memo<Option<String>> {
    let session = use_api().session;
    Memo::new(move |_| session.with(|session| session.email().map(str::to_lowercase)))
}

#[component]
fn People(
    access: Signal<Permissions>,
    removing: RwSignal<Option<Collaborator>>,
    changing: RwSignal<Option<Collaborator>>,
) -> impl IntoView {
    let count = Memo::new(move |_| access.with(|access| access.collaborators.len()));
    let owner = Memo::new(move |_| access.with(|access| access.owner.clone()));
    view! {
        <Table columns=&["Person", "Role"] with_actions=true>
            {move || owner.get().map(|email| view! { <OwnerRow email /> })}
            <For
                each=move || access.get().collaborators
                key=|person| (person.email.clone(), person.role.clone())
                children=move |person| view! { <PersonRow person removing changing /> }
            />
        </Table>
        <p class="card__note">
            {move || match count.get() {
                0 => "Nobody else has access.".to_owned(),
                count => format!("{count} of {MAX_COLLABORATORS} people besides the owner."),
            }}
        </p>
    }
}

#[component]
fn OwnerRow(email: String) -> impl IntoView {
    view! {
        <tr>
            <td class="table__main">{email.clone()} <You email /></td>
            <td data-label="Role" class="access-role"><Badge tone=Tone::Info icon=IconName::Key>{OWNER}</Badge> <span class="table__note">{OWNER_MAY}</span></td>
            <td></td>
        </tr>
    }
}

/// Says that an address is one's own.
#[component]
fn You(email: String) -> impl IntoView {
    let own = own_address();
    move || {
        own.with(|own| own.as_deref() == Some(email.to_lowercase().as_str()))
            .then(|| view! { " " <span class="subtle">"(you)"</span> })
    }
}

#[component]
fn PersonRow(
    person: Collaborator,
    removing: RwSignal<Option<Collaborator>>,
    changing: RwSignal<Option<Collaborator>>,
) -> impl IntoView {
    let own = own_address();
    let RoleWords { name, may } = words_of(person.role.as_ref());
    let email = person.email.clone();
    let row = StoredValue::new(person);
    let items = Signal::derive(move || {
        let is_own =
            own.with(|own| own.as_deref() == Some(row.get_value().email.to_lowercase().as_str()));
        let remove = MenuItem::new(
            if is_own { "Leave" } else { "Remove" },
            Callback::new(move |()| removing.set(Some(row.get_value()))),
        )
        .icon(IconName::Close);
        let change = MenuItem::new(
            "Change role",
            Callback::new(move |()| changing.set(Some(row.get_value()))),
        )
        .icon(IconName::Shield);
        if is_own { vec![remove] } else { vec![change, remove] }
    });
    view! {
        <tr>
            <td class="table__main">{email.clone()} <You email=email.clone() /></td>
            <td data-label="Role" class="access-role"><Badge icon=IconName::User>{name}</Badge> <span class="table__note">{may}</span></td>
            <td class="table__actions"><Menu label=format!("Actions for {email}") items /></td>
        </tr>
    }
}

#[component]
fn RemoveDialog(
    removing: RwSignal<Option<Collaborator>>,
    removed: RwSignal<Option<Collaborator>>,
) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let toasts = use_toasts();
    let own = own_address();
    let open = open_while_some(removing);
    let email = move || removing.get().map(|person| person.email).unwrap_or_default();
    let is_own = Memo::new(move |_| own.get().is_some_and(|own| own == email().to_lowercase()));
    let operation = Signal::derive(move || op::RemovePermission {
        app: name.get(),
        body: EmailRequest { email: email() },
    });
    let navigate = use_navigate();
    let left = Callback::new(move |app: String| {
        toasts.ok(format!("You left {app}."));
        navigate(paths::APPS, NavigateOptions::default());
    });
    view! {
        <OperationDialog
            open
            title=Signal::derive(move || match is_own.get() {
                true => format!("Leave {}?", name.get()),
                false => format!("Remove {}?", email()),
            })
            confirm_label=Signal::derive(move || if is_own.get() { "Leave" } else { "Remove" }.to_owned())
            danger=true
            operation
            then=on_answer(move || {
                let operation = operation.get_untracked();
                let app = operation.app.clone();
                let person = removing.get_untracked();
                let is_own = is_own.get_untracked();
                move |_| {
                    if is_own {
                        left.run(app);
                    } else {
                        removed.set(person);
                    }
                }
            })
        >
            {move || if is_own.get() {
                view! { <p>"You lose access at once. Only the owner can let you in again."</p> }.into_any()
            } else {
                view! {
                    <p>"They lose access at once: no more deploys, logs or consoles. What they did stays."</p>
                    <p>"What they have read, such as config values and database URLs, they still know. Change what must stay secret."</p>
                }
                .into_any()
            }}
        </OperationDialog>
    }
}

#[component]
fn Removed(removed: RwSignal<Option<Collaborator>>) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let restore = Callback::new(move |Collaborator { email, role }| {
        let text = format!("{email} has access again.");
        // A role that this console does not know is the server's to choose.
        let role = role.filter(|role| !matches!(role, Role::Other(_)));
        let body = AddPermissionRequest { email, role };
        (op::AddPermission { app: name.get_untracked(), body }, text)
    });
    view! {
        <UndoRemoval
            removed
            said=|person| format!("{} has no access any more.", person.email)
            consequence=|_| "Undo lets them in again with the same role.".to_owned()
            restore
        />
    }
}
