//! The columns of the list of apps: an entry a column, with its order and what its cells show.

use std::cmp::Ordering;

use backoffice_contract::app::App;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::nav::AppPage;
use crate::pages::apps::health::HealthCell;
use crate::paths;
use backoffice_ui::Phone;

/// An app in the list.
#[derive(Clone)]
pub(super) struct AppRow {
    pub(super) name: String,
    pub(super) app: Memo<App>,
}

/// A column of the list.
pub(super) struct AppColumn {
    /// What addresses and sheets know it by.
    pub(super) id: &'static str,
    /// Its header.
    pub(super) title: &'static str,
    /// Its track in the grid.
    pub(super) width: &'static str,
    /// Where its cells are on a phone.
    pub(super) phone: Phone,
    /// The order by it, if there is one.
    pub(super) order: Option<fn(&App, &App) -> Ordering>,
    /// What a cell of it shows.
    pub(super) cell: fn(AppRow) -> AnyView,
}

/// The columns, in order. The first is the order of a list that nobody has sorted.
pub(super) const COLUMNS: [AppColumn; 7] = [
    AppColumn {
        id: "name",
        title: "Name",
        width: "minmax(0, 2.4fr)",
        phone: Phone::At("1 / 1"),
        order: Some(|one, other| one.unique_name.cmp(&other.unique_name)),
        cell: |AppRow { name, .. }| {
            let (title, shown) = (name.clone(), name.clone());
            view! {
                <A href=paths::app(&name, AppPage::Overview) attr:class="table__link mono truncate" attr:title=title>
                    {shown}
                </A>
            }
            .into_any()
        },
    },
    AppColumn {
        id: "replicas",
        title: "Replicas",
        width: "minmax(0, 0.8fr)",
        phone: Phone::At("2 / 2"),
        order: Some(|one, other| one.replicas.cmp(&other.replicas)),
        cell: |AppRow { app, .. }| {
            view! {
                <span class="only-phone apps__label">"Replicas "</span>
                {move || app.with(|app| app.replicas)}
            }
            .into_any()
        },
    },
    AppColumn {
        id: "size",
        title: "Size",
        width: "minmax(0, 0.6fr)",
        phone: Phone::Hidden,
        order: Some(|one, other| one.size.total_cmp(&other.size)),
        cell: |AppRow { app, .. }| (move || app.with(|app| app.size)).into_any(),
    },
    AppColumn {
        id: "memory",
        title: "Memory",
        width: "minmax(0, 0.8fr)",
        phone: Phone::Hidden,
        order: Some(|one, other| gigabytes(one).total_cmp(&gigabytes(other))),
        cell: |AppRow { app, .. }| {
            // Sizes come in steps of 0.1.
            let total = move || app.with(|app| (gigabytes(app) * 10.0).round() / 10.0);
            view! { {total} " GB" }.into_any()
        },
    },
    AppColumn {
        id: "region",
        title: "Region",
        width: "minmax(0, 1.7fr)",
        phone: Phone::At("2 / 1"),
        order: Some(|one, other| (&one.cloud, &one.region).cmp(&(&other.cloud, &other.region))),
        cell: |AppRow { app, .. }| {
            let place = move || {
                app.with(|app| {
                    let parts = [app.cloud.as_str(), app.region.as_str()];
                    let known = parts.into_iter().filter(|part| !part.is_empty());
                    known.collect::<Vec<_>>().join(" · ")
                })
            };
            view! { <span class="truncate">{place}</span> }.into_any()
        },
    },
    AppColumn {
        id: "stack",
        title: "Stack",
        width: "minmax(0, 1.1fr)",
        phone: Phone::Hidden,
        order: Some(|one, other| one.stack.cmp(&other.stack)),
        cell: |AppRow { app, .. }| {
            let stack = move || app.with(|app| app.stack.clone());
            view! { <span class="truncate">{stack}</span> }.into_any()
        },
    },
    AppColumn {
        id: "health",
        title: "Health",
        width: "minmax(0, 1.1fr)",
        phone: Phone::At("1 / 2"),
        order: None,
        cell: |AppRow { name, app }| {
            let stopped = Signal::derive(move || app.with(|app| app.replicas == 0));
            view! { <HealthCell name stopped /> }.into_any()
        },
    },
];

/// The memory of all replicas of an app, in GB; size 1 is 1 GB.
fn gigabytes(app: &App) -> f64 {
    f64::from(app.replicas) * app.size
}

/// The columns that the list can be in the order of.
pub(super) fn sortable() -> impl Iterator<Item = &'static AppColumn> {
    COLUMNS.iter().filter(|column| column.order.is_some())
}

/// The column of an id, if the list can be in its order.
pub(super) fn sorted_by(id: &str) -> Option<&'static AppColumn> {
    sortable().find(|column| column.id == id)
}
