//! The browser's question before the page is left.

use leptos::ev;
use leptos::prelude::*;

/// As long as the component lives, has the browser ask before the page is left or loaded
/// again while `would_lose` says that something would be lost.
pub fn ask_before_leaving(would_lose: impl Fn() -> bool + 'static) {
    let leaving = window_event_listener(ev::beforeunload, move |event| {
        if would_lose() {
            event.prevent_default();
        }
    });
    on_cleanup(move || leaving.remove());
}
