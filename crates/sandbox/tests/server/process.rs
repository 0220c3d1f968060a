//! Starting and ending a server, and calling it.

use std::io::{BufRead as _, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use ureq::http::{Request, Response};
use ureq::{Agent, Body};

/// How long an answer may take, including streams: tests must fail, not hang.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server on free ports; it ends when this is dropped.
pub(crate) struct Server {
    child: Child,
    /// The origin of the API.
    pub(crate) api: String,
    /// The origin of the console; empty without one.
    pub(crate) console: String,
    agent: Agent,
}

/// The program, on a port that the system chooses unless `flags` set one.
fn command(flags: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_backoffice-sandbox"));
    if !flags.contains(&"--listen") {
        command.args(["--listen", "127.0.0.1:0"]);
    }
    command.args(flags);
    command
}

impl Server {
    /// Starts a server and waits until it answers.
    pub(crate) fn start(flags: &[&str]) -> Self {
        let mut command = command(flags);
        let serves_console = flags.contains(&"--console");
        if serves_console {
            command.args(["--console-listen", "127.0.0.1:0"]);
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut url = |name: &str| {
            let line = lines.next().unwrap().unwrap();
            line.strip_prefix(name).unwrap_or_else(|| panic!("{line}")).trim().to_owned()
        };
        let api = url("api ");
        let console = if serves_console { url("console ") } else { String::new() };
        let agent = Agent::new_with_config(
            Agent::config_builder()
                .http_status_as_error(false)
                .allow_non_standard_methods(true)
                .max_redirects(0)
                .timeout_global(Some(PATIENCE))
                .build(),
        );
        Self { child, api, console, agent }
    }

    /// Sends a request and waits for the head of its answer.
    pub(crate) fn send(&self, request: Request<Vec<u8>>) -> Response<Body> {
        self.try_send(request).unwrap()
    }

    /// The same, for cases where no answer may come.
    pub(crate) fn try_send(
        &self,
        request: Request<Vec<u8>>,
    ) -> Result<Response<Body>, ureq::Error> {
        let request =
            self.agent.configure_request(request).allow_non_standard_methods(true).build();
        self.agent.run(request)
    }

    /// Calls the API with JSON; returns its status and body.
    pub(crate) fn call(&self, method: &str, path: &str, token: &str, body: Value) -> (u16, Value) {
        let mut answer = self.send(self.request(method, path, token, body));
        let text = answer.body_mut().read_to_string().unwrap();
        let body = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{path}: {text}"));
        (answer.status().as_u16(), body)
    }

    /// An API request with JSON; without a body if it is null, without `Authorization` if
    /// the token is empty.
    pub(crate) fn request(
        &self,
        method: &str,
        path: &str,
        token: &str,
        body: Value,
    ) -> Request<Vec<u8>> {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.api));
        if !token.is_empty() {
            request = request.header("authorization", token);
        }
        if body.is_null() {
            return request.body(Vec::new()).unwrap();
        }
        request
            .header("content-type", "application/json")
            .body(body.to_string().into_bytes())
            .unwrap()
    }

    /// Signs in as the demo account; returns the access token.
    pub(crate) fn sign_in(&self) -> String {
        let user = json!({ "email": "demo@backoffice.example", "password": "sandbox-demo" });
        let (status, body) = self.call("POST", "/api/session", "", json!({ "user": user }));
        assert_eq!(status, 200, "{body}");
        body["data"]["access_token"].as_str().unwrap().to_owned()
    }

    /// The names of the apps.
    pub(crate) fn app_names(&self, token: &str) -> Vec<String> {
        let (status, body) = self.call("GET", "/api/apps", token, Value::Null);
        assert_eq!(status, 200, "{body}");
        let names = body["data"].as_array().unwrap().iter();
        names.map(|app| app["unique_name"].as_str().unwrap().to_owned()).collect()
    }

    /// The host and port of the API.
    pub(crate) fn address(&self) -> &str {
        self.api.strip_prefix("http://").unwrap()
    }

    /// Tells the process to end, and waits until it has.
    pub(crate) fn terminate(&mut self) -> ExitStatus {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").arg(pid).status().unwrap().success());
        self.child.wait().unwrap()
    }

    /// Ends the process with SIGKILL, which it cannot handle.
    pub(crate) fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// The message of a server that does not start.
pub(crate) fn complaint(flags: &[&str]) -> String {
    let mut command = command(flags);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // The server ends without output there, or says where it listens.
    let said = child.stdout.take().unwrap().read(&mut [0]).unwrap();
    if said > 0 {
        child.kill().unwrap();
    }
    let output = child.wait_with_output().unwrap();
    assert!(said == 0 && !output.status.success(), "it started");
    String::from_utf8(output.stderr).unwrap()
}

/// Reads from `reader` until the text contains `wanted`.
pub(crate) fn read_until(reader: &mut impl Read, wanted: &str) -> String {
    let mut text = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let read = reader.read(&mut buffer).unwrap();
        assert!(read > 0, "ended before `{wanted}`: {}", String::from_utf8_lossy(&text));
        text.extend(buffer.iter().take(read));
        let so_far = String::from_utf8_lossy(&text);
        if so_far.contains(wanted) {
            return so_far.into_owned();
        }
    }
}

/// The rest of `reader`.
pub(crate) fn rest(reader: &mut impl Read) -> String {
    let mut text = String::new();
    reader.read_to_string(&mut text).unwrap();
    text
}
