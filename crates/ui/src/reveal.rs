//! Showing something secret for a while.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use super::{ButtonVariant, Icon, IconName};

/// How long it stays revealed.
const REVEALED: Duration = Duration::from_secs(30);

/// Whether something secret is shown: after 30 seconds, and as soon as the window is left,
/// it is not any more.
#[derive(Clone, Copy)]
pub struct Reveal {
    on: RwSignal<bool>,
    /// What hides it, while it is shown.
    watch: StoredValue<Option<Watch>>,
}

struct Watch {
    timer: TimeoutHandle,
    hidden: WindowListenerHandle,
    left: WindowListenerHandle,
}

/// Something secret that is hidden at first.
#[must_use]
pub fn use_reveal() -> Reveal {
    let reveal = Reveal { on: RwSignal::new(false), watch: StoredValue::new(None) };
    on_cleanup(move || reveal.hide());
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
        if let Some(watch) = self.watch.try_update_value(Option::take).flatten() {
            watch.timer.clear();
            watch.hidden.remove();
            watch.left.remove();
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
        if let Ok(timer) = set_timeout_with_handle(move || self.hide(), REVEALED) {
            let hidden = window_event_listener(ev::visibilitychange, move |_| self.hide());
            let left = window_event_listener(ev::blur, move |_| self.hide());
            self.watch.set_value(Some(Watch { timer, hidden, left }));
            self.on.set(true);
        }
    }

    /// The button that shows and hides what is called `label`, to be made again in the
    /// same place when `shown` changes.
    pub(super) fn button(self, shown: bool, label: &str) -> AnyView {
        let (verb, icon) = if shown { ("Hide", IconName::EyeOff) } else { ("Show", IconName::Eye) };
        let name = format!("{verb}: {label}");
        let class = format!("{} button--icon", ButtonVariant::Quiet.class(true));
        view! {
            <button class=class type="button" title=name.clone() aria-label=name on:click=move |_| self.toggle()>
                <Icon name=icon />
            </button>
        }
        .into_any()
    }
}
