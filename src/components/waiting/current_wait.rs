//! The wait that is under way, with its countdown and what the user can do.

use leptos::prelude::*;

use backoffice_ui::words::time;
use backoffice_ui::{Button, ButtonVariant};
use backoffice_web_client::{Entry, EntryState, WaitKind, Why, sentences, use_api};

/// The last line of a call that has not ended.
#[component]
pub fn CurrentWait(
    /// The call, as it changes.
    #[prop(into)]
    entry: Signal<Entry>,
) -> impl IntoView {
    let api = use_api();
    let wait = Memo::new(move |_| entry.with(|entry| entry.state.wait().cloned()));
    let asks = Memo::new(move |_| entry.with(|entry| matches!(entry.state, EntryState::Asking(_))));
    let can_hurry = Memo::new(move |_| {
        let kind = wait.with(|wait| wait.as_ref().map(|wait| wait.why.kind()));
        kind.is_some_and(|kind| !matches!(kind, WaitKind::Renewal | WaitKind::SignIn))
    });
    let open = Memo::new(move |_| entry.with(|entry| !entry.state.is_final()));
    let id = entry.with_untracked(|entry| entry.id);
    // Nothing holds it any more, or something still does.
    let consent_label = move || {
        let held = wait.with(|wait| wait.as_ref().is_some_and(|wait| wait.why != Why::Consent));
        if held { "Wait for it" } else { "Send it" }
    };
    move || {
        open.get().then(|| {
            let waiting = wait.get().map(|wait| {
                // Some waits end with an answer rather than at a time.
                let countdown = wait.until.map(|until| {
                    let left = move || time::left(until.saturating_sub(api.now.get()));
                    view! { <p class="attempts__countdown">"Goes on in " <b>{left}</b> "."</p> }
                });
                view! {
                    <p>{sentences::reason(&wait.why)}</p>
                    {(!asks.get()).then_some(countdown)}
                }
            });
            view! {
                <li>
                    <span class="attempts__time mono">"now"</span>
                    <div class="attempts__what">
                        {waiting}
                    </div>
                    <span class="attempts__actions">
                        {move || asks.get().then(|| view! {
                            <Button small=true variant=ButtonVariant::Primary on_click=Callback::new(move |()| api.consent(id))>
                                {consent_label}
                            </Button>
                        })}
                        {move || can_hurry.get().then(|| view! {
                            <Button small=true on_click=Callback::new(move |()| api.retry_now(id))>"Send now"</Button>
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
