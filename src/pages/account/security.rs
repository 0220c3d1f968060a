//! Password, second factor, API key and sessions.

use leptos::prelude::*;

use super::api_key::ApiKeyCard;
use super::mfa::SecondFactor;
use super::password::ChangePassword;
use super::this_session::ThisSession;
use crate::api::use_account;
use crate::components::PageTitle;

/// One card for each way to sign in.
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
