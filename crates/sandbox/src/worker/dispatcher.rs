//! Receives requests and sends answers, one at a time: requests that arrive while the world
//! is busy wait in a queue. All pages of a shared worker share this queue.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use futures_channel::mpsc::{self, UnboundedReceiver, UnboundedSender};
use futures_util::StreamExt as _;
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::WorkerGlobalScope;

use crate::engine::{Body, Delivery, LogChunk, LogCursor, Millis, Request, Response};
use crate::worker::host::{Host, now};
use crate::worker::message::{FromPage, Id, ToPage};
use crate::worker::place::Place;
use crate::worker::warn;

/// A task for the world.
enum Job {
    Answer(Rc<Page>, Id, Request),
    ReadLogs(Rc<Page>, Id),
}

/// What the page is waiting for under a number.
#[derive(Debug)]
enum Expected {
    /// An answer.
    Answer,
    /// An answer that is delayed until the timer has run.
    Late(#[expect(dead_code, reason = "dropping it stops it")] Timeout),
    /// The further lines of a log.
    Lines(LogCursor, NextRead),
}

/// When to continue reading a log.
#[derive(Debug)]
enum NextRead {
    /// As soon as its turn comes.
    Queued,
    /// When the timer has run, or something has changed.
    Timed(#[expect(dead_code, reason = "dropping it stops it")] Timeout),
}

/// The desk, which serves all pages.
pub(super) struct Dispatcher {
    jobs: UnboundedSender<Job>,
    pages: RefCell<Vec<Rc<Page>>>,
    /// Whether the world survives this worker; `None` until this is known.
    persistent: Cell<Option<bool>>,
}

/// A page that talks to this worker.
pub(super) struct Page {
    post: Box<dyn Fn(&ToPage)>,
    jobs: UnboundedSender<Job>,
    /// By the page's number; requests that are no longer in here get no answer.
    expected: RefCell<BTreeMap<Id, Expected>>,
}

/// Serves the pages that the caller will [welcome](Dispatcher::welcome) later.
pub(super) fn open(scope: WorkerGlobalScope, place: Place) -> Rc<Dispatcher> {
    let (jobs, queue) = mpsc::unbounded();
    let dispatcher =
        Rc::new(Dispatcher { jobs, pages: RefCell::default(), persistent: Cell::new(None) });
    let serving = Rc::clone(&dispatcher);
    spawn_local(async move { serving.work(Host::start(scope, place).await, queue).await });
    dispatcher
}

impl Dispatcher {
    /// Adds a page, which receives messages through `post`.
    pub(super) fn welcome(&self, post: Box<dyn Fn(&ToPage)>) -> Rc<Page> {
        let page = Page { post, jobs: self.jobs.clone(), expected: RefCell::default() };
        let page = Rc::new(page);
        if let Some(persistent) = self.persistent.get() {
            page.send(&ToPage::ready(persistent));
        }
        self.pages.borrow_mut().push(Rc::clone(&page));
        page
    }

    /// Removes a page that is gone for good.
    pub(super) fn forget(&self, page: &Rc<Page>) {
        self.pages.borrow_mut().retain(|known| !Rc::ptr_eq(known, page));
        page.expected.borrow_mut().clear();
    }

    async fn work(&self, mut host: Host, mut queue: UnboundedReceiver<Job>) {
        self.persistent.set(Some(host.is_persistent()));
        for page in self.pages.borrow().iter() {
            page.send(&ToPage::ready(host.is_persistent()));
        }
        while let Some(job) = queue.next().await {
            match job {
                Job::Answer(page, id, request) => {
                    let answer = host.handle(&request).await;
                    page.deliver(id, answer);
                    if request.method != "GET" {
                        // The change may have added log lines.
                        self.pages.borrow().iter().for_each(Page::wake_readers);
                    }
                }
                Job::ReadLogs(page, id) => {
                    let Some(mut cursor) = page.cursor(id) else { continue };
                    let chunk = host.read_logs(&mut cursor).await;
                    page.deliver_lines(id, cursor, &chunk);
                }
            }
        }
    }
}

impl Page {
    /// Receives a message of this page.
    pub(super) fn take(self: &Rc<Self>, message: Option<FromPage>) {
        match message {
            Some(FromPage::Request(id, request)) => {
                self.expected.borrow_mut().insert(id, Expected::Answer);
                self.queue(Job::Answer(Rc::clone(self), id, request));
            }
            Some(FromPage::Cancel(id)) => {
                self.expected.borrow_mut().remove(&id);
            }
            Some(FromPage::Bye) => {
                // The page may return from the browser's cache, and must not wait then.
                for (id, _) in std::mem::take(&mut *self.expected.borrow_mut()) {
                    self.send(&ToPage::error(id, "The page was left."));
                }
            }
            None => warn("a message was invalid"),
        }
    }

    fn queue(&self, job: Job) {
        // Tasks are refused only after the worker has ended.
        let _ = self.jobs.unbounded_send(job);
    }

    fn deliver(self: &Rc<Self>, id: Id, answer: Response) {
        if !self.expected.borrow().contains_key(&id) {
            return;
        }
        match answer.delivery {
            Delivery::AtOnce => self.answer(id, answer),
            Delivery::After(ms) => {
                let page = Rc::clone(self);
                let timer = Timeout::new(clamped(ms), move || page.answer(id, answer));
                self.expected.borrow_mut().insert(id, Expected::Late(timer));
            }
            Delivery::Never => {}
            Delivery::Broken => {
                self.finish(id, &ToPage::error(id, "The connection was closed without an answer."));
            }
        }
    }

    fn answer(self: &Rc<Self>, id: Id, answer: Response) {
        self.send(&ToPage::head(id, answer.status, &answer.headers));
        match answer.body {
            Body::Bytes(bytes) => {
                if !bytes.is_empty() {
                    self.send(&ToPage::chunk(id, &String::from_utf8_lossy(&bytes)));
                }
                self.finish(id, &ToPage::end(id));
            }
            Body::Logs(cursor) => {
                let lines = Expected::Lines(cursor, NextRead::Queued);
                self.expected.borrow_mut().insert(id, lines);
                self.queue(Job::ReadLogs(Rc::clone(self), id));
            }
        }
    }

    fn cursor(&self, id: Id) -> Option<LogCursor> {
        match self.expected.borrow().get(&id) {
            Some(Expected::Lines(cursor, _)) => Some(cursor.clone()),
            _ => None,
        }
    }

    fn deliver_lines(self: &Rc<Self>, id: Id, cursor: LogCursor, chunk: &LogChunk) {
        if !self.expected.borrow().contains_key(&id) {
            return;
        }
        if !chunk.text.is_empty() {
            self.send(&ToPage::chunk(id, &chunk.text));
        }
        let Some(next_at) = chunk.next_at else { return self.finish(id, &ToPage::end(id)) };
        let page = Rc::clone(self);
        let timer = Timeout::new(clamped(next_at.saturating_sub(now())), move || {
            page.queue(Job::ReadLogs(Rc::clone(&page), id));
        });
        let lines = Expected::Lines(cursor, NextRead::Timed(timer));
        self.expected.borrow_mut().insert(id, lines);
    }

    /// Continues to read each log of this page now.
    fn wake_readers(self: &Rc<Self>) {
        for (id, expected) in self.expected.borrow_mut().iter_mut() {
            if let Expected::Lines(_, next @ NextRead::Timed(_)) = expected {
                *next = NextRead::Queued;
                self.queue(Job::ReadLogs(Rc::clone(self), *id));
            }
        }
    }

    fn finish(&self, id: Id, message: &ToPage) {
        self.expected.borrow_mut().remove(&id);
        self.send(message);
    }

    fn send(&self, message: &ToPage) {
        (self.post)(message);
    }
}

/// Browser timers count in 31 bits; longer ones would run immediately.
fn clamped(ms: Millis) -> u32 {
    u32::try_from(ms).unwrap_or(u32::MAX).min(i32::MAX.unsigned_abs())
}
