//! The session of this browser.

use backoffice_contract::op;
use leptos::prelude::*;

use crate::components::{OperationCommand, use_sign_out};
use backoffice_ui::{Button, Card, IconName, KeyValueRow};
use backoffice_web_client::use_api;

/// Where the session is, and its end.
#[component]
pub fn ThisSession() -> impl IntoView {
    let api = use_api();
    let sign_out = use_sign_out();
    let operation = Signal::derive(|| op::DeleteSession {});
    let email = move || api.email().unwrap_or_default();
    let server = api.choice().label();
    view! {
        <Card title="This session" foot=move || view! { <OperationCommand operation /> }.into_any()>
            <div class="card__body stack stack--close">
                <dl class="kv">
                    <KeyValueRow label="Signed in as">{email}</KeyValueRow>
                    <KeyValueRow label="API"><span class="mono">{server}</span></KeyValueRow>
                    <KeyValueRow label="Kept in">
                        "The session storage of each tab, or its memory where that is blocked, and nowhere else."
                    </KeyValueRow>
                </dl>
                <p class="muted">
                    "The tabs of this browser share one session, so signing out ends it in all of them and on the server. "
                    "To end sessions in other browsers, change the password."
                </p>
                <p>
                    <Button
                        icon=IconName::SignOut
                        label="Sign out of all tabs of this browser"
                        on_click=Callback::new(move |()| sign_out.run())
                    >
                        "Sign out of all tabs"
                    </Button>
                </p>
            </div>
        </Card>
    }
}
