//! Copies a text.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dom::copy_text;
use super::{Icon, IconName, LiveRegion};

/// How long the button says what it has done.
const SHOWN: Duration = Duration::from_millis(2_000);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Ready,
    Copied,
    Blocked,
}

/// A button that copies `text` and says whether it could. The text need not be in the
/// document.
#[component]
pub fn CopyButton(
    /// What is copied; read when the button is pressed.
    #[prop(into)]
    text: Signal<String>,
    /// What it copies, for its name: "Copy …".
    #[prop(into)]
    what: Signal<String>,
) -> impl IntoView {
    let outcome = RwSignal::new(Outcome::Ready);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    on_cleanup(stop);
    let copy = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            let copied = copy_text(&text).await;
            stop();
            // The button may be gone meanwhile; then there is nobody to tell.
            if outcome.try_set(if copied { Outcome::Copied } else { Outcome::Blocked }).is_some() {
                return;
            }
            let ready = move || {
                let _ = outcome.try_set(Outcome::Ready);
            };
            if let Ok(handle) = set_timeout_with_handle(ready, SHOWN) {
                let _ = timer.try_set_value(Some(handle));
            }
        });
    };
    let said = Signal::derive(move || match outcome.get() {
        Outcome::Ready => String::new(),
        Outcome::Copied => "Copied".to_owned(),
        Outcome::Blocked => {
            "Copying is blocked here. Select the text and copy it yourself.".to_owned()
        }
    });
    let name = move || format!("Copy {}", what.get());
    view! {
        <button
            class="button button--quiet button--small button--icon copy"
            class:copy--done=move || outcome.get() == Outcome::Copied
            class:copy--blocked=move || outcome.get() == Outcome::Blocked
            type="button"
            aria-label=name
            title=name
            on:click=copy
        >
            {move || {
                let name = if outcome.get() == Outcome::Copied { IconName::Check } else { IconName::Copy };
                view! { <Icon name /> }
            }}
            {move || (outcome.get() == Outcome::Blocked).then_some("Blocked: select it instead")}
        </button>
        <LiveRegion text=said />
    }
}
