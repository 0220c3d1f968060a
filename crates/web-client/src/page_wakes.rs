//! Timers stand still while the machine sleeps and while the browser has frozen the page
//! (Page Lifecycle, <https://wicg.github.io/page-lifecycle/>), so calls look at the clock
//! when the page wakes.

use backoffice_client::Client;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::EventTarget;

/// The event of a page that is hidden, or seen again.
const HIDDEN_OR_SEEN: &str = "visibilitychange";

/// Has the calls of a client look again whenever the page is seen again, goes on after it
/// was frozen, or comes back from the cache of the browser.
pub(super) fn wake_with_page(client: &Client) {
    let Some(window) = web_sys::window() else { return };
    let document: Option<EventTarget> = window.document().map(Into::into);
    let events = [
        (document.clone(), HIDDEN_OR_SEEN),
        (document, "resume"),
        (Some(window.into()), "pageshow"),
    ];
    for (target, name) in events {
        let client = client.clone();
        let listener = Closure::<dyn Fn()>::new(move || {
            if name != HIDDEN_OR_SEEN || is_visible() {
                client.wake();
            }
        });
        let added = target.map(|target: EventTarget| {
            target.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref())
        });
        if added.is_some_and(|added| added.is_ok()) {
            // It listens as long as the page lives, as the client does.
            listener.forget();
        }
    }
}

/// Whether the page can be seen.
pub(super) fn is_visible() -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .is_some_and(|document| !document.hidden())
}
