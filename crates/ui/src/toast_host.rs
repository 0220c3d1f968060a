//! Shows the messages of the queue.

use std::time::Duration;

use leptos::prelude::*;

use super::toasts::{Toast, use_toasts};
use super::{Icon, IconButton, IconName, Tone};

/// How long a message stays, unless it is a failure.
const STAY: Duration = Duration::from_secs(6);

/// The corner for messages. There is one, beside all pages, so that a message survives
/// the page that caused it.
#[component]
pub fn ToastHost() -> impl IntoView {
    let queue = use_toasts();
    let list = move |failures: bool| {
        view! {
            <For
                each=move || queue.shown().into_iter().filter(move |toast| (toast.tone == Tone::Bad) == failures)
                key=|toast| toast.id
                children=|toast| view! { <ToastView toast /> }
            />
        }
    };
    view! {
        <section class="toasts" aria-label="Messages">
            <div class="toasts__list" role="status">{list(false)}</div>
            <div class="toasts__list" role="alert">{list(true)}</div>
        </section>
    }
}

/// A message that goes by itself unless it is being read.
#[component]
fn ToastView(toast: Toast) -> impl IntoView {
    let queue = use_toasts();
    let Toast { id, tone, text, detail } = toast;
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let hold = move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    let count_down = move || {
        hold();
        if tone != Tone::Bad {
            timer.set_value(set_timeout_with_handle(move || queue.dismiss(id), STAY).ok());
        }
    };
    count_down();
    on_cleanup(hold);
    view! {
        <div
            class=format!("toast toast--{}", tone.as_str())
            on:pointerenter=move |_| hold()
            on:pointerleave=move |_| count_down()
            on:focusin=move |_| hold()
            on:focusout=move |_| count_down()
        >
            <Icon name=tone.icon() />
            <div class="toast__text">
                {text}
                {detail.map(|detail| view! { <p class="toast__detail">{detail}</p> })}
            </div>
            <IconButton icon=IconName::Close label="Dismiss" small=true on_click=move || queue.dismiss(id) />
        </div>
    }
}
