//! Who is signed in, on which tier; the address, and the end of the account.

use backoffice_contract::account::Account;
use backoffice_contract::op;
use backoffice_contract::session::Tier;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::{PageTitle, QueryCard};
use crate::pages::account::close_account::CloseAccount;
use crate::pages::account::email_change::EmailChange;
use crate::paths;
use backoffice_ui::words::money::dollars;
use backoffice_ui::{Badge, IconName, KeyValueRow, Tone};
use backoffice_web_client::use_account;

/// The profile, the change of the address, and closing the account.
#[component]
pub fn AccountPage() -> impl IntoView {
    let account = use_account(|| true);
    let command = Signal::derive(|| op::GetAccount {});
    let show = Callback::new(|account: Signal<Account>| view! { <Profile account /> }.into_any());
    view! {
        <PageTitle title="Account" purpose="Who you are to the platform, and what you are entitled to." />
        <div class="grid grid--even">
            <QueryCard
                title="Profile"
                query=account
                operation=command
                show
            />
            <EmailChange account />
        </div>
        <CloseAccount />
    }
}

#[component]
fn Profile(account: Signal<Account>) -> impl IntoView {
    let tier = move || {
        let (tone, word) = match account.with(|account| account.tier.clone()) {
            Tier::Free => (Tone::Neutral, "Free".to_owned()),
            Tier::Standard => (Tone::Ok, "Standard".to_owned()),
            Tier::Other(other) => (Tone::Neutral, other),
        };
        view! { <Badge tone icon=IconName::User>{word}</Badge> }
    };
    let limits = move || {
        account
            .with(|account| account.tier == Tier::Free)
            .then_some("1 app, 1 replica of size 0.2, 1 free database, no collaborators.")
    };
    let billing = move || {
        if account.with(|account| account.tier == Tier::Free) {
            "Upgrade in billing"
        } else {
            "See what it costs in billing"
        }
    };
    let credit = move || dollars(account.with(|account| account.credit_cents));
    view! {
        <dl class="kv card__body">
            <KeyValueRow label="Email">{move || account.with(|account| account.email.clone())}</KeyValueRow>
            <KeyValueRow label="Tier">
                {tier} " " <span class="stamp">{limits}</span> " "
                <A href=paths::BILLING attr:class="link">{billing}</A>
            </KeyValueRow>
            <KeyValueRow label="Credit">{credit}</KeyValueRow>
        </dl>
    }
}
