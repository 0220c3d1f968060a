//! Resetting the password: asking for the mail, then, with its token, setting a new one.

use backoffice_contract::account::{EmailRequest, ResetPasswordRequest};
use backoffice_contract::{Secret, op, rules};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;
use wasm_bindgen::JsValue;

use crate::components::{AuthFrame, EmailField, ErrorNote, Mailbox, NewPasswordField};
use crate::paths;
use backoffice_ui::{Button, ButtonType, ButtonVariant, Note, Tone};
use backoffice_web_client::use_mutation;

/// The first half without a token in the address, the second with one.
#[component]
pub fn ResetPasswordPage() -> impl IntoView {
    let token = RwSignal::new(None::<Secret>);
    let from_address = use_query_map().with_untracked(|query| query.get("token"));
    if let Some(from_address) = from_address {
        token.set(Some(from_address.into()));
        forget_query();
    }
    move || match token.get() {
        None => view! { <AskForMail token /> }.into_any(),
        Some(token) => view! { <SetPassword token /> }.into_any(),
    }
}

/// Takes the token out of the address bar and the history: it is as good as a
/// password for as long as it lives.
fn forget_query() {
    if let Ok(history) = window().history() {
        // A browser that refuses keeps working; the token is used once anyway.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(paths::RESET_PASSWORD));
    }
}

#[component]
fn AskForMail(token: RwSignal<Option<Secret>>) -> impl IntoView {
    let ask = use_mutation();
    let email = RwSignal::new(String::new());
    let checked = RwSignal::new(false);
    let sent = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        checked.set(true);
        email.update(|email| *email = email.trim().to_owned());
        let body = EmailRequest { email: email.get_untracked() };
        if rules::email(&body.email).is_ok() {
            ask.run(op::RequestPasswordReset { body }, move |_| sent.set(true));
        }
    };
    let follow = Callback::new(move |link: Secret| {
        let link = link.expose();
        let found = link.split_once("token=").map_or(link, |(_, token)| token);
        token.set(Some(backoffice_contract::percent_decode(found).into()));
    });
    view! {
        <AuthFrame title="Reset your password" purpose="We send you a mail with a link that lets you set a new one.">
            {move || if sent.get() {
                view! {
                    <Note tone=Tone::Ok title="Look into your mail">
                        <p>"If there is an account for " <b>{email.get()}</b> ", a link is on its way."</p>
                    </Note>
                    <Mailbox to=email action="Follow its link" on_use=follow />
                }
                .into_any()
            } else {
                view! {
                    <form class="form" novalidate on:submit=submit>
                        <ErrorNote error=ask.general_error(&["email"]) />
                        <EmailField value=email checked autocomplete="username" call=ask />
                        <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=ask.pending>
                            "Send the mail"
                        </Button>
                    </form>
                }
                .into_any()
            }}
            <p class="auth__links"><A href=paths::SIGN_IN>"Back to sign in"</A></p>
        </AuthFrame>
    }
}

#[component]
fn SetPassword(token: Secret) -> impl IntoView {
    let set = use_mutation();
    let password = RwSignal::new(String::new());
    let checked = RwSignal::new(false);
    let done = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        checked.set(true);
        let body = ResetPasswordRequest {
            token: token.clone(),
            password: password.get_untracked().into(),
        };
        if rules::password(body.password.expose()).is_ok() {
            set.run(op::ResetPassword { body }, move |_| done.set(true));
        }
    };
    let submit = Callback::new(submit);
    view! {
        <AuthFrame title="Set a new password" purpose="Sessions that are open elsewhere end with it.">
            {move || if done.get() {
                view! {
                    <Note tone=Tone::Ok title="Your password is set">
                        <p><A href=paths::SIGN_IN>"Sign in with it"</A></p>
                    </Note>
                }
                .into_any()
            } else {
                view! {
                    <form class="form" novalidate on:submit=move |event| submit.run(event)>
                        <ErrorNote error=set.general_error(&["password"]) />
                        <NewPasswordField
                            label="New password"
                            value=password
                            checked
                            call=set
                        />
                        <Button variant=ButtonVariant::Primary kind=ButtonType::Submit pending=set.pending>
                            "Set the password"
                        </Button>
                    </form>
                }
                .into_any()
            }}
        </AuthFrame>
    }
}
