//! What was sent to this world, by the shell and by the explorer.

use leptos::prelude::*;

use crate::api::{PastRequest, PlaygroundApi};
use backoffice_ui::CopyButton;
use backoffice_ui::words::time::clock;

/// The requests, newest first, each with the command that does the same.
#[component]
pub fn RequestsPanel(
    /// What is called.
    api: PlaygroundApi,
) -> impl IntoView {
    let none = Memo::new(move |_| api.requests().with(Vec::is_empty));
    let rows = move || {
        let all = api.requests().get();
        all.into_iter()
            .rev()
            .map(|request| view! { <Row request /> }.into_any())
            .collect::<Vec<_>>()
    };
    view! {
        <div class="play__panel">
            {move || none.get().then(|| view! {
                <p>"Nothing was sent yet. What the shell and the explorer send is listed here."</p>
            })}
            <ol class="play__requests" aria-label="Requests">{rows}</ol>
        </div>
    }
}

#[component]
fn Row(request: PastRequest) -> impl IntoView {
    let status = request.status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
    let tone = match request.status {
        Some(200..=399) => "call__status call__status--ok",
        Some(429) => "call__status call__status--limit",
        _ => "call__status call__status--bad",
    };
    let attempts = (request.attempts > 1).then(|| format!(" · {} attempts", request.attempts));
    view! {
        <li class="play__request">
            <time class="play__at">{clock(request.at)}</time>
            <code>{format!("{} {}", request.method, request.target)}</code>
            <span><span class=tone>{status}</span>{attempts}</span>
            {request.command.map(|command| view! {
                <span class="play__command">
                    <code>{command.clone()}</code>
                    <CopyButton text=Signal::stored(command) what="the command" />
                </span>
            })}
        </li>
    }
}
