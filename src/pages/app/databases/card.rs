//! One database with all there is to it.

use backoffice_contract::database::{Database, DatabaseState, FREE_CONNECTIONS, FREE_ROWS};
use backoffice_contract::session::Tier;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::pages::app::databases::backups::Backups;
use crate::pages::app::databases::connect::{Connect, PoolSize};
use crate::pages::app::databases::dialogs::use_dialogs;
use crate::pages::app::databases::manage::{DeleteRow, Manage};
use crate::pages::app::databases::replicas::Replicas;
use crate::pages::app::databases::{connection, words};
use crate::paths;
use backoffice_ui::words::numbers::grouped;
use backoffice_ui::words::time;
use backoffice_ui::{
    Badge, Button, Card, Disclosure, IconName, KeyValueRow, Note, SecretValue, Tone,
};
use backoffice_web_client::use_api;

/// A database as it changes. It stays the same card however often the list is read, so
/// that nothing that is open in it closes.
#[component]
pub fn DatabaseCard(
    /// The database.
    database: Memo<Database>,
    /// Whether the app has a standard database, whichever this one is.
    has_standard: Memo<bool>,
) -> impl IntoView {
    let is_standard = Memo::new(move |_| database.with(|database| database.tier == Tier::Standard));
    let title = Signal::derive(move || database.with(words::kind).to_owned());
    let state = Memo::new(move |_| database.with(|database| database.state.clone()));
    let badge = move || {
        let (tone, icon, word) = words::state(&state.get());
        view! { <Badge tone icon>{word}</Badge> }
    };
    view! {
        <Card title actions=move || view! { {badge} }.into_any()>
            <div class="database__notes"><Notes database has_standard /></div>
            <Figures database />
            <div class="database__columns">
                <Facts database />
                <div class="database__column">
                    <Connect database />
                    <PoolSize database />
                </div>
            </div>
            {move || is_standard.get().then(|| view! {
                <Disclosure title="Backups" detail="Costs 1 request to open">
                    <Backups database />
                </Disclosure>
                <Disclosure title="Read replicas" detail="Costs 1 request to open">
                    <Replicas database />
                </Disclosure>
                <Manage database />
            })}
            <DeleteRow database />
        </Card>
    }
}

/// What to know before anything else.
#[component]
fn Notes(database: Memo<Database>, has_standard: Memo<bool>) -> impl IntoView {
    let now = use_api().now;
    let dialogs = use_dialogs();
    let expectation = Memo::new(move |_| database.with(words::expectation));
    let stopped =
        Memo::new(move |_| database.with(|database| database.state == DatabaseState::Stopped));
    let limited = Memo::new(move |_| database.with(|database| database.limited_at.clone()));
    let free = Memo::new(move |_| database.with(|database| database.tier == Tier::Free));
    let since = move |limited: &str| match time::parse(limited) {
        Some(at) => format!("{}, {}", time::local(at), time::ago(now.get().saturating_sub(at))),
        None => limited.to_owned(),
    };
    let offer = move || {
        view! {
            <Button icon=IconName::Plus on_click=Callback::new(move |()| dialogs.create_standard.set(true))>
                "Create a standard database"
            </Button>
        }
    };
    view! {
        {move || expectation.get().map(|text| {
            let (tone, title) = match stopped.get() {
                true => (Tone::Limit, "The database is stopped"),
                false => (Tone::Wait, "The platform is at work"),
            };
            view! { <Note tone title><p>{text}</p></Note> }
        })}
        {move || limited.get().map(|at| view! {
            <Note tone=Tone::Bad title="It takes no more writes">
                <p>
                    {format!("It has more than {} rows, so it can only be read since ", grouped(FREE_ROWS))}
                    {move || since(&at)}
                    ". Delete rows, or move to a standard database."
                </p>
            </Note>
        })}
        {move || (free.get() && !has_standard.get()).then(|| view! {
            <Note
                tone=Tone::Info
                title="For more rows and connections, backups and read replicas"
                actions=move || offer().into_any()
            >
                <p>
                    "A standard database has them. It belongs to accounts on the standard tier; "
                    <A href=paths::BILLING attr:class="link">"upgrade under Billing"</A> "."
                </p>
            </Note>
        })}
    }
}

/// Four figures side by side: what it can hold, and what it costs.
#[component]
fn Figures(database: Memo<Database>) -> impl IntoView {
    let figures = Memo::new(move |_| {
        database.with(|database| match (&database.tier, database.plan()) {
            (Tier::Free, _) => vec![
                ("Rows", format!("up to {}", grouped(FREE_ROWS))),
                ("Connections", FREE_CONNECTIONS.to_string()),
                ("Backups", "none".to_owned()),
                ("Price", "$0".to_owned()),
            ],
            (_, Some(plan)) => {
                let price = plan.price(database.is_highly_available().unwrap_or_default());
                vec![
                    ("Memory", format!("{} GB", plan.size)),
                    ("Connections", plan.connections.to_string()),
                    ("Disk", format!("up to {}", words::storage(plan.storage_gb))),
                    ("A month", words::dollars(price)),
                ]
            }
            (_, None) => Vec::new(),
        })
    });
    move || {
        let figures = figures.get();
        (!figures.is_empty()).then(|| view! {
            <dl class="stat database__figures">
                {figures.into_iter().map(|(label, value)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> }).collect_view()}
            </dl>
        })
    }
}

#[component]
fn Facts(database: Memo<Database>) -> impl IntoView {
    let text = move |read: fn(&Database) -> String| Signal::derive(move || database.with(read));
    let optional = move |label: &'static str, read: fn(&Database) -> Option<String>| {
        let value = Memo::new(move |_| database.with(read));
        move || value.get().map(|value| view! { <KeyValueRow label>{value}</KeyValueRow> })
    };
    view! {
        <section class="database__part stack stack--close">
            <h3>"Details"</h3>
            <dl class="kv">
                <KeyValueRow label="Id"><span class="mono">{text(|database| database.id.clone())}</span></KeyValueRow>
                {optional("Version", |database| database.version.as_deref().map(words::version))}
                {optional("Region", |database| {
                    let place = [database.cloud.as_deref(), database.region.as_deref()];
                    let place = place.into_iter().flatten().collect::<Vec<_>>().join(" ");
                    Some(place).filter(|place| !place.is_empty())
                })}
                {optional("Availability", |database| {
                    database.is_highly_available().map(|on| if on { "High" } else { "One machine" }.to_owned())
                })}
                <KeyValueRow label="Host"><span class="mono">{text(|database| format!("{}:{}", database.host, database.port))}</span></KeyValueRow>
                <KeyValueRow label="Database"><span class="mono">{text(|database| database.database.clone())}</span></KeyValueRow>
                <KeyValueRow label="User"><span class="mono">{text(|database| database.username.clone())}</span></KeyValueRow>
                <KeyValueRow label="Password">
                    <SecretValue value=text(|database| database.password.expose().to_owned()) label="Password" />
                </KeyValueRow>
                <KeyValueRow label="URL">
                    <SecretValue value=text(|database| connection::url(database, false)) label="URL" />
                </KeyValueRow>
            </dl>
        </section>
    }
}
