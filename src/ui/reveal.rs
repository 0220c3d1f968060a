//! Showing something secret for a while.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use super::{IconButton, IconName};

/// How long it stays revealed.
const REVEALED: Duration = Duration::from_secs(30);

/// Whether something secret is shown: after 30 seconds, and as soon as the window is left,
/// it is not any more.
#[derive(Clone, Copy)]
pub struct Reveal {
    on: RwSignal<bool>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

/// Something secret that is hidden at first.
#[must_use]
pub fn use_reveal() -> Reveal {
    let reveal = Reveal { on: RwSignal::new(false), timer: StoredValue::new(None) };
    let hidden = window_event_listener(ev::visibilitychange, move |_| reveal.hide());
    let left = window_event_listener(ev::blur, move |_| reveal.hide());
    on_cleanup(move || {
        reveal.hide();
        hidden.remove();
        left.remove();
    });
    reveal
}

impl Reveal {
    /// Whether it is shown; reactive.
    #[must_use]
    pub fn is_shown(self) -> bool {
        self.on.get()
    }

    /// Hides it now.
    pub fn hide(self) {
        if let Some(handle) = self.timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        let _ = self.on.try_set(false);
    }

    /// Shows it, or hides it when it is shown.
    pub fn toggle(self) {
        if self.on.get_untracked() {
            self.hide();
            return;
        }
        // Without a timer it would stay in the document.
        if let Ok(handle) = set_timeout_with_handle(move || self.hide(), REVEALED) {
            self.timer.set_value(Some(handle));
            self.on.set(true);
        }
    }

    /// The button that shows and hides what is called `label`.
    pub(super) fn button(self, label: Signal<String>) -> AnyView {
        let icon =
            Signal::derive(move || if self.is_shown() { IconName::EyeOff } else { IconName::Eye });
        let name = Signal::derive(move || {
            let verb = if self.is_shown() { "Hide" } else { "Show" };
            format!("{verb}: {}", label.get())
        });
        view! { <IconButton icon label=name small=true on_click=move || self.toggle() /> }
            .into_any()
    }
}
