//! One call of the journal: what was asked, each attempt, each wait and why.

use leptos::prelude::*;

use crate::api::{Attempt, AttemptOutcome, Entry, EntryState, use_api};
use crate::time;
use crate::ui::{Badge, Button, ButtonVariant, CommandStrip, IconName, Tone};

/// A call as a line that opens to its timeline.
#[component]
pub fn JournalEntry(
    /// The call, as it changes.
    #[prop(into)]
    entry: Signal<Entry>,
) -> impl IntoView {
    let summary = Memo::new(move |_| entry.with(|entry| (entry.method, entry.target.clone())));
    let waits = Memo::new(move |_| entry.with(|entry| entry.state.wait().is_some()));
    // A call that waits is what one opens the journal for, so it opens itself.
    let open = RwSignal::new(waits.get_untracked());
    Effect::new(move |_| {
        if waits.get() {
            open.set(true);
        }
    });
    let command = Signal::derive(move || {
        entry.with(|entry| entry.cli.clone().unwrap_or_else(|| entry.curl.clone()))
    });
    let curl = Signal::derive(move || entry.with(|entry| entry.curl.clone()));
    view! {
        <details class="entry" prop:open=move || open.get()>
            <summary
                class="entry__head"
                on:click=move |event| {
                    // The signal, not the browser, says whether it is open.
                    event.prevent_default();
                    open.update(|open| *open = !*open);
                }
            >
                <span class="entry__call mono">
                    {move || summary.with(|(method, _)| method.as_str())} " "
                    {move || summary.with(|(_, target)| target.clone())}
                </span>
                <span class="entry__state"><StateBadge entry /></span>
                <span class="entry__time">{move || time::clock(entry.with(|entry| entry.started_at))}</span>
            </summary>
            <Show when=move || open.get()>
                <div class="entry__body">
                    <ol class="attempts">
                        {move || entry.with(|entry| entry.attempts.clone())
                            .into_iter()
                            .map(|attempt| view! { <AttemptLine attempt /> })
                            .collect_view()}
                        <Waiting entry />
                    </ol>
                    {move || failure(&entry.get().state).map(|text| view! { <p class="entry__failure">{text}</p> })}
                </div>
                <CommandStrip command=command http=curl />
            </Show>
        </details>
    }
}

fn failure(state: &EntryState) -> Option<String> {
    match state {
        EntryState::Failed(text) => Some(text.clone()),
        EntryState::FateUnknown => Some(
            "The answer never came, so nobody knows whether this was done. Look before you repeat it."
                .to_owned(),
        ),
        _ => None,
    }
}

#[component]
fn StateBadge(entry: Signal<Entry>) -> impl IntoView {
    let look = Memo::new(move |_| {
        entry.with(|entry| {
            let status = entry.attempts.last().and_then(|attempt| match attempt.outcome {
                Some(AttemptOutcome::Status(status)) => Some(status),
                _ => None,
            });
            match &entry.state {
                EntryState::Done { .. } => {
                    (Tone::Ok, IconName::Check, status.map_or("Done".to_owned(), |s| s.to_string()))
                }
                EntryState::Failed(_) => (
                    Tone::Bad,
                    IconName::Alert,
                    status.map_or("Failed".to_owned(), |s| s.to_string()),
                ),
                EntryState::FateUnknown => (Tone::Bad, IconName::Alert, "Fate unknown".to_owned()),
                EntryState::Cancelled => (Tone::Neutral, IconName::Close, "Cancelled".to_owned()),
                EntryState::Sending => (Tone::Neutral, IconName::ArrowRight, "Sending".to_owned()),
                EntryState::Streaming => (Tone::Ok, IconName::Logs, "Streaming".to_owned()),
                EntryState::Renewing => {
                    (Tone::Wait, IconName::Lock, "Renewing the session".to_owned())
                }
                EntryState::WaitingForSignIn => {
                    (Tone::Wait, IconName::Lock, "Waits for sign-in".to_owned())
                }
                EntryState::Asking(_) => (Tone::Limit, IconName::Pause, "Asks you".to_owned()),
                EntryState::WaitingForBudget(_) | EntryState::BackingOff(_) => {
                    (Tone::Limit, IconName::Clock, "Waiting".to_owned())
                }
            }
        })
    });
    move || {
        let (tone, icon, word) = look.get();
        view! { <Badge tone icon>{word}</Badge> }
    }
}

#[component]
fn AttemptLine(attempt: Attempt) -> impl IntoView {
    let (word, detail) = match &attempt.outcome {
        None => ("Sent".to_owned(), "waiting for the answer".to_owned()),
        Some(AttemptOutcome::Status(status)) => (status.to_string(), took(&attempt)),
        Some(AttemptOutcome::Failed(reason)) => ("Failed".to_owned(), reason.clone()),
        Some(AttemptOutcome::Aborted) => ("Aborted".to_owned(), took(&attempt)),
    };
    let headers = attempt
        .headers
        .iter()
        .map(|(name, value)| view! { <code class="attempts__header">{format!("{name}: {value}")}</code> })
        .collect_view();
    view! {
        <li>
            <span class="attempts__time mono">{time::clock(attempt.started_at)}</span>
            <div class="attempts__what">
                <p><b>{word}</b> " " {detail}</p>
                {attempt.note.clone().map(|note| view! { <p>{note}</p> })}
                <p class="attempts__headers">{headers}</p>
            </div>
        </li>
    }
}

fn took(attempt: &Attempt) -> String {
    attempt
        .ended_at
        .map(|end| format!("after {} ms", end.saturating_sub(attempt.started_at)))
        .unwrap_or_default()
}

/// The wait that is under way, with its countdown and what the user can do.
#[component]
fn Waiting(entry: Signal<Entry>) -> impl IntoView {
    let api = use_api();
    let wait = Memo::new(move |_| entry.with(|entry| entry.state.wait().cloned()));
    let asks = Memo::new(move |_| entry.with(|entry| matches!(entry.state, EntryState::Asking(_))));
    let open = Memo::new(move |_| entry.with(|entry| !entry.state.is_final()));
    let id = entry.with_untracked(|entry| entry.id);
    move || {
        open.get().then(|| {
            let waiting = wait.get().map(|wait| {
                // Some waits end with an answer rather than at a time.
                let countdown = (wait.until > wait.since).then(|| {
                    let left = move || time::left(wait.until.saturating_sub(api.now.get()));
                    view! { <p class="attempts__countdown">"Goes on in " <b>{left}</b> "."</p> }
                });
                view! {
                    <p>{wait.why}</p>
                    {countdown}
                }
            });
            view! {
                <li>
                    <span class="attempts__time mono">"now"</span>
                    <div class="attempts__what">{waiting}</div>
                    <span class="attempts__actions">
                        {move || asks.get().then(|| view! {
                            <Button small=true variant=ButtonVariant::Primary on_click=Callback::new(move |()| api.wait(id))>
                                "Wait"
                            </Button>
                        })}
                        {move || wait.with(Option::is_some).then(|| view! {
                            <Button small=true on_click=Callback::new(move |()| api.retry_now(id))>"Retry now"</Button>
                        })}
                        <Button small=true variant=ButtonVariant::Quiet on_click=Callback::new(move |()| api.cancel(id))>
                            "Cancel"
                        </Button>
                    </span>
                </li>
            }
        })
    }
}
