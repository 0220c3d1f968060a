//! Costs: nothing on the free tier, and by the second on the standard tier.

use backoffice_contract::billing::{
    CardRequest, PaymentMethod, RunRate, RunRateKind, UpgradeRequest, UsageLine,
};
use backoffice_contract::database::CreateDatabaseRequest;
use backoffice_contract::op;
use backoffice_contract::session::Tier;

use crate::engine::Millis;
use crate::engine::testing::{Api, NOW, PASSWORD};
use crate::engine::time::{self, DAY, HOUR};

const APP: &str = "mine";

/// An account on this tier whose app has run since the first of December, which is now.
fn in_december(tier: Tier) -> Api {
    let mut api = Api::on(tier);
    api.create_app(APP);
    api.deploy(APP);
    api.scale(APP, Some(0), None).unwrap();
    api.now = time::next_month(NOW);
    api.scale(APP, Some(1), None).unwrap();
    api
}

/// Waits longer than a session lives.
fn wait(api: &mut Api, span: Millis) {
    api.wait(span);
    api.sign_in("ada@example.com", PASSWORD).unwrap();
}

/// The cost of a twenty-fourth of a month, in whole cents.
fn part(cents_a_month: i64) -> Vec<(String, i64)> {
    vec![(APP.to_owned(), (cents_a_month + 12) / 24)]
}

fn usage(api: &mut Api) -> Vec<(String, i64)> {
    let lines = api.call(op::GetUsage {}).unwrap();
    lines.into_iter().map(|UsageLine { app, amount_cents }| (app, amount_cents)).collect()
}

fn run_rate(api: &mut Api) -> RunRate {
    api.call(op::GetRunRate {}).unwrap()
}

fn database(api: &mut Api, size: f64) -> String {
    let body = CreateDatabaseRequest { size, ..Default::default() };
    api.call(op::CreateDatabase { app: APP.into(), body }).unwrap().id
}

fn upgrade() -> op::UpgradeAccount {
    let body = UpgradeRequest { stripe_token: "tok_visa".into(), promo_code: None };
    op::UpgradeAccount { body }
}

#[test]
fn the_free_tier_costs_nothing() {
    let mut api = in_december(Tier::Free);
    wait(&mut api, 40 * DAY);
    assert!(usage(&mut api).is_empty());
    assert_eq!(run_rate(&mut api), RunRate::default());
    assert!(api.call(op::ListInvoices {}).unwrap().is_empty());
}

#[test]
fn replicas_are_paid_by_the_second_while_they_are_wanted() {
    let mut api = in_december(Tier::Standard);
    // Size 0.3 costs 15 dollars a month, so 31 days of 24 hours.
    api.wait(31 * HOUR);
    assert_eq!(usage(&mut api), part(1_500));
    api.scale(APP, Some(4), Some(0.6)).unwrap();
    api.wait(31 * HOUR);
    assert_eq!(usage(&mut api), part(1_500 + 12_000));
    api.scale(APP, Some(0), None).unwrap();
    api.wait(5 * DAY);
    assert_eq!(usage(&mut api), part(1_500 + 12_000));
}

#[test]
fn a_fresh_app_costs_nothing_until_its_first_release() {
    let mut api = Api::on(Tier::Standard);
    api.create_app(APP);
    api.scale(APP, Some(2), None).unwrap();
    assert_eq!(run_rate(&mut api), RunRate::default());
    api.push(APP, "ok");
    // No request has settled the build since it ended.
    api.wait(DAY);
    assert_eq!(run_rate(&mut api).total_cents, 3_000);
    assert_eq!(usage(&mut api)[0].1, 3_000 / 30);
}

#[test]
fn databases_are_paid_until_they_are_deleted() {
    let mut api = in_december(Tier::Standard);
    let id = database(&mut api, 4.0);
    let rate = run_rate(&mut api);
    let kinds: Vec<_> = rate.lines.iter().map(|line| (&line.kind, line.amount_cents)).collect();
    assert_eq!(kinds, [(&RunRateKind::App, 1_500), (&RunRateKind::Database, 10_000)]);
    assert_eq!(rate.total_cents, 11_500);
    api.wait(31 * HOUR);
    assert_eq!(usage(&mut api), part(11_500));
    api.call(op::DeleteDatabase { app: APP.into(), database: id }).unwrap();
    assert_eq!(run_rate(&mut api).total_cents, 1_500);
}

#[test]
fn a_month_that_is_over_becomes_an_invoice_even_of_a_deleted_app() {
    let mut api = in_december(Tier::Standard);
    wait(&mut api, 31 * DAY);
    let invoices = api.call(op::ListInvoices {}).unwrap();
    let december = &invoices[0];
    assert_eq!(december.app_name, APP);
    assert_eq!(december.period_start, "2026-12-01T00:00:00.000Z");
    assert_eq!(december.period_end, "2027-01-01T00:00:00.000Z");
    assert_eq!(december.amount_cents, 1_500);
    assert_eq!(december.replica_size_seconds as u64, 31 * 86_400 * 3 / 10);
    // The two minutes in November cost less than half a cent.
    assert_eq!(invoices.len(), 1);
    api.call(op::DeleteApp { app: APP.into() }).unwrap();
    wait(&mut api, 31 * DAY);
    assert_eq!(api.call(op::ListInvoices {}).unwrap(), invoices);
    assert!(usage(&mut api).is_empty() && run_rate(&mut api).lines.is_empty());
}

#[test]
fn upgrading_lifts_every_limit_and_begins_to_cost() {
    let mut api = in_december(Tier::Free);
    api.wait(10 * DAY);
    let database_request = |size| op::CreateDatabase {
        app: APP.into(),
        body: CreateDatabaseRequest { size, ..Default::default() },
    };
    assert!(api.scale(APP, Some(2), None).is_err());
    assert!(api.scale(APP, None, Some(0.3)).is_err());
    assert!(api.call(database_request(0.6)).is_err());
    api.call(upgrade()).unwrap();
    api.wait(31 * HOUR);
    // 200 MB for 10 dollars, from the upgrade on.
    assert_eq!(usage(&mut api), part(1_000));
    api.scale(APP, Some(2), Some(0.3)).unwrap();
    api.call(database_request(0.6)).unwrap();
    api.create_app("second");
    assert_eq!(run_rate(&mut api).total_cents, 3_000 + 2_500);
}

#[test]
fn the_card_is_shown_and_replaced() {
    let mut api = Api::on(Tier::Free);
    api.refuse(op::GetPaymentMethod {}, 404, "There is no card on file.");
    api.call(upgrade()).unwrap();
    let card = |brand: &str, last4| PaymentMethod {
        brand: brand.into(),
        last4,
        exp_month: 12,
        exp_year: 2028,
    };
    assert_eq!(api.call(op::GetPaymentMethod {}).unwrap(), card("Visa", 4242));
    let set =
        |token: &str| op::SetPaymentMethod { body: CardRequest { stripe_token: token.into() } };
    let declined = "Stripe token was refused. Your card has insufficient funds.";
    api.refuse(set("tok_chargeDeclinedInsufficientFunds"), 422, declined);
    let unknown = "Stripe token is no test card: use tok_visa, or tok_chargeDeclined for a \
                   card that is declined.";
    api.refuse(set("4242424242424242"), 422, unknown);
    assert_eq!(api.call(op::GetPaymentMethod {}).unwrap(), card("Visa", 4242));
    api.call(set("tok_amex")).unwrap();
    // The number 5, of the digits 0005.
    assert_eq!(api.call(op::GetPaymentMethod {}).unwrap(), card("American Express", 5));
}

#[test]
fn an_account_that_begins_on_the_standard_tier_has_its_card() {
    let mut api = Api::on(Tier::Standard);
    assert_eq!(api.call(op::GetPaymentMethod {}).unwrap().last4, 4242);
}

#[test]
fn the_demo_account_has_a_history_that_adds_up() {
    let mut api = Api::new();
    api.sign_in("demo@backoffice.example", "sandbox-demo").unwrap();
    let invoices = api.call(op::ListInvoices {}).unwrap();
    let periods: std::collections::BTreeSet<_> =
        invoices.iter().map(|invoice| invoice.period_start.as_str()).collect();
    assert!(periods.len() >= 3 && invoices.iter().all(|invoice| invoice.paid));
    let apps: Vec<String> = usage(&mut api).into_iter().map(|(app, _)| app).collect();
    assert_eq!(apps, ["bold-misty-otter", "idle-copper-newt", "quiet-amber-heron"]);
    // Two replicas of 0.5, a database of 1.7 with a read replica of 0.6, one replica of 0.3.
    assert_eq!(run_rate(&mut api).total_cents, 5_000 + 5_000 + 2_500 + 1_500);
    let heron = op::ListDatabases { app: "quiet-amber-heron".into() };
    let standard = api.call(heron).unwrap().into_iter().find(|one| one.size.is_some()).unwrap();
    let app = || "quiet-amber-heron".to_owned();
    let replicas = op::ListReadReplicas { app: app(), database: standard.id };
    let replica = api.call(replicas).unwrap().remove(0);
    api.call(op::DeleteDatabase { app: app(), database: replica.id }).unwrap();
    // The costs so far stay on the bill; from now on there are no more.
    assert_eq!(run_rate(&mut api).total_cents, 5_000 + 5_000 + 1_500);
    let card = api.call(op::GetPaymentMethod {}).unwrap();
    assert_eq!((card.last4, card.exp_month, card.exp_year), (5, 12, 2026));
}
