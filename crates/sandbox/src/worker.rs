//! The sandbox in a dedicated worker of a web page, and how to talk to it.
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
//! ```
//!
//! `id` is the page's choice, and not used again before its answer has ended.
//! `path` begins with a slash, `query` has no question mark. After a `cancel`,
//! nothing more is said about that request; it is executed all the same if it had
//! arrived.
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
//! The world is kept in IndexedDB, see [`storage`]. The workers of several tabs share
//! it: each takes the Web Lock of the sandbox for a request, reads the world anew if
//! another has changed it meanwhile, and answers after its own changes are stored.
//! Where there are no locks, one tab at a time is right; where there is no storage,
//! the world is this worker's alone.

mod desk;
mod host;
mod lock;
mod message;
mod storage;

use wasm_bindgen::JsCast as _;
use web_sys::{DedicatedWorkerGlobalScope, console};

/// Serves the page that started this worker, until that page ends it.
pub fn run() {
    // Anywhere else there is nobody to serve.
    if let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
        desk::open(scope);
    }
}

/// Tells whoever looks into the browser's console what goes on without a fault of
/// the page.
fn warn(what: &str) {
    console::warn_1(&format!("sandbox: {what}").into());
}
