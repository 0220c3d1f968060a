//! A button that copies text.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dom::copy_text;
use super::{Icon, IconName};

/// How long the button shows the outcome.
const SHOWN: Duration = Duration::from_millis(2_000);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Ready,
    Copied,
    Blocked,
}

/// A button that copies `text` and reports whether that worked. The text need not be in the
/// document.
#[component]
pub fn CopyButton(
    /// The text to copy; read when the button is pressed.
    #[prop(into)]
    text: Signal<String>,
    /// What it copies, for its accessible name: "Copy …".
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
            // The button may have been removed meanwhile; then there is no outcome to show.
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
    // Lists have one in each row, so everything is in one closure: that needs less tracking
    // than one closure for each part that changes. The elements are reused when it runs
    // again.
    move || {
        let outcome = outcome.get();
        let name = format!("Copy {}", what.get());
        view! {
            <button class=outcome.class() type="button" aria-label=name.clone() title=name on:click=copy>
                <Icon name=if outcome == Outcome::Copied { IconName::Check } else { IconName::Copy } />
                {(outcome == Outcome::Blocked).then_some("Blocked: select it instead")}
            </button>
            <span class="visually-hidden" role="status">{outcome.said()}</span>
        }
    }
}

impl Outcome {
    fn class(self) -> &'static str {
        match self {
            Self::Ready => "button button--quiet button--small button--icon copy",
            Self::Copied => "button button--quiet button--small button--icon copy copy--done",
            Self::Blocked => "button button--quiet button--small button--icon copy copy--blocked",
        }
    }

    /// The announcement for assistive technology, in a region that exists from the start.
    fn said(self) -> &'static str {
        match self {
            Self::Ready => "",
            Self::Copied => "Copied",
            Self::Blocked => "Copying is blocked here. Select the text and copy it yourself.",
        }
    }
}
