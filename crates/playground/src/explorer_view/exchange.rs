//! Sending a request, and what comes of it.

use std::cell::RefCell;
use std::rc::Rc;

use backoffice_contract::untyped::Shown;
use backoffice_contract::{Endpoint, OperationId};
use backoffice_explorer::{Language, Request, snippet};
use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Heard, PlaygroundApi, send_elsewhere};
use backoffice_web_client::{CallParts, LocalBoxStream, explain, now};

/// What has come of a request so far.
#[derive(Clone)]
pub enum Outcome {
    /// The head of an answer; its body is taken by whoever shows it.
    Answered(Answered),
    /// No answer, with a few words and a sentence.
    Failed(&'static str, String),
}

/// The head of an answer.
#[derive(Clone)]
pub struct Answered {
    /// Tells one answer from another.
    pub number: u32,
    /// The status.
    pub status: u16,
    /// The headers that the page may read.
    pub headers: Vec<(String, String)>,
    /// How long the head took, in milliseconds.
    pub took: u64,
    /// Whether the answer is from another origin, which may keep headers to itself.
    pub elsewhere: bool,
    body: Rc<RefCell<Option<Body>>>,
}

/// The body of an answer as it comes.
pub type Body = LocalBoxStream<'static, Result<Vec<u8>, String>>;

impl Answered {
    /// The body, for the first who asks.
    #[must_use]
    pub fn take_body(&self) -> Option<Body> {
        self.body.borrow_mut().take()
    }
}

/// The request under way, or the last one. `Copy`, as long as its operation is open.
#[derive(Clone, Copy)]
pub struct Exchange {
    api: PlaygroundApi,
    /// What has come of it.
    pub outcome: RwSignal<Option<Outcome>, LocalStorage>,
    /// Whether it is under way.
    pub under_way: RwSignal<bool>,
    /// Which call of the console's API it was, as the journal has it.
    pub call: RwSignal<Option<(OperationId, String)>>,
    abort: StoredValue<Option<AbortHandle>>,
    number: StoredValue<u32>,
}

impl Exchange {
    /// Nothing yet.
    #[must_use]
    pub fn new(api: PlaygroundApi) -> Self {
        let exchange = Self {
            api,
            outcome: RwSignal::new_local(None),
            under_way: RwSignal::new(false),
            call: RwSignal::new(None),
            abort: StoredValue::new(None),
            number: StoredValue::new(0),
        };
        on_cleanup(move || exchange.cancel());
        exchange
    }

    /// Ends what is under way.
    pub fn cancel(self) {
        if let Some(handle) = self.abort.try_update_value(Option::take).flatten() {
            handle.abort();
            let _ = self.under_way.try_set(false);
        }
    }

    /// Sends a request to whatever API.
    pub fn send(self, request: &Request) {
        let (method, url) = (request.method().to_owned(), request.url().to_owned());
        let (headers, body) = (request.headers(), request.body().map(str::to_owned));
        self.call.set(None);
        self.start(move |started| async move {
            let sent = send_elsewhere(&method, &url, &headers, body.as_deref()).await;
            match sent {
                Ok(heard) => self.heard(heard, started, true),
                Err(why) => self.failed(
                    "No answer",
                    format!(
                        "{why}. Browsers do not say why. Often the server does not let pages of \
                         other origins read its answers: it has to send Access-Control-Allow-Origin, \
                         and to allow the method and the headers of this request."
                    ),
                ),
            }
        });
    }

    /// Sends a request of the console's API.
    pub fn send_own(self, endpoint: &'static Endpoint, request: &Request) {
        let parts = parts(endpoint, request);
        self.call.set(Some((endpoint.id, parts.shown.target.clone())));
        self.start(move |started| async move {
            let answered = Rc::new(std::cell::Cell::new(false));
            let ear = {
                let answered = Rc::clone(&answered);
                Rc::new(move |heard| {
                    answered.set(true);
                    self.heard(heard, started, false);
                })
            };
            if let Err(error) = self.api.send(parts, ear).await
                && !answered.get()
            {
                let text = explain(&error);
                self.failed(text.title, text.detail);
            }
        });
    }

    fn start<F: Future<Output = ()> + 'static>(self, make: impl FnOnce(u64) -> F) {
        self.cancel();
        self.outcome.set(None);
        self.under_way.set(true);
        let (running, handle) = abortable(make(now()));
        self.abort.set_value(Some(handle));
        spawn_local(async move {
            if running.await.is_ok() {
                let _ = self.under_way.try_set(false);
            }
        });
    }

    fn heard(self, heard: Heard, started: u64, elsewhere: bool) {
        let number = self.number.try_update_value(|number| {
            *number += 1;
            *number
        });
        let _ = self.outcome.try_set(Some(Outcome::Answered(Answered {
            number: number.unwrap_or_default(),
            status: heard.status,
            headers: heard.headers,
            took: now().saturating_sub(started),
            elsewhere,
            body: Rc::new(RefCell::new(Some(heard.body))),
        })));
    }

    fn failed(self, title: &'static str, detail: String) {
        let _ = self.outcome.try_set(Some(Outcome::Failed(title, detail)));
    }
}

/// The endpoint of the console's API that an operation of its description is.
#[must_use]
pub fn endpoint_of(id: &str) -> Option<&'static Endpoint> {
    OperationId::ALL.iter().find(|known| known.as_str() == id).map(|known| known.endpoint())
}

/// The command that does the same as a request of the console's API.
#[must_use]
pub fn command(endpoint: &Endpoint, request: &Request) -> Option<String> {
    endpoint.command(target(request.shown_url()), request.shown_body())
}

fn parts(endpoint: &'static Endpoint, request: &Request) -> CallParts {
    CallParts {
        endpoint,
        target: target(request.url()).to_owned(),
        body: request.body().map(str::to_owned),
        shown: Shown {
            target: target(request.shown_url()).to_owned(),
            cli: command(endpoint, request),
            curl: snippet(request, Language::Curl),
        },
    }
}

/// Path and query of an address.
fn target(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_target_is_what_follows_the_host() {
        assert_eq!(target("https://a.test/b?c=/d"), "/b?c=/d");
        assert_eq!(target("/b"), "/b");
        assert_eq!(target("https://a.test"), "/");
    }
}
