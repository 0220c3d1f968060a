//! Databases of an app: the free one, and what is known of others.

use backoffice_contract::database::{Database, DatabaseState};
use backoffice_contract::session::Tier;
use backoffice_contract::{Operation as _, op};
use leptos::prelude::*;
use leptos_router::components::A;

use super::layout::{AppContext, use_app};
use crate::api::{use_mutation, use_poll, use_query};
use crate::components::{ErrorNote, OperationCommand, QueryView, Stamp};
use crate::paths::{self, AppPage};
use crate::ui::{
    Badge, Button, ButtonVariant, Card, ConfirmDialog, EmptyState, IconName, KeyValueRow, Note,
    SecretValue, Tone, use_toasts,
};

/// The list, and the button that creates the free database.
#[component]
pub fn DatabasesPage() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let databases = use_query(move || Some(op::ListDatabases { app: name.get() }));
    let creating = RwSignal::new(false);
    let command = Signal::derive(move || op::ListDatabases { app: name.get() });
    let pending = Signal::derive(move || {
        databases.data().is_some_and(|list| {
            list.iter().any(|database| matches!(database.state, DatabaseState::Creating))
        })
    });
    use_poll(databases, pending);
    let show = Callback::new(move |list: Signal<Vec<Database>>| {
        view! { <DatabaseList list creating /> }.into_any()
    });
    view! {
        <Card
            title="Databases"
            actions=move || view! { <Stamp query=databases /> }.into_any()
            foot=move || view! { <OperationCommand operation=command /> }.into_any()
        >
            <QueryView query=databases show />
        </Card>
        <CreateFree creating />
    }
}

#[component]
fn DatabaseList(list: Signal<Vec<Database>>, creating: RwSignal<bool>) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let alive = Memo::new(move |_| {
        list.with(|list| {
            list.iter()
                .filter(|database| database.state != DatabaseState::Deleted)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let button = move || {
        view! {
            <Button variant=ButtonVariant::Primary icon=IconName::Plus on_click=Callback::new(move |()| creating.set(true))>
                "Create the free database"
            </Button>
        }
    };
    move || {
        let alive = alive.get();
        if alive.is_empty() {
            return view! {
                <EmptyState icon=IconName::Database title="No database yet">
                    <p>
                        "The free one holds 10,000 rows and takes 2 connections. It sets "
                        <code>"DATABASE_URL"</code> "."
                    </p>
                    {button()}
                </EmptyState>
            }
            .into_any();
        }
        let has_free = alive.iter().any(|database| database.tier == Tier::Free);
        view! {
            {alive.into_iter().map(|database| view! { <DatabaseDetails database /> }).collect_view()}
            <div class="card__note row">
                {(!has_free).then(button)}
                <A href=paths::app(&name.get(), AppPage::Config) attr:class="link">"See DATABASE_URL in config"</A>
            </div>
        }
        .into_any()
    }
}

#[component]
fn DatabaseDetails(database: Database) -> impl IntoView {
    let (tone, icon) = match database.state {
        DatabaseState::Available => (Tone::Ok, IconName::Check),
        _ => (Tone::Wait, IconName::Clock),
    };
    let state = match &database.state {
        DatabaseState::Available => "Available".to_owned(),
        DatabaseState::Creating => "Being created, which takes minutes".to_owned(),
        other => other.as_str().to_lowercase().replace('_', " "),
    };
    let kind = match &database.tier {
        Tier::Free => "Free database".to_owned(),
        Tier::Standard => {
            let size = database.size.map(|size| format!(" of size {size}")).unwrap_or_default();
            format!("Standard database{size}")
        }
        Tier::Other(_) => "Database".to_owned(),
    };
    let host = format!("{}:{}", database.host, database.port);
    view! {
        <section class="card__body stack stack--close">
            <h3 class="row">{kind} " " <Badge tone icon>{state}</Badge></h3>
            {database.limited_at.map(|since| view! {
                <Note tone=Tone::Bad title="It takes no more writes">
                    <p>{format!("More than 10,000 rows since {since}. Delete rows or move to a standard database.")}</p>
                </Note>
            })}
            <dl class="kv">
                <KeyValueRow label="Id"><span class="mono">{database.id}</span></KeyValueRow>
                <KeyValueRow label="Host"><span class="mono">{host}</span></KeyValueRow>
                <KeyValueRow label="Database"><span class="mono">{database.database}</span></KeyValueRow>
                <KeyValueRow label="User"><span class="mono">{database.username}</span></KeyValueRow>
                <KeyValueRow label="Password">
                    <SecretValue value=database.password.expose().to_owned() label="Password" />
                </KeyValueRow>
                <KeyValueRow label="URL">
                    <SecretValue value=database.url.expose().to_owned() label="URL" />
                </KeyValueRow>
            </dl>
        </section>
    }
}

#[component]
fn CreateFree(creating: RwSignal<bool>) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let toasts = use_toasts();
    let create = use_mutation();
    Effect::new(move |_| {
        creating.track();
        create.error.set(None);
    });
    let operation = Signal::derive(move || op::CreateFreeDatabase { app: name.get() });
    view! {
        <ConfirmDialog
            open=creating
            title="Create the free database?"
            confirm_label="Create"
            pending=create.pending
            command=Signal::derive(move || operation.with(|operation| operation.cli()).unwrap_or_default())
            on_confirm=Callback::new(move |()| {
                create.run(operation.get_untracked(), move |_| {
                    creating.set(false);
                    toasts.ok("The database is there, and DATABASE_URL is set.");
                });
            })
        >
            <p>
                "It has 10,000 rows, 2 connections and no backups. It sets " <code>"DATABASE_URL"</code>
                " and " <code>"POOL_SIZE"</code> " where they are missing, which makes a release."
            </p>
            <ErrorNote error=create.error />
        </ConfirmDialog>
    }
}
