//! Password, second factor, API key and sessions.

use leptos::prelude::*;

use crate::components::PageTitle;
use crate::pages::account::api_key::ApiKeyCard;
use crate::pages::account::mfa::SecondFactor;
use crate::pages::account::password::ChangePassword;
use crate::pages::account::this_session::ThisSession;
use backoffice_web_client::use_account;

/// One card for each way into the account.
#[component]
pub fn SecurityPage() -> impl IntoView {
    let account = use_account(|| true);
    view! {
        <PageTitle title="Security" purpose="Password, second factor, API key and sessions." />
        <div class="grid grid--even">
            <div class="stack">
                <SecondFactor account />
                <ChangePassword />
            </div>
            <div class="stack">
                <ApiKeyCard account />
                <ThisSession />
            </div>
        </div>
    }
}
