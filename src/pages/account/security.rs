//! Password, second factor, API key and sessions.

use leptos::prelude::*;

use super::api_key::ApiKeyCard;
use super::mfa::SecondFactor;
use super::password::ChangePassword;
use super::this_session::ThisSession;
use crate::components::PageTitle;
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
