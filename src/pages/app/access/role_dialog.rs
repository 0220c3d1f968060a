//! Changing somebody's role, which the API has no call for: they are removed and let in
//! again.

use backoffice_contract::account::EmailRequest;
use backoffice_contract::network::{AddPermissionRequest, Collaborator};
use backoffice_contract::{Operation as _, op};
use leptos::prelude::*;

use crate::components::{CallDialog, ErrorNote, open_while_some};
use crate::pages::app::access::role::{other, words_of};
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::use_toasts;
use backoffice_web_client::use_mutation;

/// The question, and both calls. When the second fails, trying again makes that one
/// only; closing the dialog instead leaves a note with the way back.
#[component]
pub fn RoleDialog(
    /// Whose role.
    changing: RwSignal<Option<Collaborator>>,
    /// Who has lost access and may be let in again.
    removed: RwSignal<Option<Collaborator>>,
) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let toasts = use_toasts();
    // Both, one after the other.
    let call = use_mutation();
    // Who has been removed and not let in again yet.
    let between = RwSignal::new(None::<Collaborator>);
    let open = open_while_some(changing);
    Effect::new(move |_| {
        if !open.get()
            && let Some(person) = between.try_update(Option::take).flatten()
        {
            removed.set(Some(person));
        }
    });
    let email = move || changing.get().map(|person| person.email).unwrap_or_default();
    let role = move || {
        changing.with(|person| other(person.as_ref().and_then(|person| person.role.as_ref())))
    };
    let removal = Signal::derive(move || op::RemovePermission {
        app: name.get(),
        body: EmailRequest { email: email() },
    });
    let addition = Signal::derive(move || op::AddPermission {
        app: name.get(),
        body: AddPermissionRequest { email: email(), role: Some(role()) },
    });
    let let_in = move || {
        let operation = addition.get_untracked();
        let words = words_of(operation.body.role.as_ref()).name.to_lowercase();
        let text = format!("{} is a {words} now.", operation.body.email);
        call.run(operation, move |_| {
            between.set(None);
            open.set(false);
            toasts.ok(text);
        });
    };
    let change = move || {
        if between.with_untracked(Option::is_some) {
            let_in();
            return;
        }
        call.run(removal.get_untracked(), move |_| {
            between.set(changing.get_untracked());
            let_in();
        });
    };
    let command = Signal::derive(move || {
        let lines =
            [removal.with(|removal| removal.cli()), addition.with(|addition| addition.cli())];
        lines.into_iter().flatten().collect::<Vec<_>>().join(" && ")
    });
    view! {
        <CallDialog
            open=open
            title=Signal::derive(move || {
                format!("Make {} a {}?", email(), words_of(Some(&role())).name.to_lowercase())
            })
            confirm_label=Signal::derive(move || {
                if between.with(Option::is_some) { "Let in again" } else { "Change role" }.to_owned()
            })
            call
            command=command
            on_confirm=Callback::new(move |()| change())
        >
            <p>{move || words_of(Some(&role())).may}</p>
            <p>"It takes two requests: one takes their access away, the other gives it again with the new role. For a moment in between they have none."</p>
            <ErrorNote error=call.error />
            {move || (between.with(Option::is_some) && call.error.with(Option::is_some)).then(|| view! {
                <p><b>{email}</b> " has no access now. Let them in again, here or with Undo on the page."</p>
            })}
        </CallDialog>
    }
}
