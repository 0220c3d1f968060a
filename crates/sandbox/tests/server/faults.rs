//! Faults that affect an answer on its way.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use ureq::http::Request;

use crate::process::Server;

fn create_app(server: &Server, token: &str, name: &str, fault: &str) -> Request<Vec<u8>> {
    let mut request = server.request("POST", "/api/apps", token, json!({ "unique_name": name }));
    request.headers_mut().insert("x-sandbox-fault", fault.parse().unwrap());
    request
}

#[test]
fn a_dropped_answer_was_executed() {
    let server = Server::start(&[]);
    let token = server.sign_in();
    assert!(server.try_send(create_app(&server, &token, "lost-app", "drop")).is_err());
    assert!(server.app_names(&token).contains(&"lost-app".to_owned()));
}

#[test]
fn a_refused_call_was_not() {
    let server = Server::start(&[]);
    let token = server.sign_in();
    assert_eq!(server.send(create_app(&server, &token, "no-app", "503")).status(), 503);
    assert!(!server.app_names(&token).contains(&"no-app".to_owned()));
}

#[test]
fn a_slow_answer_arrives_late() {
    let server = Server::start(&[]);
    let token = server.sign_in();
    let before = Instant::now();
    assert_eq!(server.send(create_app(&server, &token, "slow-app", "slow=300")).status(), 201);
    assert!(before.elapsed() >= Duration::from_millis(300));
}

#[test]
fn latency_is_added_to_the_api_alone() {
    let latency = Duration::from_millis(1_500);
    let server = Server::start(&["--latency", "1500"]);
    let took = |path: &str| {
        let before = Instant::now();
        server.call("GET", path, "", Value::Null);
        before.elapsed()
    };
    assert!(took("/api/apps") >= latency);
    assert!(took("/sandbox/health") < latency);
}

#[test]
fn an_answer_can_stay_away() {
    let server = Server::start(&[]);
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream
        .write_all(b"GET /api/apps HTTP/1.1\r\nHost: x\r\nX-Sandbox-Fault: timeout\r\n\r\n")
        .unwrap();
    // It counts as answered, so that only the answer itself is missing.
    let counted = || {
        let (_, counts) = server.call("GET", "/sandbox/requests", "", Value::Null);
        counts["data"]["counts"].as_array().unwrap().iter().any(|c| c["operation"] == "list_apps")
    };
    while !counted() {}
    stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    assert!(stream.read(&mut [0; 1]).is_err(), "something was answered, or the connection closed");
}
