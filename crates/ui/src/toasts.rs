//! Short messages about what has just been done.

use leptos::prelude::*;

use super::Tone;

/// How many messages are shown; the oldest goes for a new one.
const MOST: usize = 4;

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// What tells it from others.
    pub id: u32,
    /// What it means.
    pub tone: Tone,
    /// The message.
    pub text: String,
    /// More about it.
    pub detail: Option<String>,
}

/// Where components put messages, and the host takes them from.
#[derive(Debug, Clone, Copy)]
pub struct ToastQueue {
    toasts: RwSignal<Vec<Toast>>,
    last_id: StoredValue<u32>,
}

impl ToastQueue {
    /// Shows a message.
    pub fn push(self, tone: Tone, text: impl Into<String>, detail: Option<String>) {
        // A late answer may find the application gone.
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

    /// Says that something has worked.
    pub fn ok(self, text: impl Into<String>) {
        self.push(Tone::Ok, text, None);
    }

    /// Says something worth knowing.
    pub fn info(self, text: impl Into<String>) {
        self.push(Tone::Info, text, None);
    }

    /// Takes a message away.
    pub fn dismiss(self, id: u32) {
        let _ = self.toasts.try_update(|toasts| toasts.retain(|toast| toast.id != id));
    }

    /// What is shown now.
    #[must_use]
    pub fn shown(self) -> Vec<Toast> {
        self.toasts.get()
    }
}

/// Makes the queue known to all components below.
pub fn provide_toasts() -> ToastQueue {
    let queue = ToastQueue { toasts: RwSignal::default(), last_id: StoredValue::new(0) };
    provide_context(queue);
    queue
}

/// The queue that was provided above.
#[must_use]
pub fn use_toasts() -> ToastQueue {
    expect_context()
}
