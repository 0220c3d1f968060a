//! The transport to the sandbox in a worker, which is loaded with the first request and
//! never when the API is a remote one. The console has a worker of its own; the pages
//! of the playground share one for each world, where the browser has shared workers.
//!
//! Messages are those that the worker documents: a request goes out with a number,
//! and its head, chunks and end come back under the same number.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use backoffice_client::{HttpRequest, HttpResponse, LocalBoxFuture, Transport, TransportError};
use futures_channel::{mpsc, oneshot};
use futures_util::future::{Either, Shared, select};
use futures_util::{FutureExt as _, StreamExt as _};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Object, Reflect};
use litemap::LiteMap;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    ErrorEvent, Event, EventTarget, MessageEvent, MessagePort, SharedWorker, Worker, WorkerOptions,
    WorkerType,
};

use super::fetch::js_text;

/// Trunk names the loader of a worker after its binary and does not hash it.
const LOADER: &str = "/sandbox-worker_loader.js";

/// The same for a shared worker.
const SHARED_LOADER: &str = "/sandbox-worker_shared.js";

/// How long the worker may take to be ready, in milliseconds.
const START_WITHIN: u32 = 30_000;

type Chunk = Result<Vec<u8>, TransportError>;
type Head = Result<(u16, Vec<(String, String)>), TransportError>;

struct Pending {
    head: Option<oneshot::Sender<Head>>,
    body: mpsc::UnboundedSender<Chunk>,
}

/// The calls that one worker has to answer.
#[derive(Default)]
struct Calls {
    next: Cell<u32>,
    /// Whether the worker has failed after it was ready.
    failed: Cell<bool>,
    open: RefCell<LiteMap<u32, Pending>>,
}

/// One of the worlds that an origin can have beside that of the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct World {
    /// Its name: letters, digits and dashes.
    pub name: String,
    /// What it is made from when it is new.
    pub seed: u64,
}

impl fmt::Display for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}?{}", self.name, self.seed)
    }
}

/// A worker, as a page talks to it.
enum Line {
    Own(Worker),
    Shared(SharedWorker, MessagePort),
}

/// A worker that was started, with the calls that it has to answer. It ends, and is not
/// listened to any more, when this is dropped.
struct Running {
    line: Line,
    calls: Rc<Calls>,
    /// What hears its messages, and that it has failed.
    listeners: [Listener; 2],
    /// Says bye to a shared worker when the page is left.
    _bye: Option<Listener>,
}

impl Running {
    /// Ends the worker. What it still says is not heard.
    fn stop(&self) {
        for listener in &self.listeners {
            listener.detach();
        }
        self.line.end();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A worker that has said that it is ready, or why it never will be.
type Started = Result<Rc<Running>, String>;

/// Sends requests to the sandbox worker.
#[derive(Clone, Default)]
pub struct WorkerTransport {
    /// `None` for the world of the console.
    world: Option<World>,
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
    /// To a world that all pages share.
    pub fn to(world: World) -> Self {
        Self { world: Some(world), ..Self::default() }
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let worker = self.started().await.map_err(TransportError::Unreachable)?;
        let calls = &worker.calls;
        let id = calls.next.get();
        calls.next.set(id.wrapping_add(1));
        let (head_sender, head) = oneshot::channel();
        let (body_sender, body) = mpsc::unbounded();
        let pending = Pending { head: Some(head_sender), body: body_sender };
        calls.open.borrow_mut().insert(id, pending);
        let guard = CancelOnDrop { id, worker: Rc::clone(&worker) };
        worker
            .line
            .post(&request_message(id, &request))
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

    /// The worker, started by the first caller and waited for by all. One that could not be
    /// started, or that has failed since, is ended, and the next call starts another.
    fn started(&self) -> Shared<LocalBoxFuture<'static, Started>> {
        let mut worker = self.worker.borrow_mut();
        let dead = match worker.as_ref().and_then(Shared::peek) {
            Some(Ok(running)) => running.calls.failed.get(),
            Some(Err(_)) => true,
            None => false,
        };
        if dead && let Some(Ok(running)) = worker.take().as_ref().and_then(Shared::peek) {
            // Answers that are still read may keep it beyond this.
            running.stop();
        }
        let world = self.world.clone();
        worker.get_or_insert_with(|| start(world).boxed_local().shared()).clone()
    }
}

/// Tells the worker that nobody waits for an answer any more.
struct CancelOnDrop {
    id: u32,
    worker: Rc<Running>,
}

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        if self.worker.calls.open.borrow_mut().remove(&self.id).is_some() {
            let message = message("cancel", self.id);
            // The worker is gone when this fails, and the call with it.
            let _ = self.worker.line.post(&message);
        }
    }
}

/// A listener that is attached until this is dropped.
struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn Fn(Event)>,
}

impl Listener {
    fn attach(
        target: EventTarget,
        name: &'static str,
        hear: impl Fn(Event) + 'static,
    ) -> Result<Self, String> {
        let closure = Closure::<dyn Fn(Event)>::new(hear);
        target
            .add_event_listener_with_callback(name, closure.as_ref().unchecked_ref())
            .map_err(|error| js_text(&error))?;
        Ok(Self { target, name, closure })
    }

    fn detach(&self) {
        let closure = self.closure.as_ref().unchecked_ref();
        // It only fails where attaching did.
        let _ = self.target.remove_event_listener_with_callback(self.name, closure);
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.detach();
    }
}

async fn start(world: Option<World>) -> Started {
    let name = world.map(|world| world.to_string());
    if let Some(name) = &name
        && let Some(line) = shared_worker(name)
        && let Ok(running) = ready(line).await
    {
        return Ok(running);
    }
    // Not everywhere, and not where storage is blocked: each page is alone then.
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name(&name.unwrap_or_default());
    let worker = Worker::new_with_options(LOADER, &options).map_err(|error| js_text(&error))?;
    ready(Line::Own(worker)).await
}

/// A connection to the shared worker of this name, if the browser has such workers.
fn shared_worker(name: &str) -> Option<Line> {
    // Looked up first: without shared workers their constructor would throw.
    Reflect::get(&js_sys::global(), &"SharedWorker".into()).ok().filter(JsValue::is_function)?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name(name);
    let worker = SharedWorker::new_with_worker_options(SHARED_LOADER, &options).ok()?;
    let port = worker.port();
    Some(Line::Shared(worker, port))
}

impl Line {
    fn post(&self, message: &JsValue) -> Result<(), JsValue> {
        match self {
            Self::Own(worker) => worker.post_message(message),
            Self::Shared(_, port) => port.post_message(message),
        }
    }

    /// What tells its messages, and what tells that it has failed.
    fn targets(&self) -> (EventTarget, EventTarget) {
        match self {
            Self::Own(worker) => (worker.clone().into(), worker.clone().into()),
            Self::Shared(worker, port) => (port.clone().into(), worker.clone().into()),
        }
    }

    /// Nothing else tells a shared worker that nobody reads its answers any more.
    fn say_bye_when_left(&self) -> Option<Listener> {
        let Self::Shared(_, port) = self else { return None };
        let port = port.clone();
        let say = move |_| {
            let message = Object::new();
            set(&message, "kind", &"bye".into());
            // The worker is gone when this fails.
            let _ = port.post_message(&message);
        };
        Listener::attach(web_sys::window()?.into(), "pagehide", say).ok()
    }

    /// Ends it: nobody will talk to it.
    fn end(&self) {
        match self {
            Self::Own(worker) => worker.terminate(),
            Self::Shared(_, port) => port.close(),
        }
    }
}

/// Waits until the worker is ready, and listens to it from then on. One that is not ready
/// in time, or fails before, is ended.
async fn ready(line: Line) -> Started {
    let calls = Rc::new(Calls::default());
    let (sender, ready) = oneshot::channel::<Result<(), String>>();
    let sender = Rc::new(Cell::new(Some(sender)));
    let fail = {
        let (sender, calls) = (Rc::clone(&sender), Rc::clone(&calls));
        move |message: &str| {
            let reason = format!("The sandbox has failed. {message}");
            match sender.take() {
                Some(sender) => {
                    // Nobody waits for the start any more when this fails.
                    let _ = sender.send(Err(reason));
                }
                None => calls.fail(&reason),
            }
        }
    };
    let on_message = {
        let (calls, fail) = (Rc::clone(&calls), fail.clone());
        move |event: Event| {
            let data = event.unchecked_into::<MessageEvent>().data();
            match text(&data, "kind").as_deref() {
                Some("ready") => _ = sender.take().map(|sender| sender.send(Ok(()))),
                Some("failed") => fail(&text(&data, "message").unwrap_or_default()),
                _ => calls.deliver(&data),
            }
        }
    };
    let on_error = move |event: Event| {
        // A script that cannot be fetched fires an event without a message.
        let message = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
        fail(&message.unwrap_or_default());
    };
    let (speaks, fails) = line.targets();
    let running = Running {
        calls,
        listeners: [
            Listener::attach(speaks, "message", on_message)?,
            Listener::attach(fails, "error", on_error)?,
        ],
        _bye: line.say_bye_when_left(),
        line,
    };
    if let Line::Shared(_, port) = &running.line {
        port.start();
    }
    let too_late = TimeoutFuture::new(START_WITHIN);
    match select(ready, too_late).await {
        Either::Left((ready, _)) => {
            ready.unwrap_or_else(|_| Err("The sandbox has failed.".to_owned()))?;
        }
        Either::Right(_) => {
            return Err("The sandbox did not start within half a minute.".to_owned());
        }
    }
    Ok(Rc::new(running))
}

impl Calls {
    /// Ends every open call: the worker will not answer any more.
    fn fail(&self, reason: &str) {
        self.failed.set(true);
        for (_, pending) in self.open.take().into_tuple_vec() {
            let error = TransportError::Interrupted(reason.to_owned());
            // A caller that does not wait any more does not need to know.
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
