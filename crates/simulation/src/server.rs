//! The model of the API: one user with one limit, sessions and faults.

pub mod form;
pub mod sessions;
pub mod window;

use std::cell::RefCell;
use std::collections::BTreeMap;

use backoffice_client::Millis;
use backoffice_contract::session::SessionTokens;

use crate::machine::chance::Chance;
use form::{Form, Quota};
use sessions::Sessions;
use window::Window;

/// What a server is like.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// How many calls a window allows.
    pub limit: u32,
    /// How long a window is, in milliseconds.
    pub window: Millis,
    /// How much of the first window is left at the start, in milliseconds.
    pub left_at_start: Millis,
    /// How the limit is told.
    pub form: Form,
    /// Which share of the counted requests meets a fault: half of them are answered
    /// 503, of the other half the answer is lost.
    pub faults: f64,
}

impl Default for ServerOptions {
    /// 60 calls a minute, told in seconds, without faults.
    fn default() -> Self {
        Self {
            limit: 60,
            window: 60_000,
            left_at_start: 30_000,
            form: Form::DeltaSeconds,
            faults: 0.0,
        }
    }
}

/// Who sends a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// What is measured: the tabs.
    Us,
    /// Another consumer of the same limit, with an API key.
    Consumer,
}

/// A request as it arrives.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Who sends it.
    pub source: Source,
    /// The method.
    pub method: String,
    /// The path, without the origin.
    pub path: String,
    /// What `Authorization` says; tabs need a token.
    pub token: Option<String>,
}

/// What comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// An answer, with the headers that a page may read.
    Answer {
        /// The status.
        status: u16,
        /// The headers.
        headers: Vec<(String, String)>,
        /// The body.
        body: String,
    },
    /// It was executed, and the connection broke before the answer.
    Lost,
}

impl Reply {
    /// The status, if an answer came.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Answer { status, .. } => Some(*status),
            Self::Lost => None,
        }
    }

    /// Whether it is a success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        matches!(self.status(), Some(200..=299))
    }
}

/// What a source has sent so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// All requests that arrived.
    pub arrived: u32,
    /// Those refused with 429.
    pub refused: u32,
    /// Those that met a fault, after they were counted.
    pub faulted: u32,
}

/// The server.
pub struct Server {
    options: ServerOptions,
    chance: Chance,
    window: RefCell<Window>,
    sessions: RefCell<Sessions>,
    tallies: RefCell<BTreeMap<Source, Tally>>,
    executed: RefCell<BTreeMap<String, u32>>,
}

impl Server {
    /// A server that starts at `now`.
    #[must_use]
    pub fn new(options: ServerOptions, now: Millis, chance: Chance) -> Self {
        let end = now + options.left_at_start;
        Self {
            window: RefCell::new(Window::new(options.limit, options.window, end)),
            options,
            chance,
            sessions: RefCell::default(),
            tallies: RefCell::default(),
            executed: RefCell::default(),
        }
    }

    /// Signs the user in at `at`, which may be long ago: access tokens live for
    /// [`sessions::ACCESS_LIFE`].
    pub fn issue(&self, at: Millis) -> SessionTokens {
        self.sessions.borrow_mut().issue(at)
    }

    /// What happened to the sessions so far.
    pub fn sessions(&self) -> sessions::Count {
        self.sessions.borrow().count()
    }

    /// What `source` has sent so far.
    pub fn tally(&self, source: Source) -> Tally {
        self.tallies.borrow().get(&source).copied().unwrap_or_default()
    }

    /// How often each call other than a read was executed, by method and path.
    pub fn executed(&self) -> BTreeMap<String, u32> {
        self.executed.borrow().clone()
    }

    /// Answers a request that arrives at `now`.
    pub fn handle(&self, ask: &Ask, now: Millis) -> Reply {
        let mut tallies = self.tallies.borrow_mut();
        let tally = tallies.entry(ask.source).or_default();
        tally.arrived += 1;
        let token = ask.token.as_deref().unwrap_or_default();
        let mut sessions = self.sessions.borrow_mut();
        let line = (ask.method.as_str(), ask.path.as_str());
        let known = match line {
            // Signing in is limited by other means than a user's window.
            ("POST", "/api/session") => {
                return answer(200, Vec::new(), &token_data(&sessions.issue(now)));
            }
            ("POST", "/api/session/renew") => sessions.may_renew(token),
            _ => ask.source == Source::Consumer || sessions.accepts(token, now),
        };
        if !known {
            // Whose limit it would count against is not known either.
            return refusal(401, Vec::new(), "Unauthorized");
        }
        let mut window = self.window.borrow_mut();
        let within = window.count(now);
        let quota = Quota {
            limit: self.options.limit,
            remaining: window.remaining(),
            left: window.left(now),
            length: self.options.window,
            now,
        };
        let headers = self.options.form.headers(&quota, !within);
        if !within {
            tally.refused += 1;
            return refusal(429, headers, "Rate Limit Error");
        }
        let fault = self.chance.happens(self.options.faults);
        let lost = fault && self.chance.happens(0.5);
        tally.faulted += u32::from(fault);
        if fault && !lost {
            return refusal(503, headers, "Service Unavailable");
        }
        let data = match line {
            ("POST", "/api/session/renew") => token_data(&sessions.renew(token, now)),
            ("DELETE", "/api/session") => {
                sessions.sign_out(token);
                "{}".to_owned()
            }
            _ => "{}".to_owned(),
        };
        if ask.method != "GET" {
            let line = format!("{} {}", ask.method, ask.path);
            *self.executed.borrow_mut().entry(line).or_default() += 1;
        }
        if lost { Reply::Lost } else { answer(200, headers, &data) }
    }
}

fn answer(status: u16, headers: Vec<(String, String)>, data: &str) -> Reply {
    let body = format!(r#"{{"success":true,"message":"","data":{data}}}"#);
    Reply::Answer { status, headers, body }
}

fn refusal(status: u16, headers: Vec<(String, String)>, errors: &str) -> Reply {
    let body = format!(r#"{{"success":false,"message":"","errors":"{errors}"}}"#);
    Reply::Answer { status, headers, body }
}

fn token_data(tokens: &SessionTokens) -> String {
    format!(
        r#"{{"access_token":"{}","renewal_token":"{}"}}"#,
        tokens.access_token.expose(),
        tokens.renewal_token.expose()
    )
}
