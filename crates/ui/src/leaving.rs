//! The browser's question before the page is left.

use leptos::ev;
use leptos::prelude::*;

/// Makes the browser ask before the user leaves or reloads the page while `would_lose`
/// returns true; active as long as the component exists.
pub fn ask_before_leaving(would_lose: impl Fn() -> bool + 'static) {
    let leaving = window_event_listener(ev::beforeunload, move |event| {
        if would_lose() {
            event.prevent_default();
        }
    });
    on_cleanup(move || leaving.remove());
}
