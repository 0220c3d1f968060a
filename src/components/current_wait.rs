//! The wait that is under way, with its countdown and what the user can do.

use leptos::prelude::*;

use crate::api::{Entry, EntryState, use_api};
use crate::time;
use crate::ui::{Button, ButtonVariant};

/// The last line of a call that has not ended.
#[component]
pub fn CurrentWait(
    /// The call, as it changes.
    #[prop(into)]
    entry: Signal<Entry>,
) -> impl IntoView {
    let api = use_api();
    let wait = Memo::new(move |_| entry.with(|entry| entry.state.wait().cloned()));
    let word = Memo::new(move |_| {
        entry.with(|entry| match entry.state {
            EntryState::Renewing => Some("Waits for a new access token."),
            EntryState::WaitingForSignIn => Some("Waits for you to sign in again."),
            _ => None,
        })
    });
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
                    <div class="attempts__what">
                        {waiting}
                        {move || word.get().map(|word| view! { <p>{word}</p> })}
                    </div>
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
