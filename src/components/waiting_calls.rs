//! The calls that wait, where there is no place for the journal.

use leptos::prelude::*;

use super::current_wait::CurrentWait;
use crate::api::use_api;

/// Before signing in and under a dialog: each call that waits can be waited for, sent
/// or given up.
#[component]
pub fn WaitingCalls() -> impl IntoView {
    let api = use_api();
    let entries = Memo::new(move |_| {
        api.with_journal(|entries| {
            let waiting = entries.rev().filter(|entry| entry.state.wait().is_some());
            waiting.cloned().collect::<Vec<_>>()
        })
    });
    view! {
        <Show when=move || !entries.with(Vec::is_empty)>
            <ol class="journal">
                <For
                    each=move || entries.get()
                    key=|entry| entry.id
                    children=move |first| {
                        let name = format!("{} {}", first.method.as_str(), first.target);
                        let id = first.id;
                        let entry = Memo::new(move |_| {
                            let found = entries.with(|entries| entries.iter().find(|entry| entry.id == id).cloned());
                            found.unwrap_or_else(|| first.clone())
                        });
                        view! {
                            <li class="journal__item journal__item--waiting">
                                <p class="entry__call mono">{name}</p>
                                <ol class="attempts"><CurrentWait entry /></ol>
                            </li>
                        }
                    }
                />
            </ol>
        </Show>
    }
}
