//! Who is signed in, on which tier; the address, and the end of the account.

use backoffice_contract::account::Account;
use backoffice_contract::op;
use backoffice_contract::session::Tier;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;

use super::close_account::CloseAccount;
use super::email_change::EmailChange;
use crate::api::{use_api, use_query};
use crate::components::{OperationCommand, PageTitle, QueryView, Stamp};
use crate::money::dollars;
use crate::paths;
use crate::ui::{Badge, Button, Card, IconName, KeyValueRow, Note, Tone};

/// The profile, the change of the address, and closing the account.
#[component]
pub fn AccountPage() -> impl IntoView {
    let account = use_query(|| Some(op::GetAccount {}));
    let command = Signal::derive(|| op::GetAccount {});
    let show = Callback::new(|account: Signal<Account>| view! { <Profile account /> }.into_any());
    view! {
        <PageTitle title="Account" purpose="Who you are to the platform, and what you are entitled to." />
        <div class="grid grid--even">
            <Card
                title="Profile"
                actions=move || view! { <Stamp query=account /> }.into_any()
                foot=move || view! { <OperationCommand operation=command /> }.into_any()
            >
                <QueryView query=account show />
            </Card>
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
        <RenamedNote account />
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

/// The session is kept under the address that signed in, which may be an old one by
/// now. Signing in again in place would then ask for the wrong account.
#[component]
fn RenamedNote(account: Signal<Account>) -> impl IntoView {
    let api = use_api();
    let renamed = Memo::new(move |_| {
        let now = account.with(|account| account.email.clone());
        api.email().is_some_and(|then| !now.is_empty() && !then.eq_ignore_ascii_case(&now))
    });
    let actions = move || {
        view! {
            <Button
                small=true
                icon=IconName::SignOut
                on_click=Callback::new(move |()| spawn_local(async move { api.sign_out().await }))
            >
                "Sign out now"
            </Button>
        }
        .into_any()
    };
    view! {
        <Show when=move || renamed.get()>
            <div class="card__body">
                <Note tone=Tone::Ok title="Your address has changed" actions>
                    <p>"This session still has the old one. Sign in with the new one from now on."</p>
                </Note>
            </div>
        </Show>
    }
}
