//! The Web Lock with which the workers of all tabs take turns (Web Locks API,
//! <https://w3c.github.io/web-locks/>).

use futures_channel::oneshot;
use futures_util::future::{Either, select};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The lock, which is released when this is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    release: Function,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // This function only resolves a promise, and does not throw.
        let _ = self.release.call0(&JsValue::NULL);
    }
}

/// Waits for the lock with this name; `None` where there are no locks, as in an opaque
/// origin.
pub(super) async fn acquire(name: &str) -> Option<Lock> {
    let navigator = property(&js_sys::global(), "navigator")?;
    let locks = property(&navigator, "locks")?;
    let request: Function = property(&locks, "request")?.dyn_into().ok()?;

    let mut release = None;
    let held = Promise::new(&mut |resolve, _| release = Some(resolve));
    let lock = Lock { release: release? };
    let (granted, grant) = oneshot::channel();
    let on_grant = Closure::once_into_js(move |_lock: JsValue| {
        // The lock is held as long as the promise that this returns is open. If this fails,
        // the waiter is gone, and then the promise has been resolved already.
        let _ = granted.send(());
        held
    });
    let outcome: Promise = request.call2(&locks, &name.into(), &on_grant).ok()?.dyn_into().ok()?;
    match select(grant, JsFuture::from(outcome)).await {
        Either::Left((Ok(()), _)) => Some(lock),
        // Refused: the promise of the request is rejected, and the lock was not granted.
        _ => None,
    }
}

fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_falsy())
}
