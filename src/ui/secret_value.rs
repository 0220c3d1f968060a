//! A value that is shown only when asked for.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use super::{CopyButton, IconButton, IconName};

/// How long a value stays revealed.
const REVEALED: Duration = Duration::from_secs(30);

/// Dots in place of the value, which is not in the document until it is revealed, and
/// leaves it after 30 seconds or as soon as the window is left. It can be copied without
/// being shown. The dots do not tell its length.
#[component]
pub fn SecretValue(
    /// The value.
    #[prop(into)]
    value: Signal<String>,
    /// What it is, for the names of the buttons.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let revealed = RwSignal::new(false);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let mask = move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        let _ = revealed.try_set(false);
    };
    let reveal = move || {
        revealed.set(true);
        match set_timeout_with_handle(mask, REVEALED) {
            Ok(handle) => timer.set_value(Some(handle)),
            // Without a timer it would stay in the document.
            Err(_) => revealed.set(false),
        }
    };
    let hidden = window_event_listener(ev::visibilitychange, move |_| mask());
    let left = window_event_listener(ev::blur, move |_| mask());
    on_cleanup(move || {
        mask();
        hidden.remove();
        left.remove();
    });
    let shown = move || {
        if revealed.get() {
            view! { <span class="secret__text">{value}</span> }.into_any()
        } else {
            view! {
                <span class="secret__text secret__text--masked" aria-hidden="true">"••••••••••••"</span>
                <span class="visually-hidden">"Hidden"</span>
            }
            .into_any()
        }
    };
    let icon =
        Signal::derive(move || if revealed.get() { IconName::EyeOff } else { IconName::Eye });
    let name = Signal::derive(move || {
        let verb = if revealed.get() { "Hide" } else { "Show" };
        format!("{verb}: {}", label.get())
    });
    let what = Signal::derive(move || format!("without showing: {}", label.get()));
    let toggle = move || if revealed.get_untracked() { mask() } else { reveal() };
    view! {
        <span class="secret">
            {shown}
            <IconButton icon label=name small=true on_click=toggle />
            <CopyButton text=value what />
        </span>
    }
}
