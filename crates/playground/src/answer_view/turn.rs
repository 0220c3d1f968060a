//! Gives the browser its turn between two pieces of work.

use js_sys::Promise;
use leptos::prelude::window;
use leptos::wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

/// Resolves in a task of its own, after what the browser has to do before it. A timeout
/// would do too, but browsers hold one back for at least 4 ms when they follow one
/// another.
pub async fn turn() {
    let Ok(channel) = MessageChannel::new() else { return };
    let (here, there) = (channel.port1(), channel.port2());
    let message = Promise::new(&mut |resolve, _| {
        here.set_onmessage(Some(&resolve));
        if there.post_message(&JsValue::NULL).is_err() {
            // It fails for what cannot be cloned; nothing can.
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    // It is never rejected.
    let _ = JsFuture::from(message).await;
    here.set_onmessage(None);
    here.close();
}

/// Milliseconds of a clock that never goes back.
pub fn now() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}
