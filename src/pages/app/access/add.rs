//! Letting somebody in.

use backoffice_contract::network::{AddPermissionRequest, MAX_COLLABORATORS, Permissions, Role};
use backoffice_contract::session::Tier;
use backoffice_contract::{op, rules};
use leptos::prelude::*;

use crate::components::{ErrorNote, FormCard};
use crate::pages::app::access::role::{COLLABORATOR_MAY, VIEWER_MAY};
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::paths;
use backoffice_ui::{
    Button, ButtonType, ButtonVariant, Choice, FieldKind, LinkButton, Note, RadioCards, TextField,
    Tone, use_toasts,
};
use backoffice_web_client::{Query, use_account, use_api, use_mutation};

/// The form, or why there is none.
#[component]
pub fn AddPerson(
    /// Who has access already.
    access: Query<Permissions>,
) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let api = use_api();
    let toasts = use_toasts();
    let add = use_mutation();
    let email = RwSignal::new(String::new());
    let role = RwSignal::new(Role::Collaborator.as_str().to_owned());
    let checked = RwSignal::new(false);
    let is_owner = Memo::new(move |_| {
        let own = api.session.with(|session| session.email().map(str::to_lowercase));
        let owner = access.data().and_then(|access| access.owner);
        owner.is_none_or(|owner| own == Some(owner.to_lowercase()))
    });
    // Whoever has let somebody in is not on the free tier, so it is asked for only
    // where there is nobody.
    let alone = Memo::new(move |_| {
        is_owner.get() && access.data().is_some_and(|access| access.collaborators.is_empty())
    });
    let account = use_account(move || alone.get());
    let free = Memo::new(move |_| account.data().is_some_and(|account| account.tier == Tier::Free));
    let full = Memo::new(move |_| {
        access.data().is_some_and(|access| access.collaborators.len() >= MAX_COLLABORATORS)
    });
    let fault = Memo::new(move |_| {
        let typed = email.get();
        let typed = typed.trim();
        let known = |known: &str| known.eq_ignore_ascii_case(typed);
        if let Err(rule) = rules::email(typed) {
            return Some(format!("The address {rule}"));
        }
        access.data().and_then(|access| {
            if access.owner.as_deref().is_some_and(known) {
                Some("This is the owner.".to_owned())
            } else if access.collaborators.iter().any(|person| known(&person.email)) {
                Some("They have access already. Their role is changed in the list.".to_owned())
            } else {
                None
            }
        })
    });
    let from_api = add.field_error("email");
    let error = Signal::derive(move || {
        let valid = email.with(|email| rules::email(email.trim()).is_ok());
        fault.get().filter(|_| valid || checked.get()).or_else(|| from_api.get())
    });
    let operation = Signal::derive(move || op::AddPermission {
        app: name.get(),
        body: AddPermissionRequest {
            email: email.get().trim().to_owned(),
            role: Some(role.with(|role| Role::from(role.as_str()))),
        },
    });
    let submit = move || {
        checked.set(true);
        if fault.with_untracked(Option::is_some) {
            return;
        }
        let sent = email.get_untracked();
        add.run(operation.get_untracked(), move |_| {
            toasts.ok(format!("{} has access now. Tell them: nobody sends a mail.", sent.trim()));
            // Somebody may have gone on typing.
            if email.with_untracked(|email| *email == sent) {
                email.set(String::new());
            }
            checked.set(false);
        });
    };
    let roles = vec![
        Choice::new(Role::Collaborator.as_str(), "Collaborator", COLLABORATOR_MAY),
        Choice::new(Role::Viewer.as_str(), "Viewer", VIEWER_MAY),
    ];
    let form = StoredValue::new(roles);
    let form = move || {
        view! {
            {move || (!is_owner.get()).then(|| view! {
                <Note tone=Tone::Info title="You are not the owner">
                    <p>"Usually only the owner changes who has access."</p>
                </Note>
            })}
            <div class="form card__body">
                <ErrorNote error=add.general_error(&["email"]) />
                <TextField
                    focus_on_error=true
                    label="Email"
                    value=email
                    kind=FieldKind::Email
                    autocomplete="off"
                    hint="They need an account first."
                    error=error
                />
                <RadioCards legend="Role" name="role" value=role choices=form.get_value() />
                <div class="form__actions">
                    <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=add.pending>
                        "Give access"
                    </Button>
                </div>
            </div>
        }
        .into_any()
    };
    view! {
        <FormCard title="Give access" operation on_submit=submit>
            {move || if free.get() {
                view! {
                    <Note
                        tone=Tone::Limit
                        title="The free tier has no collaborators"
                        actions=move || view! { <LinkButton href=paths::BILLING>"See the tiers"</LinkButton> }.into_any()
                    >
                        <p>"On the standard tier, 25 people can work with each app."</p>
                    </Note>
                }
                .into_any()
            } else if full.get() {
                view! {
                    <Note tone=Tone::Limit title="25 people besides the owner are the most">
                        <p>"Remove somebody to let another one in."</p>
                    </Note>
                }
                .into_any()
            } else {
                form()
            }}
        </FormCard>
    }
}
