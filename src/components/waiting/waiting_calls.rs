//! The calls that wait, where there is no place for the journal.

use backoffice_contract::{Auth, OperationId};
use leptos::prelude::*;

use crate::components::waiting::current_wait::CurrentWait;
use backoffice_web_client::use_api;

/// Before signing in and under a dialog: each call that waits can be waited for, sent
/// or given up. The end of an earlier session is no call of the user who looks; it is only said
/// that it is still to come.
#[component]
pub fn WaitingCalls(
    /// Only those that need no session, where nobody is signed in.
    #[prop(optional)]
    public: bool,
) -> impl IntoView {
    let api = use_api();
    let waiting = Memo::new(move |_| {
        api.with_journal(|entries| {
            let waiting = entries.rev().filter(|entry| entry.state.wait().is_some());
            waiting.cloned().collect::<Vec<_>>()
        })
    });
    let entries = Memo::new(move |_| {
        let mut entries = waiting.get();
        entries.retain(|entry| {
            let auth = entry.operation.endpoint().auth;
            entry.operation != OperationId::DeleteSession && (!public || auth == Auth::Public)
        });
        entries
    });
    let ending = Memo::new(move |_| {
        waiting.with(|all| all.iter().any(|entry| entry.operation == OperationId::DeleteSession))
    });
    view! {
        {move || (public && ending.get()).then(|| view! {
            <p class="muted small" role="status">"Your session on the server ends when you are back online."</p>
        })}
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
