//! Copies a text.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dom::copy_text;
use super::{Icon, IconName};

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
    // Lists have one in each row: all of it is one closure, which is less to watch than one
    // for each thing that changes. The elements stay when it runs again.
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

    /// What assistive technology says, in a region that is there from the start.
    fn said(self) -> &'static str {
        match self {
            Self::Ready => "",
            Self::Copied => "Copied",
            Self::Blocked => "Copying is blocked here. Select the text and copy it yourself.",
        }
    }
}
