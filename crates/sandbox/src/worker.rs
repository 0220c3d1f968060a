//! The sandbox in a worker, and how pages talk to it: a dedicated worker serves the
//! page that started it, a shared worker all pages that connect to it.
//!
//! # Protocol
//!
//! Messages are plain objects, sent with `postMessage`. The worker's first one is
//!
//! ```text
//! { kind: "ready", persistent: boolean }
//! ```
//!
//! A request that is sent earlier is lost. `persistent` is false when the browser
//! lets the worker store nothing, so that its world ends with it.
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
//! `id` is the page's choice, and not used again before its answer has ended.
//! `path` begins with a slash, `query` has no question mark. After a `cancel`,
//! nothing more is said about that request; it is executed all the same if it had
//! arrived. A page that is being left says `bye`, since nothing tells a shared worker.
//!
//! To the page, for each request one `head`, any number of `chunk`s and one `end`, or
//! at any time an `error` in place of what is missing:
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
//! IndexedDB, see [`storage`]. The workers of several tabs share it: each takes the Web Lock of the sandbox for a request, reads the world anew if
//! another has changed it meanwhile, and answers after its own changes are stored.
//! Where there are no locks, one tab at a time is right; where there is no storage,
//! the world is this worker's alone.

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

/// Where the script of a shared worker keeps the ports of pages that connected while
/// this program was loading.
const EARLY: &str = "backofficeEarlyPorts";

/// Serves the page that started this worker, or all pages that connect to it.
pub fn run() {
    let global = js_sys::global();
    // Anywhere else there is nobody to serve.
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
    // Where there is no such event, a page that is gone costs a few bytes.
    let _ = port.add_event_listener_with_callback("close", on_close.unchecked_ref());
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        page.take(FromPage::read(&event.data()));
    });
    // This starts the port as well.
    port.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // It listens as long as the page lives, of which there is no sign everywhere.
    on_message.forget();
}

/// Tells whoever looks into the browser's console what goes on without a fault of
/// the page.
fn warn(what: &str) {
    console::warn_1(&format!("sandbox: {what}").into());
}
