//! The other tabs and embeds of this origin: BroadcastChannel to talk (HTML Standard,
//! section "Broadcasting to other browsing contexts") and Web Locks to agree
//! (<https://w3c.github.io/web-locks/>). Where either is missing or refused, as in an
//! opaque origin, a page works alone.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use backoffice_client::{LocalBoxFuture, LocalBoxStream, Lock, Member, Peers};
use futures_channel::{mpsc, oneshot};
use futures_util::future::{Either, Shared, select};
use futures_util::{FutureExt as _, StreamExt as _};
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, BroadcastChannel, EventTarget, MessageEvent};

/// What the names of channels and locks begin with, which all pages of an origin share.
const PREFIX: &str = "backoffice.";

/// The other tabs and embeds.
pub struct BrowserPeers {
    prefix: String,
    sleep: Rc<Sleep>,
}

/// Whether the page was put to sleep (Page Lifecycle, "freeze") or is being left, in
/// which case it may come back from the cache of the browser.
#[derive(Default)]
struct Sleep {
    asleep: Cell<bool>,
    waiting: RefCell<Vec<(bool, oneshot::Sender<()>)>>,
}

impl Sleep {
    fn set(&self, asleep: bool) {
        self.asleep.set(asleep);
        let due: Vec<_> =
            self.waiting.borrow_mut().extract_if(.., |(on, _)| *on == asleep).collect();
        for (_, sender) in due {
            // The waiting call may have been given up.
            let _ = sender.send(());
        }
    }

    fn becomes(&self, asleep: bool) -> LocalBoxFuture<'static, ()> {
        if self.asleep.get() == asleep {
            return std::future::ready(()).boxed_local();
        }
        let (sender, receiver) = oneshot::channel();
        self.waiting.borrow_mut().push((asleep, sender));
        receiver.map(|_| ()).boxed_local()
    }
}

impl BrowserPeers {
    /// All pages of the origin. Listens to the life of the page, as long as that lasts.
    pub(super) fn new() -> Self {
        Self::among(PREFIX.to_owned())
    }

    /// Only the pages that show the same world.
    pub(super) fn of_world(world: &str) -> Self {
        Self::among(format!("{PREFIX}playground.{world}."))
    }

    fn among(prefix: String) -> Self {
        let sleep = Rc::new(Sleep::default());
        if let Some(window) = web_sys::window() {
            let document: Option<EventTarget> = window.document().map(Into::into);
            let events = [
                (Some(window.into()), "pagehide", true),
                (document.clone(), "freeze", true),
                (document, "resume", false),
                (web_sys::window().map(Into::into), "pageshow", false),
            ];
            for (target, name, asleep) in events {
                let sleep = Rc::clone(&sleep);
                let listener = Closure::<dyn Fn()>::new(move || sleep.set(asleep));
                let added = target.map(|target: EventTarget| {
                    target.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref())
                });
                if added.is_some_and(|added| added.is_ok()) {
                    // It listens as long as the page lives.
                    listener.forget();
                }
            }
        }
        Self { prefix, sleep }
    }
}

impl Peers for BrowserPeers {
    fn join(&self, group: &str) -> Option<Box<dyn Member>> {
        let name = format!("{}{group}", self.prefix);
        lock_manager()?;
        let channel = channel(&name)?;
        Some(Box::new(BrowserMember { channel, name }))
    }

    fn suspended(&self) -> LocalBoxFuture<'static, ()> {
        self.sleep.becomes(true)
    }

    fn running(&self) -> LocalBoxFuture<'static, ()> {
        self.sleep.becomes(false)
    }
}

/// The channel of this name, where the browser has channels.
pub fn channel(name: &str) -> Option<BroadcastChannel> {
    // Looked up first: without BroadcastChannel its constructor would throw.
    Reflect::get(&js_sys::global(), &"BroadcastChannel".into())
        .ok()
        .filter(JsValue::is_function)?;
    BroadcastChannel::new(name).ok()
}

struct BrowserMember {
    channel: BroadcastChannel,
    name: String,
}

impl Drop for BrowserMember {
    fn drop(&mut self) {
        self.channel.close();
    }
}

/// Listens to a channel until it is dropped, or until another begins to.
struct Ear {
    channel: BroadcastChannel,
    listener: Closure<dyn Fn(MessageEvent)>,
}

impl Drop for Ear {
    fn drop(&mut self) {
        let current = self.channel.onmessage().map(JsValue::from);
        if current.as_ref() == Some(self.listener.as_ref()) {
            self.channel.set_onmessage(None);
        }
    }
}

impl Member for BrowserMember {
    fn say(&self, message: String) {
        // It only fails on a closed channel, which this is not.
        let _ = self.channel.post_message(&message.into());
    }

    fn hear(&self) -> LocalBoxStream<'static, String> {
        let (sender, receiver) = mpsc::unbounded();
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                // The listener may have gone.
                let _ = sender.unbounded_send(text);
            }
        });
        self.channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        let ear = Ear { channel: self.channel.clone(), listener };
        receiver
            .map(move |text| {
                let _ = &ear;
                text
            })
            .boxed_local()
    }

    fn lock(&self, name: &str, steal: bool) -> LocalBoxFuture<'static, Option<Box<dyn Lock>>> {
        let name = format!("{}.{name}", self.name);
        async move {
            let lock = request(&name, steal).await?;
            Some(Box::new(lock) as Box<dyn Lock>)
        }
        .boxed_local()
    }
}

/// A lock that is held until this is dropped.
pub struct BrowserLock {
    release: Function,
    /// Resolves when it is not held any more.
    over: Shared<LocalBoxFuture<'static, ()>>,
}

impl Lock for BrowserLock {
    fn lost(&self) -> LocalBoxFuture<'static, ()> {
        self.over.clone().boxed_local()
    }
}

impl Drop for BrowserLock {
    fn drop(&mut self) {
        // It is a function that resolves a promise, which does not throw.
        let _ = self.release.call0(&JsValue::NULL);
    }
}

/// Gives up waiting when dropped; harmless once the lock is held.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Waits for a lock of the whole origin; `None` where the browser refuses it.
pub async fn lock(name: &str) -> Option<BrowserLock> {
    request(&format!("{PREFIX}{name}"), false).await
}

/// Waits for a lock; `None` where the browser refuses it.
async fn request(name: &str, steal: bool) -> Option<BrowserLock> {
    let locks = lock_manager()?;
    let request: Function = property(&locks, "request")?.dyn_into().ok()?;
    let waiting = AbortOnDrop(AbortController::new().ok()?);
    let options = Object::new();
    // The two cannot be had at once.
    let (key, value) = match steal {
        true => ("steal", JsValue::TRUE),
        false => ("signal", waiting.0.signal().into()),
    };
    Reflect::set(&options, &key.into(), &value).ok()?;
    let mut release = None;
    let held = Promise::new(&mut |resolve, _| release = Some(resolve));
    let release = release?;
    let (granted, grant) = oneshot::channel();
    let on_grant = Closure::once_into_js(move |_lock: JsValue| -> JsValue {
        match granted.send(()) {
            // Held as long as this promise is open.
            Ok(()) => held.into(),
            // Nobody waits for it any more.
            Err(()) => JsValue::UNDEFINED,
        }
    });
    let outcome: Promise =
        request.call3(&locks, &name.into(), &options, &on_grant).ok()?.dyn_into().ok()?;
    let over = JsFuture::from(outcome).map(|_| ()).boxed_local().shared();
    let lock = BrowserLock { release, over: over.clone() };
    match select(grant, over).await {
        Either::Left((Ok(()), _)) => Some(lock),
        // Refused: the promise of the request is rejected, and nothing was granted.
        _ => None,
    }
}

fn lock_manager() -> Option<JsValue> {
    property(&property(&js_sys::global(), "navigator")?, "locks")
}

fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_falsy())
}
