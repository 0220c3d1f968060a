//! Showing a secret for a while.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use super::{IconButton, IconName};

/// How long a value stays revealed.
const REVEALED: Duration = Duration::from_secs(30);

/// Whether something is revealed. It is masked again after 30 seconds, or as soon as
/// the window is left.
#[derive(Clone, Copy)]
pub(super) struct Reveal {
    revealed: RwSignal<bool>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

/// Something that is masked until it is asked for, for the component that shows it.
pub(super) fn use_reveal() -> Reveal {
    let reveal = Reveal { revealed: RwSignal::new(false), timer: StoredValue::new(None) };
    let hidden = window_event_listener(ev::visibilitychange, move |_| reveal.mask());
    let left = window_event_listener(ev::blur, move |_| reveal.mask());
    on_cleanup(move || {
        reveal.mask();
        hidden.remove();
        left.remove();
    });
    reveal
}

impl Reveal {
    /// Whether it is revealed; reactive.
    pub(super) fn get(self) -> bool {
        self.revealed.get()
    }

    fn mask(self) {
        if let Some(handle) = self.timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        let _ = self.revealed.try_set(false);
    }

    fn toggle(self) {
        if self.revealed.get_untracked() {
            self.mask();
            return;
        }
        self.revealed.set(true);
        match set_timeout_with_handle(move || self.mask(), REVEALED) {
            Ok(handle) => self.timer.set_value(Some(handle)),
            // Without a timer it would stay in the document.
            Err(_) => self.revealed.set(false),
        }
    }

    /// The button that reveals and masks what is called `label`.
    pub(super) fn button(self, label: Signal<String>) -> AnyView {
        let icon =
            Signal::derive(move || if self.get() { IconName::EyeOff } else { IconName::Eye });
        let name = Signal::derive(move || {
            let verb = if self.get() { "Hide" } else { "Show" };
            format!("{verb}: {}", label.get())
        });
        view! { <IconButton icon label=name small=true on_click=move || self.toggle() /> }
            .into_any()
    }
}
