//! A server that does what a test says, at the other end of a line with a delay.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use backoffice_client::{
    HttpRequest, HttpResponse, LocalBoxFuture, Millis, Runtime as _, Transport, TransportError,
};
use futures_util::{FutureExt as _, StreamExt as _, stream};

use crate::clock::{Clock, START};

/// What the server does with a request.
pub(crate) enum Reply {
    Answer { status: u16, headers: Vec<(&'static str, String)>, body: String },
    Pieces(Vec<Result<&'static str, TransportError>>),
    Fails(TransportError),
    Hangs,
}

pub(crate) fn ok(data: &str) -> Reply {
    status(200, &format!(r#"{{"success":true,"message":"","data":{data}}}"#))
}

pub(crate) fn status(status: u16, body: &str) -> Reply {
    Reply::Answer { status, headers: Vec::new(), body: body.to_owned() }
}

pub(crate) fn unreachable() -> Reply {
    Reply::Fails(TransportError::Unreachable("connection refused".into()))
}

impl Reply {
    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        if let Self::Answer { headers, .. } = &mut self {
            headers.push((name, value.to_string()));
        }
        self
    }
}

/// A request as it arrived.
#[derive(Clone)]
pub(crate) struct Seen {
    pub(crate) at: Millis,
    pub(crate) line: String,
    pub(crate) token: Option<String>,
    pub(crate) status: Option<u16>,
}

pub(crate) type Handler = Box<dyn FnMut(&Seen) -> Reply>;

/// The server, at the other end of a line with a delay.
pub(crate) struct Server {
    pub(crate) clock: Rc<Clock>,
    pub(crate) handler: RefCell<Handler>,
    pub(crate) seen: RefCell<Vec<Seen>>,
    pub(crate) aborted: Cell<u32>,
    pub(crate) delay: Cell<Millis>,
}

/// Counts a call as aborted unless it came to its end.
struct Line(Rc<Server>, bool);

impl Line {
    fn end(&mut self) {
        self.1 = true;
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.0.aborted.set(self.0.aborted.get() + u32::from(!self.1));
    }
}

/// The client's end of the line.
pub(crate) struct Wire(pub(crate) Rc<Server>);

impl Transport for Wire {
    fn send(
        &self,
        request: HttpRequest,
    ) -> LocalBoxFuture<'static, Result<HttpResponse, TransportError>> {
        let server = Rc::clone(&self.0);
        async move {
            let mut line = Line(Rc::clone(&server), false);
            server.clock.sleep(server.delay.get() / 2).await;
            let token = request.headers.iter().find(|(name, _)| *name == "authorization");
            let path = request.url.strip_prefix("https://api.example.com").unwrap();
            let mut seen = Seen {
                at: server.clock.now(),
                line: format!("{} {path}", request.method),
                token: token.map(|(_, value)| value.expose().to_owned()),
                status: None,
            };
            let reply = (server.handler.borrow_mut())(&seen);
            if let Reply::Answer { status, .. } = &reply {
                seen.status = Some(*status);
            }
            server.seen.borrow_mut().push(seen);
            server.clock.sleep(server.delay.get() / 2).await;
            let (status, headers, pieces) = match reply {
                Reply::Answer { status, headers, body } => {
                    (status, headers, vec![Ok(body.into_bytes())])
                }
                Reply::Pieces(pieces) => (
                    200,
                    Vec::new(),
                    pieces.into_iter().map(|piece| piece.map(Into::into)).collect(),
                ),
                Reply::Fails(error) => {
                    line.end();
                    return Err(error);
                }
                Reply::Hangs => std::future::pending().await,
            };
            let headers =
                headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            let clock = Rc::clone(&server.clock);
            let body = stream::iter(pieces)
                .then(move |piece| {
                    let tick = clock.sleep(1);
                    async move {
                        tick.await;
                        piece
                    }
                })
                .chain(stream::once(async move {
                    line.end();
                    Ok(Vec::new())
                }));
            Ok(HttpResponse { status, headers, body: body.boxed_local() })
        }
        .boxed_local()
    }
}

/// A fixed window, as the API has it: seconds left are rounded up, or down.
pub(crate) struct Limit {
    pub(crate) limit: u32,
    pub(crate) rounds_up: bool,
    window: Millis,
    used: u32,
    hidden: bool,
}

impl Limit {
    pub(crate) fn new(limit: u32) -> Self {
        Self { limit, rounds_up: true, window: 0, used: 0, hidden: false }
    }

    pub(crate) fn rounding_down(self) -> Self {
        Self { rounds_up: false, ..self }
    }

    pub(crate) fn hidden(self) -> Self {
        Self { hidden: true, ..self }
    }

    /// Counts a request; true when it is within the limit.
    pub(crate) fn count(&mut self, now: Millis) -> bool {
        let window = (now - START) / 60_000;
        if window != self.window {
            (self.window, self.used) = (window, 0);
        }
        self.used += 1;
        self.used <= self.limit
    }

    pub(crate) fn answer(&mut self, now: Millis) -> Reply {
        let reply = if self.count(now) {
            ok("{}")
        } else {
            status(429, r#"{"success":false,"message":"Sorry","errors":"Rate Limit Error"}"#)
        };
        if self.hidden {
            return reply;
        }
        let left = 60_000 - (now - START) % 60_000;
        let left = if self.rounds_up { left.div_ceil(1_000) } else { left / 1_000 };
        reply
            .with("x-ratelimit-limit", self.limit)
            .with("x-ratelimit-remaining", self.limit.saturating_sub(self.used))
            .with("x-ratelimit-reset", left)
    }
}
