//! Signing in again in place: the page, its drafts and its waiting calls stay.

use leptos::prelude::*;

use crate::components::sign_in::form::SignInForm;
use crate::components::sign_in::sign_out::use_sign_out;
use crate::components::waiting::waiting_calls::WaitingCalls;
use backoffice_ui::{Button, ButtonVariant, Dialog};
use backoffice_web_client::{SessionState, use_api};

/// Opens itself when the session has expired and closes when there is a new one.
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
                "Sign in again to go on where you are. This page, what you have typed and the requests that wait are kept."
            </p>
            <WaitingCalls />
            {move || expired.get().map(|email| view! {
                <SignInForm email same_user=true on_done=Callback::new(|()| ()) />
            })}
            <Button
                variant=ButtonVariant::Quiet
                on_click=Callback::new(move |()| sign_out.run())
            >
                "Sign in as somebody else"
            </Button>
        </Dialog>
    }
}
