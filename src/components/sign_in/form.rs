//! The form that signs in, on its page and in place.

use backoffice_contract::session::Credentials;
use backoffice_contract::{Secret, rules};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::components::read::error_note::ErrorNote;
use crate::components::sign_in::provider_sign_in::ProviderSignIn;
use crate::components::write::checked_field::field_error;
use backoffice_ui::{Button, ButtonType, ButtonVariant, FieldKind, IconName, TextField};
use backoffice_web_client::demo;
use backoffice_web_client::{SignIn, use_api, use_sign_in};

/// E-mail address, password and, for accounts that have one, a token of the second
/// factor, which is asked for only after the API wants it.
#[component]
pub fn SignInForm(
    /// The address to begin with.
    #[prop(into)]
    email: String,
    /// Whether the address is settled, as it is after a session expired.
    #[prop(default = false)]
    same_user: bool,
    /// Called once signed in.
    on_done: Callback<()>,
) -> impl IntoView {
    let api = use_api();
    let checked = RwSignal::new(false);
    let form = use_sign_in(
        email,
        move |credentials| async move { api.sign_in(credentials).await },
        move || on_done.run(()),
    );
    let SignIn { email, password, token, wants_token, pending, error, .. } = form;
    let nothing = Signal::stored(None);
    let email_error =
        field_error("The address", email, checked, |email| rules::email(email.trim()), nothing);
    let password_error = Signal::derive(move || {
        (checked.get() && password.with(String::is_empty)).then(|| "Type your password.".to_owned())
    });
    let token_error = Signal::derive(move || {
        let said = error.with(|error| error.as_ref()?.field("mfa_token"));
        said.map(|fragment| format!("The token {fragment}"))
    });
    let general =
        Signal::derive(move || error.get().filter(|error| !error.only_about(&["mfa_token"])));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        checked.set(true);
        let faulty =
            email_error.get_untracked().is_some() || password_error.get_untracked().is_some();
        if !faulty {
            form.submit();
        }
    };
    let demo = move || {
        form.submit_as(Credentials {
            email: demo::EMAIL.to_owned(),
            password: Secret::new(demo::PASSWORD),
            mfa_token: None,
        });
    };
    let only = if same_user { email.get_untracked() } else { String::new() };
    let has_demo = api.choice().is_sandbox() && !same_user;
    view! {
        <div class="form">
            <form class="form" novalidate on:submit=submit>
                <ErrorNote error=general />
                <TextField
                    focus_on_error=true
                    label="Email"
                    value=email
                    kind=FieldKind::Email
                    autocomplete="username"
                    error=email_error
                    readonly=same_user
                    autofocus=!same_user
                />
                <TextField
                    focus_on_error=true
                    label="Password"
                    value=password
                    kind=FieldKind::Password
                    autocomplete="current-password"
                    error=password_error
                    autofocus=same_user
                />
                <Show when=move || wants_token.get()>
                    <TextField
                        focus_on_error=true
                        label="Token of your second factor"
                        value=token
                        autocomplete="one-time-code"
                        hint="The six digits of your authenticator, or a recovery code."
                        error=token_error
                        mono=true
                        autofocus=true
                    />
                </Show>
                <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=pending>
                    "Sign in"
                </Button>
                {has_demo.then(|| view! {
                    <Button icon=IconName::Sandbox disabled=pending on_click=Callback::new(move |()| demo())>
                        "Continue as the demo user"
                    </Button>
                })}
            </form>
            <ProviderSignIn only on_done />
        </div>
    }
}
