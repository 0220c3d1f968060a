//! Says that calls wait for the rate limit, above the page that they belong to.

use leptos::prelude::*;

use crate::api::{EntryState, use_api};
use crate::time;
use crate::ui::{Button, ButtonVariant, Note, Tone};

/// How many calls wait and for how long; nothing while none does.
#[component]
pub fn WaitingNote(
    /// Shows the calls.
    on_show: Callback<()>,
) -> impl IntoView {
    let api = use_api();
    let waiting = Memo::new(move |_| {
        let waits: Vec<(u64, bool)> = api
            .journal()
            .iter()
            .filter_map(|entry| {
                let asks = matches!(entry.state, EntryState::Asking(_));
                entry.state.wait().map(|wait| (wait.until, asks))
            })
            .collect();
        let until = waits.iter().map(|(until, _)| *until).min();
        until.map(|until| (waits.len(), until, waits.iter().any(|(_, asks)| *asks)))
    });
    // A blink of a wait is not worth moving the page for.
    let shown = Memo::new(move |_| {
        waiting
            .get()
            .filter(|(_, until, asks)| *asks || *until > api.now.get().saturating_add(1_000))
    });
    let title = move || {
        shown.get().map(|(count, ..)| match count {
            1 => "1 request waits.".to_owned(),
            count => format!("{count} requests wait."),
        })
    };
    let detail = move || {
        shown.get().map(|(_, until, asks)| {
            let left = time::left(until.saturating_sub(api.now.get()));
            if asks {
                format!("The API asks to wait {left}. Nothing is lost; you decide whether to wait.")
            } else {
                format!("Sending goes on in {left} by itself. Nothing is lost.")
            }
        })
    };
    let any = Memo::new(move |_| shown.with(Option::is_some));
    view! {
        <div class="waiting">
            // The countdown is not said every second; the number of calls is.
            <p class="visually-hidden" role="status">{title}</p>
            {move || any.get().then(|| view! {
                <Note tone=Tone::Limit title=Signal::derive(move || title().unwrap_or_default())>
                    <p>{detail}</p>
                    <Button small=true variant=ButtonVariant::Quiet on_click=on_show>"Show them"</Button>
                </Note>
            })}
        </div>
    }
}
