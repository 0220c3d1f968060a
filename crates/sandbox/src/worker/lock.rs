//! The Web Lock that the workers of all tabs take turns with (Web Locks API,
//! <https://w3c.github.io/web-locks/>).

use futures_channel::oneshot;
use futures_util::future::{Either, select};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The lock, held until this is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    release: Function,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // It is a function that resolves a promise, which does not throw.
        let _ = self.release.call0(&JsValue::NULL);
    }
}

/// Waits for the lock of this name; `None` where there are none, as in an opaque origin.
pub(super) async fn acquire(name: &str) -> Option<Lock> {
    let navigator = property(&js_sys::global(), "navigator")?;
    let locks = property(&navigator, "locks")?;
    let request: Function = property(&locks, "request")?.dyn_into().ok()?;

    let mut release = None;
    let held = Promise::new(&mut |resolve, _| release = Some(resolve));
    let lock = Lock { release: release? };
    let (granted, grant) = oneshot::channel();
    let on_grant = Closure::once_into_js(move |_lock: JsValue| {
        // The lock is held as long as the promise that this answers is open. Nobody
        // waits for it when this fails, and then that promise has been kept already.
        let _ = granted.send(());
        held
    });
    let outcome: Promise = request.call2(&locks, &name.into(), &on_grant).ok()?.dyn_into().ok()?;
    match select(grant, JsFuture::from(outcome)).await {
        Either::Left((Ok(()), _)) => Some(lock),
        // Refused: the promise of the request is rejected, and nothing was granted.
        _ => None,
    }
}

fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_falsy())
}
