//! The transport to the sandbox in a dedicated worker, which is loaded with the
//! first request and never when the API is a remote one.
//!
//! Messages are those that the worker documents: a request goes out with a number,
//! and its head, chunks and end come back under the same number.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use backoffice_client::{HttpRequest, HttpResponse, LocalBoxFuture, Transport, TransportError};
use futures_channel::{mpsc, oneshot};
use futures_util::future::{Either, Shared, select};
use futures_util::{FutureExt as _, StreamExt as _};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{ErrorEvent, Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::fetch::js_text;

/// Trunk names the loader of a worker after its binary and does not hash it.
const LOADER: &str = "/sandbox-worker_loader.js";

/// How long the worker may take to be ready, in milliseconds.
const START_WITHIN: u32 = 30_000;

type Chunk = Result<Vec<u8>, TransportError>;
type Head = Result<(u16, Vec<(String, String)>), TransportError>;

struct Pending {
    head: Option<oneshot::Sender<Head>>,
    body: mpsc::UnboundedSender<Chunk>,
}

#[derive(Default)]
struct Calls {
    next: Cell<u32>,
    /// Whether the worker has failed after it was ready.
    failed: Cell<bool>,
    open: RefCell<BTreeMap<u32, Pending>>,
}

/// A worker that has said that it is ready, or why it never will be.
type Started = Result<Rc<Worker>, String>;

/// Sends requests to the sandbox worker.
#[derive(Clone, Default)]
pub(super) struct WorkerTransport {
    calls: Rc<Calls>,
    worker: Rc<RefCell<Option<Shared<LocalBoxFuture<'static, Started>>>>>,
}

impl Transport for WorkerTransport {
    fn send(
        &self,
        request: HttpRequest,
    ) -> LocalBoxFuture<'static, Result<HttpResponse, TransportError>> {
        let this = self.clone();
        async move { this.exchange(request).await }.boxed_local()
    }
}

impl WorkerTransport {
    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let worker = self.started().await.map_err(TransportError::Unreachable)?;
        let id = self.calls.next.get();
        self.calls.next.set(id.wrapping_add(1));
        let (head_sender, head) = oneshot::channel();
        let (body_sender, body) = mpsc::unbounded();
        let pending = Pending { head: Some(head_sender), body: body_sender };
        self.calls.open.borrow_mut().insert(id, pending);
        let guard = CancelOnDrop { id, calls: Rc::clone(&self.calls), worker: Rc::clone(&worker) };
        worker
            .post_message(&request_message(id, &request))
            .map_err(|error| TransportError::Unreachable(js_text(&error)))?;
        let stopped = || TransportError::Unreachable("the sandbox has stopped".into());
        let (status, headers) = head.await.map_err(|_| stopped())??;
        let body = body
            .map(move |chunk| {
                let _ = &guard;
                chunk
            })
            .boxed_local();
        Ok(HttpResponse { status, headers, body })
    }

    /// The worker, started by the first caller and waited for by all. One that could
    /// not be started, or that has failed since, is started anew by the next call.
    fn started(&self) -> Shared<LocalBoxFuture<'static, Started>> {
        let mut worker = self.worker.borrow_mut();
        let refused = matches!(worker.as_ref().and_then(Shared::peek), Some(Err(_)));
        if self.calls.failed.take() || refused {
            *worker = None;
        }
        let calls = Rc::clone(&self.calls);
        worker.get_or_insert_with(|| start(calls).boxed_local().shared()).clone()
    }
}

/// Tells the worker that nobody waits for an answer any more.
struct CancelOnDrop {
    id: u32,
    calls: Rc<Calls>,
    worker: Rc<Worker>,
}

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        if self.calls.open.borrow_mut().remove(&self.id).is_some() {
            let message = message("cancel", self.id);
            // The worker is gone when this fails, and the call with it.
            let _ = self.worker.post_message(&message);
        }
    }
}

async fn start(calls: Rc<Calls>) -> Started {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(LOADER, &options).map_err(|error| js_text(&error))?;
    let (sender, ready) = oneshot::channel::<Result<(), String>>();
    let sender = Rc::new(Cell::new(Some(sender)));

    let failing = Rc::clone(&calls);
    let on_message = {
        let sender = Rc::clone(&sender);
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if text(&event.data(), "kind").as_deref() == Some("ready") {
                sender.take().map(|sender| sender.send(Ok(())));
            } else {
                calls.deliver(&event.data());
            }
        })
    };
    let on_error = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        // A script that cannot be fetched fires an event without a message.
        let message = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
        let reason = format!("The sandbox has failed. {}", message.unwrap_or_default());
        match sender.take() {
            Some(sender) => {
                // Nobody waits for the start any more when this fails.
                let _ = sender.send(Err(reason));
            }
            None => failing.fail(&reason),
        }
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    // The worker lives as long as the page, and so do its listeners.
    on_message.forget();
    on_error.forget();
    let too_late = TimeoutFuture::new(START_WITHIN);
    match select(ready, too_late).await {
        Either::Left((ready, _)) => ready.map_err(|_| "The sandbox has failed.".to_owned())??,
        Either::Right(_) => {
            worker.terminate();
            return Err("The sandbox did not start within half a minute.".to_owned());
        }
    }
    Ok(Rc::new(worker))
}

impl Calls {
    /// Ends every open call: the worker will not answer any more.
    fn fail(&self, reason: &str) {
        self.failed.set(true);
        for (_, pending) in std::mem::take(&mut *self.open.borrow_mut()) {
            let error = TransportError::Interrupted(reason.to_owned());
            // Whoever does not wait any more does not need to know.
            let _ = match pending.head {
                Some(head) => head.send(Err(error)).is_ok(),
                None => pending.body.unbounded_send(Err(error)).is_ok(),
            };
        }
    }

    fn deliver(&self, data: &JsValue) {
        let (Some(id), Some(kind)) = (number(data, "id"), text(data, "kind")) else { return };
        let mut open = self.open.borrow_mut();
        let Some(pending) = open.get_mut(&id) else { return };
        match kind.as_str() {
            "head" => {
                let status = number(data, "status").and_then(|n| u16::try_from(n).ok());
                let head = (status.unwrap_or_default(), header_pairs(data));
                pending.head.take().map(|sender| sender.send(Ok(head)));
            }
            "chunk" => {
                let chunk = text(data, "text").unwrap_or_default().into_bytes();
                // Nobody reads the body any more when this fails.
                let _ = pending.body.unbounded_send(Ok(chunk));
            }
            "end" => {
                open.remove(&id);
            }
            _ => {
                let reason = text(data, "message").unwrap_or_default();
                if let Some(sender) = pending.head.take() {
                    let _ = sender.send(Err(TransportError::Unreachable(reason)));
                } else {
                    let _ = pending.body.unbounded_send(Err(TransportError::Interrupted(reason)));
                }
                open.remove(&id);
            }
        }
    }
}

fn message(kind: &str, id: u32) -> Object {
    let message = Object::new();
    set(&message, "kind", &kind.into());
    set(&message, "id", &id.into());
    message
}

fn request_message(id: u32, request: &HttpRequest) -> Object {
    let (path, query) = request.url.split_once('?').unwrap_or((&request.url, ""));
    let headers: Array = request
        .headers
        .iter()
        .map(|(name, value)| Array::of2(&name.to_ascii_lowercase().into(), &value.expose().into()))
        .collect();
    let body = request
        .body
        .as_ref()
        .map_or(JsValue::NULL, |body| JsValue::from_str(&String::from_utf8_lossy(body)));
    let message = message("request", id);
    set(&message, "method", &request.method.as_str().into());
    set(&message, "path", &path.into());
    set(&message, "query", &query.into());
    set(&message, "headers", &headers);
    set(&message, "body", &body);
    message
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // Setting a property of a plain object cannot fail.
    let _ = Reflect::set(object, &name.into(), value);
}

fn text(data: &JsValue, name: &str) -> Option<String> {
    Reflect::get(data, &name.into()).ok()?.as_string()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "ids and statuses are small"
)]
fn number(data: &JsValue, name: &str) -> Option<u32> {
    Reflect::get(data, &name.into()).ok()?.as_f64().map(|number| number as u32)
}

fn header_pairs(data: &JsValue) -> Vec<(String, String)> {
    let headers = Reflect::get(data, &"headers".into()).unwrap_or(JsValue::UNDEFINED);
    Array::from(&headers)
        .iter()
        .filter_map(|pair| {
            let pair = Array::from(&pair);
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        })
        .collect()
}
