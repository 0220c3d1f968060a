//! A client of a world for tests: it holds the clock and the access token.

use backoffice_contract::app::{AppStatus, CreateAppRequest, ScaleRequest};
use backoffice_contract::config::SetConfigsRequest;
use backoffice_contract::session::{Credentials, SessionRequest, SignupRequest, Tier};
use backoffice_contract::{ApiError, Operation, envelope, op};
use serde_json::{Value, json};

use crate::engine::{Body, Config, LogCursor, Millis, Request, Response, World};

/// 2026-11-24 18:08:18 UTC.
pub(super) const NOW: Millis = 1_795_543_698_000;

/// Every user's password.
pub(super) const PASSWORD: &str = "correct horse";

#[derive(Debug)]
pub(super) struct Api {
    pub(super) world: World,
    pub(super) config: Config,
    pub(super) now: Millis,
    /// The value of `Authorization`.
    pub(super) token: Option<String>,
    pub(super) peer: &'static str,
}

impl Api {
    /// A fresh world without a session, with very high limits and with access tokens that
    /// outlive a test.
    pub(super) fn new() -> Self {
        let config = Config {
            rate_limit: 100_000,
            monthly_cap: 100_000,
            credentials_limit: 100_000,
            access_ttl_ms: Config::default().renewal_ttl_ms,
            ..Config::default()
        };
        Self { world: World::new(7, NOW), config, now: NOW, token: None, peer: "192.0.2.1" }
    }

    /// The same, signed in to a new account on this tier.
    pub(super) fn on(tier: Tier) -> Self {
        let mut api = Self::new();
        api.join("ada@example.com", tier);
        api
    }

    /// An account under the limits and lifetimes of the guide.
    pub(super) fn by_the_guide(tier: Tier) -> Self {
        let mut api = Self::new();
        api.config = Config::default();
        api.join("ada@example.com", tier);
        api
    }

    /// Signs up and in.
    pub(super) fn join(&mut self, email: &str, tier: Tier) {
        let step = |api: &mut Self, body: SignupRequest| api.call(op::Signup { body }).unwrap();
        let first = SignupRequest { email: Some(email.into()), ..Default::default() };
        let uuid = step(self, first).uuid;
        let code = self.mails(email)[0]["code"].as_str().unwrap().to_owned();
        let with = |body: SignupRequest| SignupRequest { uuid: uuid.clone(), ..body };
        let body = SignupRequest { confirmation_code: Some(code.into()), ..Default::default() };
        step(self, with(body));
        let body = SignupRequest { password: Some(PASSWORD.into()), ..Default::default() };
        step(self, with(body));
        if tier == Tier::Standard {
            let body =
                SignupRequest { stripe_token: Some("tok_visa".into()), ..Default::default() };
            step(self, with(body));
        }
        step(self, with(SignupRequest { tier: Some(tier), ..Default::default() }));
        self.sign_in(email, PASSWORD).unwrap();
    }

    /// Signs in; returns the renewal token.
    pub(super) fn sign_in(&mut self, email: &str, password: &str) -> Result<String, ApiError> {
        let user = Credentials { email: email.into(), password: password.into(), mfa_token: None };
        let tokens = self.call(op::CreateSession { body: SessionRequest { user } })?;
        self.token = Some(tokens.access_token.expose().to_owned());
        Ok(tokens.renewal_token.expose().to_owned())
    }

    pub(super) fn wait(&mut self, span: Millis) {
        self.now += span;
    }

    /// The request of an operation.
    pub(super) fn request<O: Operation>(&self, operation: &O) -> Request {
        let target = operation.target();
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let body = operation.body().map(|body| body.to_string().into_bytes()).unwrap_or_default();
        self.raw(O::ENDPOINT.method.as_str(), path, query, body)
    }

    /// Any request, with the token.
    pub(super) fn raw(&self, method: &str, path: &str, query: &str, body: Vec<u8>) -> Request {
        let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        headers.extend(self.token.clone().map(|token| ("authorization".to_owned(), token)));
        Request {
            method: method.into(),
            path: path.into(),
            query: query.into(),
            headers,
            body,
            peer: self.peer.into(),
        }
    }

    pub(super) fn send(&mut self, request: &Request) -> Response {
        self.world.handle(request, &self.config, self.now)
    }

    /// Calls an operation; only its own success statuses are successes.
    pub(super) fn call<O: Operation>(&mut self, operation: O) -> Result<O::Response, ApiError> {
        let response = self.send(&self.request(&operation));
        let body = bytes(&response);
        if O::ENDPOINT.succeeds_with(response.status) {
            Ok(envelope::decode(body).unwrap())
        } else {
            Err(ApiError::decode(response.status, body))
        }
    }

    /// Calls an operation that must be refused, with this status and text.
    #[track_caller]
    pub(super) fn refuse<O: Operation>(&mut self, operation: O, status: u16, text: &str) {
        let called = format!("{operation:?}");
        let Err(error) = self.call(operation) else { panic!("{called} is not refused") };
        assert_eq!((error.status, error.text().as_str()), (status, text), "{called}");
    }

    /// Calls a control endpoint; returns its status and `data`.
    pub(super) fn control(&mut self, method: &str, target: &str, body: &Value) -> (u16, Value) {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let body = if method == "GET" { Vec::new() } else { body.to_string().into_bytes() };
        let response = self.send(&self.raw(method, path, query, body));
        let body: Value = serde_json::from_slice(bytes(&response)).unwrap();
        (response.status, body["data"].clone())
    }

    /// The mails to an address, newest first.
    pub(super) fn mails(&mut self, to: &str) -> Vec<Value> {
        let target = format!("/sandbox/mailbox?to={}", backoffice_contract::percent_encode(to));
        let (_, mails) = self.control("GET", &target, &Value::Null);
        mails.as_array().unwrap().clone()
    }

    pub(super) fn create_app(&mut self, name: &str) {
        let body = CreateAppRequest { unique_name: Some(name.into()), ..Default::default() };
        self.call(op::CreateApp { body }).unwrap();
    }

    /// Pushes; returns the commit.
    pub(super) fn push(&mut self, app: &str, outcome: &str) -> String {
        let target = format!("/sandbox/apps/{app}/push");
        let (status, data) = self.control("POST", &target, &json!({ "outcome": outcome }));
        assert_eq!(status, 202, "{data}");
        data["sha"].as_str().unwrap().to_owned()
    }

    /// Pushes and waits until nothing changes any more.
    pub(super) fn deploy(&mut self, app: &str) {
        self.push(app, "ok");
        self.wait(120_000);
    }

    pub(super) fn set(&mut self, app: &str, key: &str, value: &str) -> Result<Value, ApiError> {
        let configs = [(key.to_owned(), value.into())].into();
        let body = SetConfigsRequest { configs, avoid_restart: false };
        self.call(op::SetConfigs { app: app.into(), body })
    }

    pub(super) fn scale(
        &mut self,
        app: &str,
        replicas: Option<u32>,
        size: Option<f64>,
    ) -> Result<(), ApiError> {
        let body = ScaleRequest { replicas, size };
        self.call(op::ScaleApp { app: app.into(), body }).map(drop)
    }

    pub(super) fn status(&mut self, app: &str) -> AppStatus {
        self.call(op::GetStatus { app: app.into() }).unwrap()
    }

    /// The pods of an app, each as version and status.
    pub(super) fn pods(&mut self, app: &str) -> Vec<String> {
        let pods = self.status(app).pods;
        pods.iter().map(|pod| format!("v{} {}", pod.version, pod.status)).collect()
    }

    /// The releases of an app, newest first, each as version and summary.
    pub(super) fn releases(&mut self, app: &str) -> Vec<String> {
        let releases = self.call(op::ListReleases { app: app.into() }).unwrap();
        releases.iter().map(|release| format!("v{} {}", release.version, release.summary)).collect()
    }

    /// Opens the log of an app.
    pub(super) fn log(&mut self, app: &str, lines: u32, follow: bool) -> LogCursor {
        let query =
            backoffice_contract::app::LogsQuery { num_lines: Some(lines), follow: Some(follow) };
        let request = self.request(&op::StreamLogs { app: app.into(), query });
        match self.send(&request).body {
            Body::Logs(cursor) => cursor,
            Body::Bytes(body) => panic!("no log: {}", String::from_utf8_lossy(&body)),
        }
    }

    /// The last lines of the log of an app.
    pub(super) fn last_lines(&mut self, app: &str, lines: u32) -> Vec<String> {
        let mut cursor = self.log(app, lines, false);
        let text = self.world.read_logs(&mut cursor, self.now).text;
        text.lines().map(str::to_owned).collect()
    }
}

/// The body of an answer that is not a stream.
pub(super) fn bytes(response: &Response) -> &[u8] {
    match &response.body {
        Body::Bytes(bytes) => bytes,
        Body::Logs(_) => panic!("the answer is a stream"),
    }
}

/// All rows that a world would store.
pub(super) fn rows(world: &mut World) -> std::collections::BTreeMap<String, String> {
    let mut rows = std::collections::BTreeMap::new();
    apply(&mut rows, world);
    rows
}

/// Stores the changes since the last time.
pub(super) fn apply(rows: &mut std::collections::BTreeMap<String, String>, world: &mut World) {
    for change in world.take_changes() {
        match change.value {
            Some(value) => rows.insert(change.key, value),
            None => rows.remove(&change.key),
        };
    }
}

/// The header of Basic authentication (RFC 7617).
pub(super) fn basic(email: &str, secret: &str) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let text = format!("{email}:{secret}");
    let mut out = String::from("Basic ");
    for chunk in text.as_bytes().chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let index = (bits >> (18 - 6 * at) & 63) as usize;
            out.push(if at > chunk.len() { '=' } else { char::from(ALPHABET[index]) });
        }
    }
    out
}
