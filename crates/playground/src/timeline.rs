//! Everything that happened to a call, in its order.

use leptos::prelude::*;

use backoffice_ui::words::time::took;
use backoffice_web_client::{AttemptOutcome, Entry, sentences};

/// The items of a list: each wait, and each time that the call was sent with the headers
/// that decide about waiting.
#[must_use]
pub fn timeline(entry: Entry) -> Vec<AnyView> {
    let waits = entry.waits.into_iter().map(|wait| {
        let waited = took(wait.ended_at.saturating_sub(wait.since));
        let view = view! { <li>{sentences::waited(&wait.why, &waited)}</li> }.into_any();
        (wait.since, view)
    });
    let attempts = entry.attempts.into_iter().map(|attempt| {
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
                view! { <code class="call__header">{format!("{name}: {value}")}</code> }.into_any()
            })
            .collect();
        let head: Vec<String> =
            [Some(outcome), time, attempt.note.map(|note| sentences::note(note).to_owned())]
                .into_iter()
                .flatten()
                .collect();
        let view = view! { <li>{head.join(" · ")}{headers}</li> }.into_any();
        (attempt.started_at, view)
    });
    let mut all: Vec<_> = waits.chain(attempts).collect();
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, view)| view).collect()
}
