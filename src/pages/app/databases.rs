//! Databases of an app: the free one, the standard one, and those that are gone.

mod action;
mod backups;
mod card;
mod connect;
mod connection;
mod dialogs;
mod manage;
mod plan_rows;
mod pool;
mod replicas;
mod words;

use backoffice_contract::database::{Database, DatabaseState, FREE_CONNECTIONS, FREE_ROWS};
use backoffice_contract::op;
use backoffice_contract::session::Tier;
use leptos::prelude::*;

use crate::components::QueryCard;
use crate::pages::app::databases::action::ActionDialog;
use crate::pages::app::databases::backups::RestoreDialog;
use crate::pages::app::databases::card::DatabaseCard;
use crate::pages::app::databases::dialogs::create_free::CreateFree;
use crate::pages::app::databases::dialogs::create_standard::CreateStandard;
use crate::pages::app::databases::dialogs::delete::{DeleteDialog, DeleteReplicaDialog};
use crate::pages::app::databases::dialogs::scale::ScaleDatabaseDialog;
use crate::pages::app::databases::dialogs::upgrade::UpgradeDialog;
use crate::pages::app::databases::dialogs::{Dialogs, use_dialogs};
use crate::pages::app::databases::replicas::CreateReplicaDialog;
use crate::pages::app::shared::context::{AppContext, use_app};
use backoffice_ui::words::numbers::{counted, grouped};
use backoffice_ui::{
    Button, ButtonVariant, Disclosure, EmptyState, IconName, SkeletonShape, Table,
};
use backoffice_web_client::{Pace, use_poll_at, use_query};

/// What can be created, then a card for each database.
#[component]
pub fn DatabasesPage() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    Dialogs::provide();
    let databases = use_query(move || Some(op::ListDatabases { app: name.get() }));
    let command = Signal::derive(move || op::ListDatabases { app: name.get() });
    let alive = Memo::new(move |_| {
        let list = databases.data().unwrap_or_default();
        list.into_iter().filter(is_alive).collect::<Vec<_>>()
    });
    let in_transition = Signal::derive(move || {
        alive.with(|list| list.iter().any(|database| database.state.in_transition()))
    });
    use_poll_at(databases, in_transition, Pace::Minutes);
    let has_standard = Memo::new(move |_| has(alive, &Tier::Standard));
    let ids = Memo::new(move |_| {
        alive.with(|list| list.iter().map(|database| database.id.clone()).collect::<Vec<_>>())
    });
    let card = move |id: String| {
        // A card that is on its way out keeps what it showed last.
        let database = Memo::new(move |last: Option<&Database>| {
            let found = alive.with(|list| list.iter().find(|database| database.id == id).cloned());
            found.or_else(|| last.cloned()).unwrap_or_default()
        });
        view! { <DatabaseCard database has_standard /> }
    };
    let show = Callback::new(move |list: Signal<Vec<Database>>| {
        view! { <Overview list alive /> }.into_any()
    });
    view! {
        <QueryCard
            title="Databases"
            query=databases
            operation=command
            shape=SkeletonShape::Table
            show
        />
        <For each=move || ids.get() key=String::clone children=card />
        <CreateFree />
        <CreateStandard />
        <ScaleDatabaseDialog />
        <ActionDialog />
        <UpgradeDialog />
        <DeleteDialog />
        <RestoreDialog />
        <CreateReplicaDialog />
        <DeleteReplicaDialog />
    }
}

fn is_alive(database: &Database) -> bool {
    database.state != DatabaseState::Deleted
}

fn has(alive: Memo<Vec<Database>>, tier: &Tier) -> bool {
    alive.with(|list| list.iter().any(|database| database.tier == *tier))
}

/// What the app may have, what of that it has, and what it had.
#[component]
fn Overview(list: Signal<Vec<Database>>, alive: Memo<Vec<Database>>) -> impl IntoView {
    let dialogs = use_dialogs();
    let none = Memo::new(move |_| alive.with(Vec::is_empty));
    let has_free = Memo::new(move |_| has(alive, &Tier::Free));
    let has_standard = Memo::new(move |_| has(alive, &Tier::Standard));
    let deleted = Memo::new(move |_| {
        list.with(|list| list.iter().filter(|one| !is_alive(one)).cloned().collect::<Vec<_>>())
    });
    let free = move |variant| {
        view! {
            <Button variant icon=IconName::Plus on_click=Callback::new(move |()| dialogs.create_free.set(true))>
                "Create the free database"
            </Button>
        }
    };
    let standard = move |variant| {
        view! {
            <Button variant icon=IconName::Plus on_click=Callback::new(move |()| dialogs.create_standard.set(true))>
                "Create a standard database"
            </Button>
        }
    };
    let content = move || {
        if none.get() {
            return view! {
                <EmptyState icon=IconName::Database title="No database yet">
                    <p>
                        {format!("The free one holds {} rows and takes {FREE_CONNECTIONS} connections. ", grouped(FREE_ROWS))}
                        "A standard one has backups and grows, from $25 a month. Either sets " <code>"DATABASE_URL"</code> "."
                    </p>
                    <div class="database__choice">
                        {free(ButtonVariant::Primary)}
                        {standard(ButtonVariant::Default)}
                    </div>
                </EmptyState>
            }
            .into_any();
        }
        view! {
            <div class="database__tools">
                <p class="muted">"An app can have one free and one standard database."</p>
                <span class="database__stamp">
                    {(!has_free.get()).then(|| free(ButtonVariant::Default))}
                    // With only a free one, its card offers the other, with what it is good for.
                    {(!has_standard.get() && !has_free.get()).then(|| standard(ButtonVariant::Default))}
                </span>
            </div>
        }
        .into_any()
    };
    view! {
        {content}
        {move || {
            let deleted = deleted.get();
            (!deleted.is_empty()).then(|| {
                let title = counted(deleted.len(), "deleted database", "deleted databases");
                let rows = StoredValue::new(deleted);
                view! {
                    <Disclosure title=title>
                        <Table columns=&["Id", "Kind", "Database"]>
                            {rows.with_value(|rows| rows.iter().map(deleted_row).collect_view())}
                        </Table>
                    </Disclosure>
                }
            })
        }}
    }
}

fn deleted_row(database: &Database) -> impl IntoView + use<> {
    view! {
        <tr>
            <td class="table__main mono">{database.id.clone()}</td>
            <td data-label="Kind">{words::kind(database)}</td>
            <td data-label="Database" class="mono">{database.database.clone()}</td>
        </tr>
    }
}
