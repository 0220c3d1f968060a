//! All apps.

mod columns;
mod filter;
mod health;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use backoffice_contract::app::App;
use backoffice_contract::op;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use crate::address_state::use_address_text;
use crate::components::{PageTitle, QueryCard};
use crate::pages::apps::columns::{AppRow, COLUMNS, sortable};
use crate::pages::apps::filter::{Order, Wanted, select};
use crate::paths;
use backoffice_ui::words::numbers::counted;
use backoffice_ui::{
    Button, ButtonVariant, ColumnSort, EmptyState, IconName, LinkButton, ListOrEmpty, SearchField,
    SelectField, SkeletonShape, TableColumn, VirtualTable,
};
use backoffice_web_client::use_query;

/// How many apps are a list that wants tools to find one.
const MANY: usize = 4;

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
        <QueryCard
            title="Your apps"
            query=apps
            operation=command
            lines=4
            shape=SkeletonShape::Table
            show=Callback::new(|apps: Signal<Vec<App>>| view! { <Apps apps /> }.into_any())
        />
    }
}

#[component]
fn Apps(apps: Signal<Vec<App>>) -> impl IntoView {
    let empty = || {
        view! {
            <EmptyState icon=IconName::Rocket title="You have no apps yet">
                <p>"Create one, push your code to it, and it runs."</p>
                <LinkButton href=paths::NEW_APP variant=ButtonVariant::Primary icon=IconName::Plus>"Create your first app"</LinkButton>
            </EmptyState>
        }
    };
    view! { <ListOrEmpty list=apps empty><AppList apps /></ListOrEmpty> }
}

/// The filters as the address keeps them.
#[derive(Clone, Copy)]
struct Filters {
    words: RwSignal<String>,
    state: RwSignal<String>,
    place: RwSignal<String>,
    stack: RwSignal<String>,
    sort: RwSignal<String>,
}

impl Filters {
    fn wanted(self) -> Wanted {
        Wanted {
            words: self.words.get(),
            state: self.state.get(),
            place: self.place.get(),
            stack: self.stack.get(),
            order: Order::read(&self.sort.get()),
        }
    }

    fn reset(self) {
        for part in [self.words, self.state, self.place, self.stack] {
            part.set(String::new());
        }
    }
}

#[component]
fn AppList(apps: Signal<Vec<App>>) -> impl IntoView {
    let filters = Filters {
        words: use_address_text("q"),
        state: use_address_text("state"),
        place: use_address_text("place"),
        stack: use_address_text("stack"),
        sort: use_address_text("sort"),
    };
    // While the pointer is down on a row, an answer that comes in moves nothing: the click
    // would end on another app than it began on.
    let held = RwSignal::new(false);
    let apps: Signal<Vec<App>> = {
        let answer = apps;
        let calm = Memo::new(move |before: Option<&Vec<App>>| match before {
            Some(before) if held.get() => before.clone(),
            _ => answer.get(),
        });
        calm.into()
    };
    // One copy of the apps for all rows; a row looks its own up.
    let by_name = Memo::new(move |_| {
        let by_name: HashMap<String, App> = apps
            .with(|apps| apps.iter().map(|app| (app.unique_name.clone(), app.clone())).collect());
        Arc::new(by_name)
    });
    let keys = Memo::new(move |_| {
        let wanted = filters.wanted();
        let names = apps.with(|apps| {
            let found = select(apps, &wanted).into_iter().filter_map(|at| apps.get(at));
            found.map(|app| app.unique_name.clone()).collect::<Vec<_>>()
        });
        Arc::new(names)
    });
    let release = move || {
        // After the click that follows.
        set_timeout(
            move || {
                held.try_set(false);
            },
            std::time::Duration::ZERO,
        );
    };
    let up = window_event_listener(ev::pointerup, move |_| release());
    let cancelled = window_event_listener(ev::pointercancel, move |_| release());
    on_cleanup(move || {
        up.remove();
        cancelled.remove();
    });
    let shown = Memo::new(move |_| keys.with(|keys| keys.len()));
    let all = Memo::new(move |_| apps.with(Vec::len));
    let count = Signal::derive(move || {
        let all = counted(all.get(), "app", "apps");
        if filters.wanted().is_filter() {
            format!("{} of {all}", counted_only(shown.get()))
        } else {
            all
        }
    });
    let order = Memo::new(move |_| filters.sort.with(|sort| Order::read(sort)));
    let columns = COLUMNS.iter().map(|column| {
        let sort = column.order.map(|_| ColumnSort {
            down: Signal::derive(move || {
                let order = order.get();
                (order.column == column.id).then_some(order.down)
            }),
            on_press: Callback::new(move |()| {
                filters.sort.set(order.get_untracked().pressed(column.id).write());
            }),
        });
        TableColumn::new(column.id, column.title, column.width, column.phone, column.cell)
            .sort(sort)
    });
    let columns: Vec<_> = columns.collect();
    let row = Callback::new(move |name: String| {
        let key = name.clone();
        let app =
            Memo::new(move |_| by_name.with(|apps| apps.get(&key).cloned()).unwrap_or_default());
        AppRow { name, app }
    });
    view! {
        <Tools apps filters count />
        <div on:pointerdown=move |_| held.set(true)>
            <VirtualTable label="Apps" class="apps" keys columns row />
        </div>
        <Show when=move || shown.get() == 0>
            <div class="card__empty">
                <p>"No apps match."</p>
                <Button variant=ButtonVariant::Quiet on_click=Callback::new(move |()| filters.reset())>"Show all apps"</Button>
            </div>
        </Show>
    }
}

fn counted_only(count: usize) -> String {
    backoffice_ui::words::numbers::grouped(u32::try_from(count).unwrap_or(u32::MAX))
}

/// What narrows the list down; the key `/` leads to it. A few apps need none of it.
#[component]
fn Tools(apps: Signal<Vec<App>>, filters: Filters, count: Signal<String>) -> impl IntoView {
    let many =
        Memo::new(move |_| apps.with(|apps| apps.len() >= MANY) || filters.wanted().is_filter());
    let places = Signal::derive(move || {
        let mut clouds: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        apps.with(|apps| {
            for app in apps {
                clouds.entry(app.cloud.clone()).or_default().insert(app.region.clone());
            }
        });
        let mut choices = vec![(String::new(), "All regions".to_owned())];
        for (cloud, regions) in clouds {
            choices.push((cloud.clone(), format!("All of {cloud}")));
            choices.extend(
                regions.into_iter().map(|region| (region.clone(), format!("{cloud} · {region}"))),
            );
        }
        choices
    });
    let stacks = Signal::derive(move || {
        let stacks: BTreeSet<String> =
            apps.with(|apps| apps.iter().map(|app| app.stack.clone()).collect());
        let all = (String::new(), "All stacks".to_owned());
        std::iter::once(all)
            .chain(stacks.into_iter().map(|stack| (stack.clone(), stack)))
            .collect::<Vec<_>>()
    });
    let states = Signal::stored(
        [("", "Running and stopped"), ("running", "Running"), ("stopped", "Stopped")]
            .map(|(id, name)| (id.to_owned(), name.to_owned()))
            .to_vec(),
    );
    let orders = Signal::stored(
        sortable()
            .flat_map(|column| [(column, false), (column, true)])
            .map(|(column, down)| {
                let suffix = if down { ", last first" } else { "" };
                let order = Order { column: column.id, down };
                (order.write(), format!("By {}{suffix}", column.title.to_lowercase()))
            })
            .collect::<Vec<_>>(),
    );
    let field = NodeRef::<html::Div>::new();
    let slash = window_event_listener(ev::keydown, move |event| {
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if event.key() == "/" && plain && !types_text() {
            let input = field.get_untracked().and_then(|field| first_input(&field));
            if let Some(input) = input {
                event.prevent_default();
                // The specification lists no error for focus().
                let _ = input.focus();
            }
        }
    });
    on_cleanup(move || slash.remove());
    let pick = |part: RwSignal<String>| Callback::new(move |picked: String| part.set(picked));
    move || {
        many.get().then(|| {
            view! {
                <div class="card__tools" node_ref=field>
                    <SearchField label="Filter by name, region or stack" value=filters.words />
                    <SelectField label="State" hide_label=true value=filters.state options=states on_pick=pick(filters.state) />
                    <SelectField label="Region" hide_label=true value=filters.place options=places on_pick=pick(filters.place) />
                    <SelectField label="Stack" hide_label=true value=filters.stack options=stacks on_pick=pick(filters.stack) />
                    <span class="only-phone apps__order">
                        <SelectField label="Order" hide_label=true value=filters.sort options=orders on_pick=pick(filters.sort) />
                    </span>
                    <span class="stamp card__count" role="status">{count}</span>
                </div>
            }
        })
    }
}

/// Whether the focus is where letters are typed, or in a dialog.
fn types_text() -> bool {
    document().active_element().is_some_and(|at| {
        at.closest("input, textarea, select, [contenteditable], dialog[open]")
            .ok()
            .flatten()
            .is_some()
    })
}

fn first_input(within: &web_sys::Element) -> Option<web_sys::HtmlElement> {
    use leptos::wasm_bindgen::JsCast as _;
    within.query_selector("input").ok().flatten()?.dyn_into().ok()
}
