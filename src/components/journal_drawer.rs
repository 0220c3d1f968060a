//! The journal beside the page.

use leptos::prelude::*;
use leptos_router::components::A;

use super::journal_entry::JournalEntry;
use crate::api::{Entry, use_api};
use crate::paths;
use crate::ui::{Button, ButtonVariant, Drawer, EmptyState, IconName};

/// How many calls the drawer shows; the page has them all.
const SHOWN: usize = 50;

/// The newest calls in a panel that can stay open while working.
#[component]
pub fn JournalDrawer(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <Drawer title="Requests" open=open>
            <JournalList limit=SHOWN />
            <p class="journal__more"><A href=paths::REQUESTS>"All requests"</A></p>
        </Drawer>
    }
}

/// The newest `limit` calls, each with what happened to it.
#[component]
pub fn JournalList(
    /// How many.
    limit: usize,
) -> impl IntoView {
    let api = use_api();
    let entries = Memo::new(move |_| {
        let mut entries = api.journal();
        entries.truncate(limit);
        entries
    });
    let empty = Memo::new(move |_| entries.with(Vec::is_empty));
    move || {
        if empty.get() {
            return view! {
                <EmptyState icon=IconName::Requests title="No requests yet">
                    <p>"Each call to the API shows here with its waits and retries."</p>
                </EmptyState>
            }
            .into_any();
        }
        view! {
            <div class="journal__tools">
                <Button small=true variant=ButtonVariant::Quiet on_click=Callback::new(move |()| api.clear_journal())>
                    "Clear"
                </Button>
            </div>
            <JournalRows entries />
        }
        .into_any()
    }
}

/// The calls that wait, where the journal itself cannot be opened: before signing in
/// and under a dialog. Each can be waited for, sent or given up.
#[component]
pub fn WaitingCalls() -> impl IntoView {
    let api = use_api();
    let entries = Memo::new(move |_| {
        let mut entries = api.journal();
        entries.retain(|entry| entry.state.wait().is_some());
        entries
    });
    move || (!entries.with(Vec::is_empty)).then(|| view! { <JournalRows entries /> })
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
