//! Takes requests in and hands answers out, one at a time: what comes while the
//! world is busy waits in a queue.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use futures_channel::mpsc::{self, UnboundedReceiver, UnboundedSender};
use futures_util::StreamExt as _;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::host::{Host, now};
use super::message::{FromPage, Id, ToPage};
use super::warn;
use crate::engine::{Body, Delivery, LogChunk, LogCursor, Millis, Request, Response};

/// Something to do with the world.
#[derive(Debug)]
enum Job {
    Answer(Id, Request),
    ReadLogs(Id),
}

/// What the page still waits for under a number.
#[derive(Debug)]
enum Expected {
    /// An answer.
    Answer,
    /// An answer that is held back until the timer has run.
    Late(#[expect(dead_code, reason = "dropping it stops it")] Timeout),
    /// Lines of a log from here on.
    Lines(LogCursor, NextRead),
}

/// When a log is read on.
#[derive(Debug)]
enum NextRead {
    /// As soon as its turn comes.
    Queued,
    /// When the timer has run, or something has changed.
    Timed(#[expect(dead_code, reason = "dropping it stops it")] Timeout),
}

struct Desk {
    scope: DedicatedWorkerGlobalScope,
    jobs: UnboundedSender<Job>,
    /// By the page's number; what is not here any more is not answered.
    expected: RefCell<BTreeMap<Id, Expected>>,
}

/// Serves the page of `scope` from now on.
pub(super) fn open(scope: DedicatedWorkerGlobalScope) {
    let (jobs, queue) = mpsc::unbounded();
    let desk = Rc::new(Desk { scope: scope.clone(), jobs, expected: RefCell::default() });
    let on_message = {
        let desk = Rc::clone(&desk);
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| desk.take(&event))
    };
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // It listens as long as the worker lives.
    on_message.forget();
    spawn_local(async move { work(&desk, Host::start(scope).await, queue).await });
}

async fn work(desk: &Rc<Desk>, mut host: Host, mut queue: UnboundedReceiver<Job>) {
    desk.send(&ToPage::ready(host.is_persistent()));
    while let Some(job) = queue.next().await {
        match job {
            Job::Answer(id, request) => {
                let answer = host.handle(&request).await;
                desk.deliver(id, answer);
                if request.method != "GET" {
                    desk.wake_readers();
                }
            }
            Job::ReadLogs(id) => {
                let Some(mut cursor) = desk.cursor(id) else { continue };
                let chunk = host.read_logs(&mut cursor).await;
                desk.deliver_lines(id, cursor, &chunk);
            }
        }
    }
}

impl Desk {
    fn take(&self, event: &MessageEvent) {
        match FromPage::read(&event.data()) {
            Some(FromPage::Request(id, request)) => {
                self.expected.borrow_mut().insert(id, Expected::Answer);
                self.queue(Job::Answer(id, request));
            }
            Some(FromPage::Cancel(id)) => {
                self.expected.borrow_mut().remove(&id);
            }
            None => warn("a message was not understood"),
        }
    }

    fn queue(&self, job: Job) {
        // Nobody takes jobs any more only when the worker has ended.
        let _ = self.jobs.unbounded_send(job);
    }

    fn deliver(self: &Rc<Self>, id: Id, answer: Response) {
        if !self.expected.borrow().contains_key(&id) {
            return;
        }
        match answer.delivery {
            Delivery::AtOnce => self.answer(id, answer),
            Delivery::After(ms) => {
                let desk = Rc::clone(self);
                let timer = Timeout::new(clamped(ms), move || desk.answer(id, answer));
                self.expected.borrow_mut().insert(id, Expected::Late(timer));
            }
            Delivery::Never => {}
            Delivery::Broken => {
                self.finish(id, &ToPage::error(id, "The connection was closed without an answer."));
            }
        }
    }

    fn answer(&self, id: Id, answer: Response) {
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
                self.queue(Job::ReadLogs(id));
            }
        }
    }

    fn cursor(&self, id: Id) -> Option<LogCursor> {
        match self.expected.borrow().get(&id) {
            Some(Expected::Lines(cursor, _)) => Some(cursor.clone()),
            _ => None,
        }
    }

    fn deliver_lines(&self, id: Id, cursor: LogCursor, chunk: &LogChunk) {
        if !self.expected.borrow().contains_key(&id) {
            return;
        }
        if !chunk.text.is_empty() {
            self.send(&ToPage::chunk(id, &chunk.text));
        }
        let Some(next_at) = chunk.next_at else { return self.finish(id, &ToPage::end(id)) };
        let jobs = self.jobs.clone();
        let timer = Timeout::new(clamped(next_at.saturating_sub(now())), move || {
            // As in `queue`.
            let _ = jobs.unbounded_send(Job::ReadLogs(id));
        });
        let lines = Expected::Lines(cursor, NextRead::Timed(timer));
        self.expected.borrow_mut().insert(id, lines);
    }

    /// Something has changed that a log may show.
    fn wake_readers(&self) {
        for (id, expected) in self.expected.borrow_mut().iter_mut() {
            if let Expected::Lines(_, next @ NextRead::Timed(_)) = expected {
                *next = NextRead::Queued;
                self.queue(Job::ReadLogs(*id));
            }
        }
    }

    fn finish(&self, id: Id, message: &ToPage) {
        self.expected.borrow_mut().remove(&id);
        self.send(message);
    }

    fn send(&self, message: &ToPage) {
        // Plain objects can always be copied.
        let _ = self.scope.post_message(message.as_value());
    }
}

/// Timers of browsers count in 31 bits and run at once beyond.
fn clamped(ms: Millis) -> u32 {
    u32::try_from(ms).unwrap_or(u32::MAX).min(i32::MAX.unsigned_abs())
}
