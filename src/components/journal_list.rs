//! The calls of the journal, searched and filtered.

use leptos::prelude::*;

use super::journal_entry::JournalEntry;
use super::journal_filter::{JournalFilter, finds};
use crate::api::{Entry, use_api};
use crate::numbers::counted;
use crate::paths;
use crate::ui::{
    Button, ButtonVariant, EmptyState, IconName, LinkButton, SearchField, Segments, Tone, download,
    use_toasts,
};

/// What the file is called that holds the exported calls.
const HAR_NAME: &str = "backoffice-requests.har";

/// The newest `limit` calls that are looked for, each with what happened to it.
#[component]
pub fn JournalList(
    /// How many.
    limit: usize,
) -> impl IntoView {
    let api = use_api();
    let all = Memo::new(move |_| api.journal());
    let search = RwSignal::new(String::new());
    let filter = RwSignal::new(JournalFilter::All);
    let found = Memo::new(move |_| {
        let filter = filter.get();
        search.with(|search| {
            all.with(|all| {
                all.iter()
                    .filter(|entry| filter.has(entry.method, &entry.state) && finds(search, entry))
                    .cloned()
                    .collect::<Vec<_>>()
            })
        })
    });
    let shown = Memo::new(move |_| found.with(|found| found.iter().take(limit).cloned().collect()));
    let empty = Memo::new(move |_| all.with(Vec::is_empty));
    let none = Memo::new(move |_| found.with(Vec::is_empty));
    let cut = Memo::new(move |_| found.with(Vec::len) > limit);
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
            <Tools all found search filter />
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
    all: Memo<Vec<Entry>>,
    found: Memo<Vec<Entry>>,
    search: RwSignal<String>,
    filter: RwSignal<JournalFilter>,
) -> impl IntoView {
    let api = use_api();
    let toasts = use_toasts();
    let count = Memo::new(move |_| {
        let (found, all) = (found.with(Vec::len), all.with(Vec::len));
        if found == all { counted(all, "request", "requests") } else { format!("{found} of {all}") }
    });
    let export = Callback::new(move |()| {
        let har = found.with_untracked(|found| api.har(found));
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
