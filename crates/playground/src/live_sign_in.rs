//! Signing in, inside of the frame: the tokens never leave it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::frame::{Playground, needs_sign_in, use_playground};
use super::settings::View;
use backoffice_ui::{Button, ButtonType, ButtonVariant, FieldKind, Note, TextField, Tone};
use backoffice_web_client::{SignIn, explain, use_sign_in};

/// The form, while live mode has nobody signed in.
#[component]
pub fn LiveSignIn() -> impl IntoView {
    let Playground { api, settings, .. } = use_playground();
    // Whoever calls an API by somebody else needs no account here.
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
    let form = use_sign_in(
        known.unwrap_or_default(),
        move |credentials| async move { api.sign_in(credentials).await },
        || {},
    );
    let SignIn { email, password, token, wants_token, pending, error, .. } = form;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.submit();
    };
    view! {
        <form class="form play__sign-in" novalidate on:submit=submit>
            <h2>{format!("Sign in to {label}")}</h2>
            <p class="muted">"Live mode acts with your account. You are signed in here only, and until this tab is closed."</p>
            {move || error.get().map(|failure| explain(&failure).detail).map(|text| view! {
                <div role="alert"><Note tone=Tone::Bad title="Not signed in"><p>{text}</p></Note></div>
            })}
            <TextField label="Email" value=email kind=FieldKind::Email autocomplete="username" />
            <TextField label="Password" value=password kind=FieldKind::Password autocomplete="current-password" />
            <Show when=move || wants_token.get()>
                <TextField
                    label="Token of your second factor"
                    value=token
                    autocomplete="one-time-code"
                    hint="The six digits of your authenticator, or a recovery code."
                    mono=true
                    autofocus=true
                />
            </Show>
            <div><Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=pending>"Sign in"</Button></div>
        </form>
    }
}
