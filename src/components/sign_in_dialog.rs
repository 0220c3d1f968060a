//! Signing in again in place: the page, its drafts and its waiting calls are kept.

use leptos::prelude::*;

use super::sign_in_form::SignInForm;
use super::sign_out::use_sign_out;
use super::waiting_calls::WaitingCalls;
use crate::api::{SessionState, use_api};
use crate::ui::{Button, ButtonVariant, Dialog};

/// Opens when the session has expired, and closes when there is a new one.
#[component]
pub fn SignInDialog() -> impl IntoView {
    let api = use_api();
    let sign_out = use_sign_out();
    let open = RwSignal::new(false);
    let expired = Memo::new(move |_| {
        api.session.with(|session| match session {
            SessionState::Expired { email } => Some(email.clone()),
            _ => None,
        })
    });
    Effect::new(move |_| open.set(expired.with(Option::is_some)));
    view! {
        <Dialog
            title="Your session has ended"
            open=open
            persistent=true
        >
            <p>
                "Sign in again to continue where you left off. This page, your input and waiting requests are kept."
            </p>
            <WaitingCalls />
            {move || expired.get().map(|email| view! {
                <SignInForm email same_user=true on_done=Callback::new(|()| ()) />
            })}
            <Button
                variant=ButtonVariant::Quiet
                on_click=Callback::new(move |()| sign_out.run())
            >
                "Sign in as another user"
            </Button>
        </Dialog>
    }
}
