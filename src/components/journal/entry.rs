//! One call of the journal: what was asked, each attempt, each wait and why.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::components::frame::whereabouts::page_of;
use crate::components::waiting::current_wait::CurrentWait;
use crate::components::waiting::wait_words::{Step, outcome, timeline, waited};
use backoffice_ui::words::time;
use backoffice_ui::{Badge, Button, CommandStrip, IconName, Tone};
use backoffice_web_client::{
    Attempt, AttemptOutcome, Entry, EntryState, WaitKind, sentences, use_api,
};

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
    let steps = Memo::new(move |_| entry.with(|entry| timeline(&entry.attempts, &entry.waits)));
    let failure = Memo::new(move |_| entry.with(|entry| failure(&entry.state)));
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
                        {move || steps.get().into_iter().map(step).collect_view()}
                        <CurrentWait entry />
                    </ol>
                    {move || failure.get().map(|text| view! { <p class="entry__failure">{text}</p> })}
                    <FindOut entry />
                </div>
                <CommandStrip command=command http=curl />
            </Show>
        </details>
    }
}

fn failure(state: &EntryState) -> Option<String> {
    match state {
        EntryState::Failed(text) => Some(text.clone()),
        EntryState::FateUnknown => {
            Some("It is not known whether this was done. Check before you repeat it.".to_owned())
        }
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
                EntryState::Asking(_) => (Tone::Limit, IconName::Pause, "Asks you".to_owned()),
                EntryState::Waiting(wait) => match wait.why.kind() {
                    WaitKind::Renewal => {
                        (Tone::Wait, IconName::Lock, "Renewing the session".to_owned())
                    }
                    WaitKind::SignIn => {
                        (Tone::Wait, IconName::Lock, "Waiting for sign-in".to_owned())
                    }
                    _ => (Tone::Limit, IconName::Clock, "Waiting".to_owned()),
                },
            }
        })
    });
    move || {
        let (tone, icon, word) = look.get();
        view! { <Badge tone icon>{word}</Badge> }
    }
}

fn step(step: Step) -> AnyView {
    match step {
        Step::Sent(attempt) => view! { <AttemptLine attempt /> }.into_any(),
        Step::Waited(wait) => view! {
            <li>
                <span class="attempts__time mono">{time::clock(wait.since)}</span>
                <p class="attempts__what">{waited(&wait)}</p>
            </li>
        }
        .into_any(),
    }
}

#[component]
fn AttemptLine(attempt: Attempt) -> impl IntoView {
    let (word, detail) = outcome(&attempt);
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
                {attempt.note.map(|note| view! { <p>{sentences::note(note)}</p> })}
                <p class="attempts__headers">{headers}</p>
            </div>
        </li>
    }
}

/// Reads again what a call may have changed, when nobody knows whether it did, and
/// goes to the page that shows it.
#[component]
fn FindOut(entry: Signal<Entry>) -> impl IntoView {
    let api = use_api();
    let unknown = Memo::new(move |_| entry.with(|entry| entry.state == EntryState::FateUnknown));
    let pressed = RwSignal::new(false);
    let id = entry.with_untracked(|entry| entry.id);
    let page = entry.with_untracked(page_of);
    let navigate = use_navigate();
    let find_out = Callback::new(move |()| {
        api.find_out(id);
        pressed.set(true);
        if let Some(page) = &page {
            navigate(page, NavigateOptions::default());
        }
    });
    move || {
        unknown.get().then(|| view! {
            <div class="entry__find-out">
                <Button small=true on_click=find_out>"Find out"</Button>
                <span role="status">{move || pressed.get().then_some("Read again: the page shows how it is now.")}</span>
            </div>
        })
    }
}
