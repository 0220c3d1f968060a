//! The sandbox in a worker, and its protocol with pages: a dedicated worker serves the page
//! that started it, a shared worker all pages that connect to it.
//!
//! # Protocol
//!
//! Messages are plain objects, sent with `postMessage`. The worker first sends
//!
//! ```text
//! { kind: "ready", persistent: boolean }
//! ```
//!
//! Requests sent before that are lost. `persistent` is false if the browser does not let
//! the worker store anything, so that its world ends with it.
//!
//! From the page:
//!
//! ```text
//! { kind: "request", id: number, method: string, path: string, query: string,
//!   headers: [[name, value], …], body: string | Uint8Array | null }
//! { kind: "cancel", id: number }
//! { kind: "bye" }
//! ```
//!
//! The page chooses `id`, and does not use it again before the answer has ended. `path`
//! begins with a slash, `query` has no question mark. After a `cancel`, the worker sends
//! nothing more about that request, but it still executes a request that had arrived. When
//! the user leaves a page, the page sends `bye`, since a shared worker is not notified.
//!
//! To the page, for each request one `head`, any number of `chunk`s and one `end`; an
//! `error` may come at any time and replaces the rest:
//!
//! ```text
//! { kind: "head", id: number, status: number, headers: [[name, value], …] }
//! { kind: "chunk", id: number, text: string }
//! { kind: "end", id: number }
//! { kind: "error", id: number, message: string }
//! ```
//!
//! Names of headers are in lower case in both directions.
//!
//! # State
//!
//! The worker's name says which world it serves, see [`place`]. The world is kept in
//! IndexedDB, see [`storage`]. The workers of several tabs share it: for each request, a
//! worker takes the sandbox's Web Lock, reads the world again if another worker has changed
//! it, and answers after its own changes are stored. Without locks, only one tab at a time
//! is consistent; without storage, each worker has a world of its own.

mod dispatcher;
mod host;
mod lock;
mod message;
mod place;
mod storage;

use std::rc::Rc;

use js_sys::{Array, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    DedicatedWorkerGlobalScope, MessageEvent, MessagePort, SharedWorkerGlobalScope, console,
};

use dispatcher::Dispatcher;
use message::FromPage;
use place::Place;

/// Where the script of a shared worker keeps the ports of pages that connected while this
/// program was loading.
const EARLY: &str = "backofficeEarlyPorts";

/// Serves the page that started this worker, or all pages that connect to it.
pub fn run() {
    let global = js_sys::global();
    // In any other context there are no pages to serve.
    if let Some(scope) = global.dyn_ref::<DedicatedWorkerGlobalScope>() {
        serve_one(scope);
    } else if let Some(scope) = global.dyn_ref::<SharedWorkerGlobalScope>() {
        serve_all(scope);
    }
}

fn serve_one(scope: &DedicatedWorkerGlobalScope) {
    let dispatcher = dispatcher::open(scope.clone().into(), Place::of(&scope.name()));
    let page = {
        let scope = scope.clone();
        // Plain objects can always be copied.
        dispatcher.welcome(Box::new(move |message| _ = scope.post_message(message.as_value())))
    };
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        page.take(FromPage::read(&event.data()));
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // It listens as long as the worker lives.
    on_message.forget();
}

fn serve_all(scope: &SharedWorkerGlobalScope) {
    let dispatcher = dispatcher::open(scope.clone().into(), Place::of(&scope.name()));
    let on_connect = {
        let dispatcher = Rc::clone(&dispatcher);
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            for port in event.ports() {
                connect(&dispatcher, port);
            }
        })
    };
    scope.set_onconnect(Some(on_connect.as_ref().unchecked_ref()));
    // As above.
    on_connect.forget();
    for port in Array::from(&Reflect::get(scope, &EARLY.into()).unwrap_or(JsValue::NULL)) {
        connect(&dispatcher, port);
    }
}

fn connect(dispatcher: &Rc<Dispatcher>, port: JsValue) {
    let Ok(port) = port.dyn_into::<MessagePort>() else { return };
    let page = {
        let port = port.clone();
        // As above.
        dispatcher.welcome(Box::new(move |message| _ = port.post_message(message.as_value())))
    };
    let on_close = {
        let (dispatcher, page) = (Rc::clone(dispatcher), Rc::clone(&page));
        Closure::once_into_js(move || dispatcher.forget(&page))
    };
    // In browsers without this event, a page that is gone costs a few bytes.
    let _ = port.add_event_listener_with_callback("close", on_close.unchecked_ref());
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        page.take(FromPage::read(&event.data()));
    });
    // This also starts the port.
    port.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // It listens as long as the page lives; not all browsers signal the end of a page.
    on_message.forget();
}

/// Reports a problem that no page has caused in the browser's console.
fn warn(what: &str) {
    console::warn_1(&format!("sandbox: {what}").into());
}
