//! Yields to the browser between two slices of work.

use js_sys::Promise;
use leptos::prelude::window;
use leptos::wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

/// Resolves in a new task, after the browser's pending work. A timeout would work, too, but
/// browsers delay nested timeouts by at least 4 ms.
pub async fn turn() {
    let Ok(channel) = MessageChannel::new() else { return };
    let (here, there) = (channel.port1(), channel.port2());
    let message = Promise::new(&mut |resolve, _| {
        here.set_onmessage(Some(&resolve));
        if there.post_message(&JsValue::NULL).is_err() {
            // This fails only for values that cannot be cloned, and none is sent.
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    // This promise is never rejected.
    let _ = JsFuture::from(message).await;
    here.set_onmessage(None);
    here.close();
}

/// Milliseconds of a monotonic clock.
pub fn now() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}
