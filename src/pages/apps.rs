//! All apps.

use backoffice_contract::app::App;
use backoffice_contract::op;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::api::use_query;
use crate::components::{OperationCommand, PageTitle, QueryView, Stamp};
use crate::paths::{self, AppPage};
use crate::ui::{ButtonVariant, Card, EmptyState, IconName, LinkButton, SkeletonShape, Table};

/// The list with an instant filter. It costs one request, however many apps there are.
#[component]
pub fn AppsPage() -> impl IntoView {
    let apps = use_query(|| Some(op::ListApps {}));
    let command = Signal::derive(|| op::ListApps {});
    view! {
        <PageTitle title="Apps" purpose="Everything you run, with the replicas you asked for.">
            <LinkButton href=paths::NEW_APP variant=ButtonVariant::Primary icon=IconName::Plus>
                "New app"
            </LinkButton>
        </PageTitle>
        <Card
            title="Your apps"
            actions=move || view! { <Stamp query=apps /> }.into_any()
            foot=move || view! { <OperationCommand operation=command /> }.into_any()
        >
            <QueryView query=apps lines=4 shape=SkeletonShape::Table show=Callback::new(|apps: Signal<Vec<App>>| view! { <AppsTable apps /> }.into_any()) />
        </Card>
    }
}

#[component]
fn AppsTable(apps: Signal<Vec<App>>) -> impl IntoView {
    let filter = RwSignal::new(String::new());
    let shown = Memo::new(move |_| {
        let filter = filter.get().trim().to_lowercase();
        apps.with(|apps| {
            let mut shown: Vec<App> = apps
                .iter()
                .filter(|app| filter.is_empty() || app.unique_name.to_lowercase().contains(&filter))
                .cloned()
                .collect();
            shown.sort_by(|a, b| a.unique_name.cmp(&b.unique_name));
            shown
        })
    });
    let none = Memo::new(move |_| apps.with(Vec::is_empty));
    let many = Memo::new(move |_| apps.with(|apps| apps.len() > 7));
    move || {
        if none.get() {
            return view! {
                <EmptyState icon=IconName::Rocket title="You have no apps yet">
                    <p>"Create one, push your code to it, and it runs."</p>
                    <LinkButton href=paths::NEW_APP variant=ButtonVariant::Primary icon=IconName::Plus>"Create your first app"</LinkButton>
                </EmptyState>
            }
            .into_any();
        }
        view! {
            <Show when=move || many.get()>
                <div class="card__tools">
                    <input
                        class="input"
                        type="search"
                        placeholder="Filter by name"
                        aria-label="Filter apps by name"
                        prop:value=filter
                        on:input:target=move |event| filter.set(event.target().value())
                    />
                </div>
            </Show>
            <Table columns=&["Name", "Replicas", "Size", "Region", "Stack"]>
                <For each=move || shown.get() key=row_key children=|app| view! { <AppRow app /> } />
            </Table>
            <Show when=move || shown.with(Vec::is_empty)>
                <p class="card__empty">"No app is called like that."</p>
            </Show>
        }
        .into_any()
    }
}

/// All that a row shows, since a row is made anew only when its key changes.
fn row_key(app: &App) -> (String, u32, String) {
    (
        app.unique_name.clone(),
        app.replicas,
        format!("{} {} {} {}", app.size, app.cloud, app.region, app.stack),
    )
}

#[component]
fn AppRow(app: App) -> impl IntoView {
    let replicas = match app.replicas {
        0 => "stopped".to_owned(),
        replicas => replicas.to_string(),
    };
    let place = [app.cloud, app.region].into_iter().filter(|part| !part.is_empty());
    view! {
        <tr>
            <td class="table__main">
                <A href=paths::app(&app.unique_name, AppPage::Overview) attr:class="table__link mono">
                    {app.unique_name.clone()}
                </A>
            </td>
            <td data-label="Replicas">{replicas}</td>
            <td data-label="Size">{app.size}</td>
            <td data-label="Region">{place.collect::<Vec<_>>().join(" · ")}</td>
            <td data-label="Stack">{app.stack}</td>
        </tr>
    }
}
