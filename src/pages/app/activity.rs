//! What was done to the app, when and by whom.

mod export;
pub mod kind;

use std::collections::BTreeSet;

use backoffice_contract::app::ActivityEntry;
use backoffice_contract::op;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::address_state::use_address_text;
use crate::components::QueryCard;
use crate::pages::app::activity::export::{csv, json};
use crate::pages::app::activity::kind::{Kind, kind_of};
use crate::pages::app::shared::context::{AppContext, use_app};
use crate::paths;
use backoffice_ui::words::numbers::counted;
use backoffice_ui::words::text_search::holds;
use backoffice_ui::words::time;
use backoffice_ui::{
    Button, ButtonVariant, EmptyState, Icon, IconName, ListOrEmpty, Menu, MenuItem, SearchField,
    SelectField, SkeletonShape, Table, TickedText, download,
};
use backoffice_web_client::{use_api, use_query};

/// The list, newest first, with filters that the address keeps.
#[component]
pub fn ActivityPage() -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let activity = use_query(move || Some(op::ListActivity { app: name.get() }));
    let command = Signal::derive(move || op::ListActivity { app: name.get() });
    let show = Callback::new(|entries| view! { <Entries entries /> }.into_any());
    view! {
        <QueryCard
            title="Activity"
            query=activity
            operation=command
            lines=6
            shape=SkeletonShape::Table
            show
        />
    }
}

#[component]
fn Entries(entries: Signal<Vec<ActivityEntry>>) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let words = use_address_text("q");
    let who = use_address_text("who");
    let kind = use_address_text("kind");
    let shown = Memo::new(move |_| {
        let (words, who, kind) = (words.get().to_lowercase(), who.get(), Kind::of_id(&kind.get()));
        entries.with(|entries| {
            entries
                .iter()
                .enumerate()
                .filter(|(_, entry)| who.is_empty() || entry.email == who)
                .filter(|(_, entry)| kind.is_none_or(|kind| kind_of(&entry.summary) == kind))
                .filter(|(_, ActivityEntry { email, summary, .. })| {
                    words.split_whitespace().all(|word| holds(email, word) || holds(summary, word))
                })
                .map(|(at, entry)| (at, entry.clone()))
                .collect::<Vec<_>>()
        })
    });
    let people = Signal::derive(move || {
        let people: BTreeSet<String> =
            entries.with(|entries| entries.iter().map(|entry| entry.email.clone()).collect());
        let mut choices = vec![(String::new(), "Everybody".to_owned())];
        choices
            .extend(people.into_iter().filter(|who| !who.is_empty()).map(|who| (who.clone(), who)));
        choices
    });
    let kinds = Signal::derive(move || {
        let there: Vec<Kind> =
            entries.with(|entries| entries.iter().map(|entry| kind_of(&entry.summary)).collect());
        let mut choices = vec![(String::new(), "All kinds".to_owned())];
        let present = Kind::ALL.into_iter().filter(|kind| there.contains(kind));
        choices.extend(present.map(|kind| (kind.id().to_owned(), kind.title().to_owned())));
        choices
    });
    let filtered =
        move || [words, who, kind].iter().any(|part| part.with(|part| !part.trim().is_empty()));
    let reset =
        Callback::new(move |()| [words, who, kind].iter().for_each(|part| part.set(String::new())));
    let count = Signal::derive(move || {
        let (shown, all) = (shown.with(Vec::len), entries.with(Vec::len));
        let all = counted(all, "entry", "entries");
        if filtered() { format!("{shown} of {all}") } else { all }
    });
    let export = Signal::derive(move || {
        let save = move |json_wanted: bool| {
            Callback::new(move |()| {
                let app = name.get_untracked();
                shown.with_untracked(|shown| {
                    let entries = shown.iter().map(|(_, entry)| entry);
                    if json_wanted {
                        download(
                            &format!("{app}-activity.json"),
                            "application/json",
                            &json(entries),
                        );
                    } else {
                        download(&format!("{app}-activity.csv"), "text/csv", &csv(entries));
                    }
                });
            })
        };
        vec![MenuItem::new("As CSV", save(false)), MenuItem::new("As JSON", save(true))]
    });
    let empty = move || {
        view! {
            <EmptyState icon=IconName::Clock title="Nothing has been done yet">
                <p>"Deploys, config, scaling and everything else that changes the app appears here, with who did it."</p>
            </EmptyState>
        }
    };
    view! {
        <ListOrEmpty list=entries empty>
            <div class="card__tools">
                <SearchField label="Filter by words" value=words />
                <SelectField label="Who" hide_label=true value=who options=people on_pick=Callback::new(move |picked| who.set(picked)) />
                <SelectField label="Kind" hide_label=true value=kind options=kinds on_pick=Callback::new(move |picked| kind.set(picked)) />
                <span class="stamp card__count" role="status">{count}</span>
                <span class="spacer"></span>
                <Menu label="Export what is shown" icon=IconName::ArrowRight with_text=true items=export />
            </div>
            <Table columns=&["When", "What", "Who"] with_actions=true>
                // Entries have no number of their own: two may be alike.
                <For
                    each=move || shown.get()
                    key=|(at, entry)| (*at, entry.created_at.clone(), entry.summary.clone())
                    children=|(_, entry)| view! { <EntryRow entry /> }
                />
            </Table>
            <Show when=move || shown.with(Vec::is_empty)>
                <div class="card__empty">
                    <p>"No entry is like that."</p>
                    <Button variant=ButtonVariant::Quiet on_click=reset>"Show all"</Button>
                </div>
            </Show>
        </ListOrEmpty>
    }
}

#[component]
fn EntryRow(entry: ActivityEntry) -> impl IntoView {
    let AppContext { name, .. } = use_app();
    let now = use_api().now;
    let at = time::parse(&entry.created_at);
    let exact = at.map_or_else(|| entry.created_at.clone(), time::local);
    let when = at.map(|at| move || time::ago(now.get().saturating_sub(at)));
    let kind = kind_of(&entry.summary);
    let undo = kind.undone_on().map(|(page, label)| {
        view! {
            <A href=move || paths::app(&name.get(), page) attr:class="link small" attr:aria-label=format!("{label}: {}", entry.summary)>
                {label}
            </A>
        }
    });
    view! {
        <tr>
            <td class="table__main activity__when">
                {when.map(|when| view! { <span>{when}</span> })}
                <span class="table__note">{exact}</span>
            </td>
            <td data-label="What">
                <span class="release__kind" title=kind.title()><Icon name=kind.icon() /></span>
                <span class="visually-hidden">{kind.title()} ": "</span>
                <TickedText text=entry.summary.clone() />
            </td>
            <td data-label="Who" class="wrap-anywhere">{entry.email}</td>
            <td class="table__actions">{undo}</td>
        </tr>
    }
}
