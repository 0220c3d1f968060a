//! Who is signed in, on which tier.

use backoffice_contract::account::Account;
use backoffice_contract::op;
use backoffice_contract::session::Tier;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{use_api, use_query};
use crate::components::{OperationCommand, PageTitle, QueryView, Stamp};
use crate::ui::{Badge, Button, Card, IconName, KeyValueRow, Tone};

/// The profile, and signing out.
#[component]
pub fn AccountPage() -> impl IntoView {
    let api = use_api();
    let account = use_query(|| Some(op::GetAccount {}));
    let command = Signal::derive(|| op::GetAccount {});
    let sign_out = op::DeleteSession {};
    let sign_out = Signal::derive(move || sign_out.clone());
    let show = Callback::new(|account: Signal<Account>| view! { <Profile account /> }.into_any());
    view! {
        <PageTitle title="Account" purpose="Who you are to the platform, and what you are entitled to." />
        <div class="narrow stack">
            <Card
                title="Profile"
                actions=move || view! { <Stamp query=account /> }.into_any()
                foot=move || view! { <OperationCommand operation=command /> }.into_any()
            >
                <QueryView query=account show />
            </Card>
            <Card
                title="This session"
                foot=move || view! { <OperationCommand operation=sign_out /> }.into_any()
            >
                <div class="card__body stack stack--close">
                    <p>
                        "Your tokens are kept in this tab's session storage, or in memory where that is blocked, and nowhere else. "
                        "Signing out ends them here and on the server."
                    </p>
                    <p>
                        <Button
                            icon=IconName::SignOut
                            label="Sign out of this session"
                            on_click=Callback::new(move |()| spawn_local(async move { api.sign_out().await }))
                        >
                            "Sign out"
                        </Button>
                    </p>
                </div>
            </Card>
        </div>
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
    let credit = move || {
        let cents = account.with(|account| account.credit_cents);
        let sign = if cents < 0 { "−" } else { "" };
        format!("{sign}${}.{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
    };
    view! {
        <dl class="kv card__body">
            <KeyValueRow label="Email">{move || account.with(|account| account.email.clone())}</KeyValueRow>
            <KeyValueRow label="Tier">{tier} " " <span class="stamp">{limits}</span></KeyValueRow>
            <KeyValueRow label="Credit">{credit}</KeyValueRow>
        </dl>
    }
}
