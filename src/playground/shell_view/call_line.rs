//! A call that a command has made: one line, and behind it every attempt.

use leptos::prelude::*;

use super::block::Call;
use crate::api::{AttemptOutcome, PlaygroundApi};
use crate::time::took;
use crate::ui::CopyButton;

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
    let (waits, tries, curl) = entry.map_or_else(Default::default, |entry| {
        let waits: Vec<AnyView> = entry
            .waits
            .into_iter()
            .map(|wait| {
                let waited = took(wait.ended_at.saturating_sub(wait.since));
                view! { <li>{format!("Waited {waited}. {}", wait.why)}</li> }.into_any()
            })
            .collect();
        let tries: Vec<AnyView> = entry
            .attempts
            .into_iter()
            .map(|attempt| {
                let outcome = match attempt.outcome {
                    Some(AttemptOutcome::Status(status)) => status.to_string(),
                    Some(AttemptOutcome::Failed(why)) => why,
                    Some(AttemptOutcome::Aborted) => "given up".to_owned(),
                    None => "under way".to_owned(),
                };
                let time = attempt.ended_at.map(|end| took(end.saturating_sub(attempt.started_at)));
                let headers: Vec<AnyView> = attempt
                    .headers
                    .into_iter()
                    .map(|(name, value)| {
                        view! { <code class="call__header">{format!("{name}: {value}")}</code> }
                            .into_any()
                    })
                    .collect();
                let head = [Some(outcome), time, attempt.note].into_iter().flatten();
                let head: Vec<String> = head.collect();
                view! { <li>{head.join(" · ")}{headers}</li> }.into_any()
            })
            .collect();
        (waits, tries, Some(entry.curl))
    });
    view! {
        <details class="call">
            <summary class="call__head">
                <code>{format!("{} {}", call.method.as_str(), call.target)}</code>
                " "
                <span class=tone>{status}</span>
                <span class="call__attempts">{format!(" · {attempts}")}</span>
            </summary>
            <ul class="call__body">
                {waits}
                {tries}
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
