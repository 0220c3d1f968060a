//! A call that a command has made: one line, and behind it every attempt.

use leptos::prelude::*;

use super::super::timeline::timeline;
use super::block::Call;
use crate::api::PlaygroundApi;
use backoffice_ui::CopyButton;

/// One line such as `POST /api/apps 201 · 1 attempt`, which opens.
#[component]
pub fn CallLine(
    /// What is called.
    api: PlaygroundApi,
    /// The call.
    call: Call,
) -> impl IntoView {
    // Read now, since the journal lets old calls go.
    let entry = api.entry(call.operation, &call.target);
    let status = call.status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
    let tone = match call.status {
        Some(200..=399) => "call__status call__status--ok",
        Some(429) => "call__status call__status--limit",
        _ => "call__status call__status--bad",
    };
    let attempts = match call.attempts {
        1 => "1 attempt".to_owned(),
        count => format!("{count} attempts"),
    };
    let curl = entry.as_ref().map(|entry| entry.curl.clone());
    let happened = entry.map(timeline);
    view! {
        <details class="call">
            <summary class="call__head">
                <code>{format!("{} {}", call.method.as_str(), call.target)}</code>
                " "
                <span class=tone>{status}</span>
                <span class="call__attempts">{format!(" · {attempts}")}</span>
            </summary>
            <ul class="call__body">
                {happened}
                {curl.map(|curl| view! {
                    <li class="call__curl">
                        <code>{curl.clone()}</code>
                        <CopyButton text=Signal::stored(curl) what="as curl" />
                    </li>
                })}
            </ul>
        </details>
    }
}
