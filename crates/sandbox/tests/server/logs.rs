//! Following a log.

use serde_json::{Value, json};

use crate::process::{Server, read_until, rest};

#[test]
fn a_follower_reads_what_happens_later() {
    let server = Server::start(&[]);
    let token = server.sign_in();
    let app = server.app_names(&token).remove(0);

    let logs = format!("/api/apps/{app}/logs?follow=True&num_lines=0");
    let mut answer = server.send(server.request("GET", &logs, &token, Value::Null));
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "text/plain; charset=utf-8");
    let mut lines = answer.body_mut().as_reader();

    let run = json!({ "command": ["echo", "written-after-the-head"] });
    let (status, body) = server.call("POST", &format!("/api/apps/{app}/run"), &token, run);
    assert_eq!(status, 200, "{body}");
    server.call("POST", "/sandbox/clock", "", json!({ "advance_seconds": 60 }));
    let text = read_until(&mut lines, "written-after-the-head");
    assert!(text.ends_with('\n'), "{text}");
}

#[test]
fn a_stream_ends_with_its_app() {
    let server = Server::start(&[]);
    let token = server.sign_in();
    let name = json!({ "unique_name": "short-lived" });
    // The demo account has room for it.
    assert_eq!(server.call("POST", "/api/apps", &token, name).0, 201);
    let logs = "/api/apps/short-lived/logs";
    let mut answer = server.send(server.request("GET", logs, &token, Value::Null));
    let mut lines = answer.body_mut().as_reader();
    assert_eq!(server.call("DELETE", "/api/apps/short-lived", &token, Value::Null).0, 200);
    rest(&mut lines);
}

#[test]
fn without_following_it_ends_by_itself() {
    let server = Server::start(&[]);
    let token = server.sign_in();
    let app = server.app_names(&token).remove(0);
    let logs = format!("/api/apps/{app}/logs?follow=false&num_lines=3");
    let mut answer = server.send(server.request("GET", &logs, &token, Value::Null));
    let text = rest(&mut answer.body_mut().as_reader());
    assert_eq!(text.lines().count(), 3, "{text}");
}
