//! What stands in for another provider in a sandbox.

use backoffice_contract::rules;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::write::checked_field::field_error;
use backoffice_ui::{
    Button, ButtonType, ButtonVariant, FieldKind, IconName, Note, TextField, Tone,
};
use backoffice_web_client::use_api;

/// Asks whom the provider is to know, since a sandbox reaches no provider.
#[component]
pub fn ProviderStandIn(
    /// The page that a real provider would show.
    url: String,
    /// The sandbox knows the answer now.
    #[prop(into)]
    on_answered: Callback<()>,
    /// The person gives up.
    on_refuse: Callback<()>,
) -> impl IntoView {
    let api = use_api();
    let email = RwSignal::new(String::new());
    let checked = RwSignal::new(false);
    let pending = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let url = StoredValue::new(url);
    let error = field_error(
        "The address",
        email,
        checked,
        |email| rules::email(email.trim()),
        Signal::derive(move || problem.get()),
    );
    let confirm = move |event: SubmitEvent| {
        event.prevent_default();
        checked.set(true);
        let email = email.with_untracked(|email| email.trim().to_owned());
        if rules::email(&email).is_err() || pending.get_untracked() {
            return;
        }
        pending.set(true);
        problem.set(None);
        spawn_local(async move {
            let answer = api.confirm_at_provider(&url.get_value(), &email).await;
            // The page may have been left meanwhile.
            if pending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(_) => on_answered.run(()),
                Err(reason) => problem.set(Some(reason)),
            }
        });
    };
    view! {
        <Note tone=Tone::Wait title="Sandbox: Google is simulated">
            <form class="form" novalidate on:submit=confirm>
                <TextField
                    focus_on_error=true
                    label="Whom Google knows"
                    value=email
                    kind=FieldKind::Email
                    autocomplete="off"
                    error
                    autofocus=true
                />
                <div class="form__actions">
                    <Button variant=ButtonVariant::Primary kind=ButtonType::Submit icon=IconName::Check pending>
                        "Confirm"
                    </Button>
                    <Button on_click=on_refuse>"Cancel"</Button>
                </div>
            </form>
        </Note>
    }
}
