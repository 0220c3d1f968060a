//! Refused requests, and the common form of all refusals.

use std::io::Write as _;
use std::net::TcpStream;

use serde_json::{Value, json};
use ureq::http::Request;

use crate::process::{Server, rest};

#[track_caller]
fn check_envelope(answer: &Value, status: u16) {
    assert_eq!(answer["success"], json!(false), "{answer}");
    assert_eq!(answer["error_code"], json!(status), "{answer}");
    assert!(answer["errors"].is_object() && answer["data"].is_object(), "{answer}");
}

/// Sends a request byte for byte; returns the head and the body.
fn exchange(server: &Server, request: &[u8]) -> (String, Value) {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.write_all(request).unwrap();
    let answer = rest(&mut stream);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{answer}"));
    (head.to_ascii_lowercase(), serde_json::from_str(body).unwrap_or_else(|_| panic!("{answer}")))
}

#[test]
fn every_refusal_has_the_envelope() {
    let server = Server::start(&[]);
    let token = server.sign_in();
    for (status, method, path) in [
        (404, "GET", "/api/nothing"),
        (404, "GET", "/"),
        (404, "GET", "/api/apps/no-such-app"),
        (405, "PATCH", "/api/apps"),
        (405, "TRACE", "/api/apps"),
        (405, "OPTIONS", "/api/apps"),
        (405, "BREW", "/api/apps"),
        (405, "DELETE", "/sandbox/mailbox"),
    ] {
        let (actual, body) = server.call(method, path, &token, Value::Null);
        assert_eq!(actual, status, "{method} {path}");
        check_envelope(&body, status);
    }
    let wrong_media_type = Request::post(format!("{}/api/apps", server.api))
        .header("authorization", &token)
        .header("content-type", "text/plain")
        .body(b"{}".to_vec())
        .unwrap();
    let broken_json = Request::post(format!("{}/api/apps", server.api))
        .header("authorization", &token)
        .header("content-type", "application/json")
        .body(b"{\"unique_name\":".to_vec())
        .unwrap();
    for (status, request) in [(415, wrong_media_type), (400, broken_json)] {
        let mut answer = server.send(request);
        assert_eq!(answer.status(), status);
        let body: Value = answer.body_mut().read_json().unwrap();
        check_envelope(&body, status);
    }
}

#[test]
fn a_head_request_gets_a_head() {
    let server = Server::start(&[]);
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.write_all(b"HEAD /api/apps HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let answer = rest(&mut stream);
    assert!(answer.starts_with("HTTP/1.1 405 "), "{answer}");
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
}

#[test]
fn a_large_body_is_refused_in_a_way_that_a_page_can_read() {
    let server = Server::start(&[]);
    let head = "POST /api/session HTTP/1.1\r\nHost: x\r\nOrigin: http://localhost:1\r\n\
                Content-Type: application/json\r\nConnection: close\r\n";
    // More than fits into the buffers of both ends.
    let body = "x".repeat(20_000_000);
    let plain = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
    // Its length is not declared in advance.
    let chunked =
        format!("{head}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    for request in [plain, chunked] {
        let (head, body) = exchange(&server, request.as_bytes());
        assert!(head.starts_with("http/1.1 413 "), "{head}");
        assert!(head.contains("access-control-allow-origin: http://localhost:1"), "{head}");
        check_envelope(&body, 413);
    }
}

#[test]
fn a_body_that_breaks_off_is_refused() {
    let server = Server::start(&[]);
    let (head, body) = exchange(
        &server,
        b"POST /api/session HTTP/1.1\r\nHost: x\r\nOrigin: http://localhost:1\r\n\
          Transfer-Encoding: chunked\r\n\r\nno length\r\n",
    );
    assert!(head.starts_with("http/1.1 400 "), "{head}");
    assert!(head.contains("access-control-allow-origin: http://localhost:1"), "{head}");
    check_envelope(&body, 400);
}

#[test]
fn basic_authentication_works_encoded_or_not() {
    let server = Server::start(&[]);
    // demo%40backoffice.example:sandbox-demo
    let login = "Basic ZGVtbyU0MGJhY2tvZmZpY2UuZXhhbXBsZTpzYW5kYm94LWRlbW8=";
    let (status, body) = server.call("GET", "/api/login", login, Value::Null);
    assert_eq!(status, 200, "{body}");
    let key = body["data"]["key"].as_str().unwrap();
    for email in ["demo@backoffice.example", "demo%40backoffice.example"] {
        let credentials = base64(&format!("{email}:{key}"));
        let (status, body) =
            server.call("GET", "/api/users", &format!("Basic {credentials}"), Value::Null);
        assert_eq!(status, 200, "{body}");
        assert_eq!(body["data"]["email"], json!("demo@backoffice.example"));
    }
    let (status, body) =
        server.call("GET", "/api/users", &format!("Basic {}", base64("a@b.c:d")), Value::Null);
    assert_eq!(status, 401);
    check_envelope(&body, 401);
}

#[test]
fn https_can_be_required() {
    let server = Server::start(&["--require-https"]);
    let (status, body) = server.call("GET", "/api/apps", "", Value::Null);
    assert_eq!(status, 403);
    check_envelope(&body, 403);
    for (scheme, expected) in [("https", 401), ("http", 403)] {
        let mut request = server.request("GET", "/api/apps", "", Value::Null);
        request.headers_mut().insert("x-forwarded-proto", scheme.parse().unwrap());
        assert_eq!(server.send(request).status(), expected, "{scheme}");
    }
    // A client of the control endpoints is on the same machine.
    assert_eq!(server.call("GET", "/sandbox/health", "", Value::Null).0, 200);
}

#[test]
fn limits_are_those_of_the_command_line() {
    let server = Server::start(&["--rate-limit", "3", "--window", "40", "--auth-rate-limit", "2"]);
    let token = server.sign_in();
    for left in ["2", "1", "0"] {
        let answer = server.send(server.request("GET", "/api/apps", &token, Value::Null));
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["x-ratelimit-limit"], "3");
        assert_eq!(answer.headers()["x-ratelimit-remaining"], left);
    }
    let mut answer = server.send(server.request("GET", "/api/apps", &token, Value::Null));
    assert_eq!(answer.status(), 429);
    let wait: u64 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=40).contains(&wait), "{wait}");
    let body: Value = answer.body_mut().read_json().unwrap();
    assert_eq!(body["errors"], json!("Rate Limit Error, unable to proceed"));

    server.sign_in();
    let user = json!({ "user": { "email": "a@b.c", "password": "x" } });
    assert_eq!(server.call("POST", "/api/session", "", user).0, 429);

    let clock = json!({ "advance_seconds": wait });
    assert_eq!(server.call("POST", "/sandbox/clock", "", clock).0, 200);
    assert_eq!(server.call("GET", "/api/apps", &token, Value::Null).0, 200);
}

#[test]
fn lifetimes_and_the_monthly_cap_are_those_of_the_command_line() {
    let server = Server::start(&["--access-ttl", "100", "--monthly-cap", "1"]);
    let token = server.sign_in();
    server.call("POST", "/sandbox/clock", "", json!({ "advance_seconds": 100 }));
    assert_eq!(server.call("GET", "/api/apps", &token, Value::Null).0, 401);
    let token = server.sign_in();
    assert_eq!(server.call("GET", "/api/apps", &token, Value::Null).0, 200);
    let (status, body) = server.call("GET", "/api/apps", &token, Value::Null);
    assert_eq!(status, 429);
    assert_eq!(body["errors"], json!("Monthly Cap Error, unable to proceed"));
}

/// Base64 of RFC 4648 section 4.
fn base64(text: &str) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let bits = chunk.iter().fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte))
            << (8 * (3 - chunk.len()));
        for at in 0..4 {
            out.push(match at <= chunk.len() {
                true => char::from(DIGITS[bits >> (18 - 6 * at) & 63]),
                false => '=',
            });
        }
    }
    out
}
