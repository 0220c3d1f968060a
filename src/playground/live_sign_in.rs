//! Signing in inside the frame: the tokens never leave it.

use backoffice_contract::session::Credentials;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::frame::{Playground, needs_sign_in, use_playground};
use super::settings::View;
use crate::api::explain;
use crate::ui::{Button, ButtonType, ButtonVariant, FieldKind, Note, TextField, Tone};

/// The sign-in form, while the user is signed out in live mode.
#[component]
pub fn LiveSignIn() -> impl IntoView {
    let Playground { api, settings, .. } = use_playground();
    // Calling a third-party API needs no account here.
    let elsewhere =
        move || settings.with(|settings| settings.view == View::Http && settings.api.is_some());
    let needed = Memo::new(move |_| needs_sign_in(api) && !elsewhere());
    move || needed.get().then(|| view! { <Form /> })
}

#[component]
fn Form() -> impl IntoView {
    let api = use_playground().api;
    let label = match api.place().shown_url().split_once("://") {
        Some((_, host)) => host.to_owned(),
        None => api.place().shown_url().to_owned(),
    };
    let known = api.session.with_untracked(|session| session.email().map(str::to_owned));
    let email = RwSignal::new(known.unwrap_or_default());
    let password = RwSignal::new(String::new());
    let token = RwSignal::new(String::new());
    let wants_token = RwSignal::new(false);
    let pending = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        error.set(None);
        let credentials = Credentials {
            email: email.get_untracked().trim().to_owned(),
            password: password.get_untracked().into(),
            mfa_token: wants_token.get_untracked().then(|| token.get_untracked().trim().into()),
        };
        spawn_local(async move {
            let answer = api.sign_in(credentials).await;
            // The form is removed when the user is signed in.
            if pending.try_set(false).is_some() {
                return;
            }
            if let Err(failure) = answer {
                if failure.field("mfa_token").is_some() && !wants_token.get_untracked() {
                    wants_token.set(true);
                } else {
                    error.set(Some(explain(&failure).detail));
                }
            }
        });
    };
    view! {
        <form class="form play__sign-in" novalidate on:submit=submit>
            <h2>{format!("Sign in to {label}")}</h2>
            <p class="muted">"Live mode uses your account. You are signed in only here, until you close this tab."</p>
            {move || error.get().map(|text| view! {
                <div role="alert"><Note tone=Tone::Bad title="Not signed in"><p>{text}</p></Note></div>
            })}
            <TextField label="Email" value=email kind=FieldKind::Email autocomplete="username" />
            <TextField label="Password" value=password kind=FieldKind::Password autocomplete="current-password" />
            <Show when=move || wants_token.get()>
                <TextField
                    label="Second-factor token"
                    value=token
                    autocomplete="one-time-code"
                    hint="The six digits from your authenticator, or a recovery code."
                    mono=true
                    autofocus=true
                />
            </Show>
            <div><Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=pending>"Sign in"</Button></div>
        </form>
    }
}
