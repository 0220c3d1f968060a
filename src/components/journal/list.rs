//! The calls of the journal, searched and filtered.

use leptos::prelude::*;

use crate::components::journal::entry::JournalEntry;
use crate::components::journal::filter::{JournalFilter, finds};
use crate::paths;
use backoffice_ui::words::numbers::counted;
use backoffice_ui::{
    Button, ButtonVariant, EmptyState, IconName, LinkButton, SearchField, Segments, Tone, download,
    use_toasts,
};
use backoffice_web_client::{Entry, use_api};

/// What the file is called that holds the exported calls.
const HAR_NAME: &str = "backoffice-requests.har";

/// The calls that are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    /// How many calls the journal has.
    all: usize,
    /// How many of them are looked for.
    matching: usize,
    /// The first of those, newest first.
    shown: Vec<Entry>,
}

impl Found {
    /// Looks through the journal, and copies no more than `limit` of its entries.
    fn of<'a>(
        entries: impl Iterator<Item = &'a Entry>,
        filter: JournalFilter,
        search: &str,
        limit: usize,
    ) -> Self {
        let mut found = Self { all: 0, matching: 0, shown: Vec::new() };
        for entry in entries {
            found.all += 1;
            if filter.has(entry.method, &entry.state) && finds(search, entry) {
                found.matching += 1;
                if found.matching <= limit {
                    found.shown.push(entry.clone());
                }
            }
        }
        found
    }
}

/// The newest `limit` calls that are looked for, each with what happened to it.
#[component]
pub fn JournalList(
    /// How many.
    limit: usize,
) -> impl IntoView {
    let api = use_api();
    let search = RwSignal::new(String::new());
    let filter = RwSignal::new(JournalFilter::All);
    let found = Memo::new(move |_| {
        let (filter, search) = (filter.get(), search.get());
        api.with_journal(|entries| Found::of(entries.rev(), filter, &search, limit))
    });
    let shown = Memo::new(move |_| found.with(|found| found.shown.clone()));
    let empty = Memo::new(move |_| found.with(|found| found.all == 0));
    let none = Memo::new(move |_| found.with(|found| found.matching == 0));
    let cut = Memo::new(move |_| found.with(|found| found.matching > limit));
    let show_all = Callback::new(move |()| {
        search.set(String::new());
        filter.set(JournalFilter::All);
    });
    move || {
        if empty.get() {
            return view! {
                <EmptyState icon=IconName::Requests title="No requests yet">
                    <p>"Each call to the API shows here with its waits and retries."</p>
                    <LinkButton href=paths::APPS>"All apps"</LinkButton>
                </EmptyState>
            }
            .into_any();
        }
        view! {
            <Tools found search filter />
            {move || none.get().then(|| view! {
                <EmptyState icon=IconName::Requests title="No request matches">
                    <Button small=true on_click=show_all>"Show all"</Button>
                </EmptyState>
            })}
            <JournalRows entries=shown />
            {move || cut.get().then(|| view! {
                <p class="journal__cut">{format!("The newest {limit} are shown here.")}</p>
            })}
        }
        .into_any()
    }
}

/// Search, filter, count, and what can be done with all of it.
#[component]
fn Tools(
    found: Memo<Found>,
    search: RwSignal<String>,
    filter: RwSignal<JournalFilter>,
) -> impl IntoView {
    let api = use_api();
    let toasts = use_toasts();
    let count = Memo::new(move |_| {
        let (matching, all) = found.with(|found| (found.matching, found.all));
        if matching == all {
            counted(all, "request", "requests")
        } else {
            format!("{matching} of {all}")
        }
    });
    let export = Callback::new(move |()| {
        let (filter, search) = (filter.get_untracked(), search.get_untracked());
        let found = untrack(move || {
            api.with_journal(|entries| Found::of(entries.rev(), filter, &search, usize::MAX))
        });
        let har = api.har(&found.shown);
        if download(HAR_NAME, "application/json", &har) {
            toasts.ok(format!("{HAR_NAME} holds what is shown, without secrets."));
        } else {
            toasts.push(Tone::Bad, "The browser does not allow the download.", None);
        }
    });
    view! {
        <div class="journal__bar"><div class="journal__tools">
            <SearchField label="Search requests" value=search />
            <Segments label="Kind of requests" value=filter items=JournalFilter::CHOICES.to_vec() />
            <p class="journal__count" role="status">{count}</p>
            <div class="journal__actions">
                <Button
                    small=true
                    variant=ButtonVariant::Quiet
                    title="Downloads the requests that are shown as a HAR file, without secrets"
                    on_click=export
                >
                    "Export HAR"
                </Button>
                <Button
                    small=true
                    variant=ButtonVariant::Quiet
                    title="Forgets what has ended"
                    on_click=Callback::new(move |()| api.clear_journal())
                >
                    "Clear"
                </Button>
            </div>
        </div></div>
    }
}

/// Calls, each with what happened to it.
#[component]
fn JournalRows(entries: Memo<Vec<Entry>>) -> impl IntoView {
    view! {
        <ol class="journal">
            <For
                each=move || entries.get()
                key=|entry| entry.id
                children=move |first| {
                    let id = first.id;
                    let entry = Memo::new(move |_| {
                        entries.with(|entries| {
                            entries.iter().find(|entry| entry.id == id).cloned()
                        })
                        .unwrap_or_else(|| first.clone())
                    });
                    view! { <li class="journal__item"><JournalEntry entry=entry /></li> }
                }
            />
        </ol>
    }
}
