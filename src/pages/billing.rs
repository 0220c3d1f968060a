//! Costs, invoices and the payment card.

mod card;
mod expiry;
mod invoices;
mod token_field;
mod upgrade;
pub mod usage;

use backoffice_contract::account::Account;
use backoffice_contract::billing::{RunRate, UsageLine};
use backoffice_contract::op;
use backoffice_contract::session::Tier;
use leptos::prelude::*;

use crate::components::{PageTitle, QueryView};
use crate::pages::billing::card::PaymentCard;
use crate::pages::billing::invoices::InvoicesCard;
use crate::pages::billing::upgrade::Upgrade;
use crate::pages::billing::usage::{RunRateCard, UsageCard};
use backoffice_ui::words::money::dollars;
use backoffice_ui::{Badge, Card, IconName, Tone};
use backoffice_web_client::{Query, use_account, use_query};

/// Costs, card and invoices for a paying account; the upgrade for one on the free tier.
#[component]
pub fn BillingPage() -> impl IntoView {
    let account = use_account(|| true);
    let pays = Memo::new(move |_| account.data().map(|account| account.tier != Tier::Free));
    let invoices = use_query(|| Some(op::ListInvoices {}));
    // The free tier has none of these.
    let usage = use_query(move || pays.get()?.then_some(op::GetUsage {}));
    let run_rate = use_query(move || pays.get()?.then_some(op::GetRunRate {}));
    let card = use_query(move || pays.get()?.then_some(op::GetPaymentMethod {}));
    view! {
        <PageTitle title="Billing" purpose="Your costs, invoices and payment card." />
        {move || match pays.get() {
            None => view! {
                <Card title="Account" hide_head=true>
                    <QueryView query=account lines=4 show=Callback::new(|_: Signal<Account>| ().into_any()) />
                </Card>
            }
            .into_any(),
            Some(false) => view! {
                <Upgrade />
                <InvoicesCard invoices />
            }
            .into_any(),
            Some(true) => view! {
                <Card title="Costs" hide_head=true><Figures account usage run_rate /></Card>
                <div class="grid grid--even">
                    <UsageCard usage />
                    <RunRateCard run_rate />
                </div>
                <div class="grid">
                    <InvoicesCard invoices />
                    <PaymentCard card />
                </div>
            }
            .into_any(),
        }}
    }
}

#[component]
fn Figures(
    account: Query<Account>,
    usage: Query<Vec<UsageLine>>,
    run_rate: Query<RunRate>,
) -> impl IntoView {
    let known = |cents: Option<i64>| cents.map_or_else(|| "–".to_owned(), dollars);
    let used = move || known(usage.data().map(|lines| usage::total(&lines)));
    let rate = move || known(run_rate.data().map(|rate| rate.total_cents));
    let credit = move || known(account.data().map(|account| account.credit_cents));
    let tier = move || match account.data().map(|account| account.tier) {
        Some(Tier::Other(other)) => other,
        _ => "Standard".to_owned(),
    };
    view! {
        <dl class="stat">
            <div><dt>"This month so far"</dt><dd>{used}</dd></div>
            <div><dt>"Full month at this rate"</dt><dd>{rate}</dd></div>
            <div><dt>"Credit"</dt><dd>{credit}</dd></div>
            <div><dt>"Tier"</dt><dd><Badge tone=Tone::Ok icon=IconName::User>{tier}</Badge></dd></div>
        </dl>
    }
}
