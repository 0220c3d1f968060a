//! Short messages about recent events.

use leptos::prelude::*;

use super::Tone;

/// Maximum number of messages; a new one replaces the oldest.
const MOST: usize = 4;

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// Its unique id.
    pub id: u32,
    /// Its meaning.
    pub tone: Tone,
    /// The message.
    pub text: String,
    /// More about it.
    pub detail: Option<String>,
}

/// The queue between the components that send messages and the host that shows them.
#[derive(Debug, Clone, Copy)]
pub struct ToastQueue {
    toasts: RwSignal<Vec<Toast>>,
    last_id: StoredValue<u32>,
}

impl ToastQueue {
    /// Shows a message.
    pub fn push(self, tone: Tone, text: impl Into<String>, detail: Option<String>) {
        // A late answer may come after the app was removed.
        let Some(id) = self.last_id.try_update_value(|last| {
            *last = last.wrapping_add(1);
            *last
        }) else {
            return;
        };
        let toast = Toast { id, tone, text: text.into(), detail };
        let _ = self.toasts.try_update(|toasts| {
            toasts.push(toast);
            let excess = toasts.len().saturating_sub(MOST);
            toasts.drain(..excess);
        });
    }

    /// Reports success.
    pub fn ok(self, text: impl Into<String>) {
        self.push(Tone::Ok, text, None);
    }

    /// Shows information.
    pub fn info(self, text: impl Into<String>) {
        self.push(Tone::Info, text, None);
    }

    /// Removes a message.
    pub fn dismiss(self, id: u32) {
        let _ = self.toasts.try_update(|toasts| toasts.retain(|toast| toast.id != id));
    }

    /// The current messages.
    #[must_use]
    pub fn shown(self) -> Vec<Toast> {
        self.toasts.get()
    }
}

/// Provides the queue to all components below.
pub fn provide_toasts() -> ToastQueue {
    let queue = ToastQueue { toasts: RwSignal::default(), last_id: StoredValue::new(0) };
    provide_context(queue);
    queue
}

/// The queue provided above.
#[must_use]
pub fn use_toasts() -> ToastQueue {
    expect_context()
}
