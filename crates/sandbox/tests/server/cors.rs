//! The permissions of pages of other origins.

use serde_json::{Value, json};
use ureq::Body;
use ureq::http::{Request, Response};

use crate::process::Server;

fn preflight(server: &Server, origin: &str) -> Response<Body> {
    let request = Request::builder()
        .method("OPTIONS")
        .uri(format!("{}/api/apps", server.api))
        .header("origin", origin)
        .header("access-control-request-method", "DELETE")
        .header("access-control-request-headers", "authorization,content-type");
    server.send(request.body(Vec::new()).unwrap())
}

fn call_from(server: &Server, origin: &str) -> Response<Body> {
    let mut request = server.request("GET", "/api/apps", "", Value::Null);
    request.headers_mut().insert("origin", origin.parse().unwrap());
    server.send(request)
}

fn header<'a>(answer: &'a Response<Body>, name: &str) -> Option<&'a str> {
    answer.headers().get(name).map(|value| value.to_str().unwrap())
}

fn cors_headers(answer: &Response<Body>) -> Vec<&str> {
    let names = answer.headers().keys().map(|name| name.as_str());
    names.filter(|name| name.starts_with("access-control-")).collect()
}

#[test]
fn a_page_of_this_machine_may_call_and_read_the_limits() {
    let server = Server::start(&[]);
    let origin = "http://localhost:8080";

    let answer = preflight(&server, origin);
    assert_eq!(answer.status(), 204);
    assert_eq!(header(&answer, "access-control-allow-origin"), Some(origin));
    assert_eq!(
        header(&answer, "access-control-allow-methods"),
        Some("GET, POST, PUT, PATCH, DELETE")
    );
    assert_eq!(
        header(&answer, "access-control-allow-headers"),
        Some("Authorization, Content-Type, X-Sandbox-Fault")
    );
    assert_eq!(header(&answer, "access-control-max-age"), Some("7200"));
    assert_eq!(header(&answer, "vary"), Some("Origin"));

    // Refusals too: the page must see them.
    let answer = call_from(&server, origin);
    assert_eq!(answer.status(), 401);
    assert_eq!(header(&answer, "access-control-allow-origin"), Some(origin));
    assert_eq!(header(&answer, "vary"), Some("Origin"));
    let exposed: Vec<&str> =
        header(&answer, "access-control-expose-headers").unwrap().split(", ").collect();
    let expected = [
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
        "retry-after",
        "date",
        "x-request-id",
    ];
    assert_eq!(exposed, expected);
    for name in expected.into_iter().filter(|name| *name != "retry-after") {
        assert!(header(&answer, name).is_some(), "{name}");
    }
}

#[test]
fn a_page_of_another_origin_is_told_nothing() {
    let server = Server::start(&[]);
    for origin in ["https://example.com", "null", "http://localhost.example.com"] {
        for answer in [preflight(&server, origin), call_from(&server, origin)] {
            assert_eq!(cors_headers(&answer), [""; 0], "{origin}");
            assert_eq!(header(&answer, "vary"), Some("Origin"));
        }
    }
}

#[test]
fn origins_can_be_listed() {
    let server = Server::start(&[
        "--allow-origin",
        "https://docs.example.com",
        "--allow-origin",
        "https://console.example.com",
    ]);
    for origin in ["https://docs.example.com", "https://console.example.com"] {
        let answer = preflight(&server, origin);
        assert_eq!(header(&answer, "access-control-allow-origin"), Some(origin));
    }
    assert_eq!(cors_headers(&preflight(&server, "http://localhost:8080")), [""; 0]);
}

#[test]
fn preflights_count_against_no_limit() {
    let server = Server::start(&["--rate-limit", "2"]);
    let token = server.sign_in();
    for _ in 0..5 {
        assert_eq!(preflight(&server, "http://localhost:1").status(), 204);
    }
    for expected in [200, 200, 429] {
        assert_eq!(server.call("GET", "/api/apps", &token, Value::Null).0, expected);
    }
    let (_, counts) = server.call("GET", "/sandbox/requests", "", Value::Null);
    let total: u64 = counts["data"]["counts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["count"].as_u64().unwrap())
        .sum();
    assert_eq!(total, 4, "{counts}");
    assert_eq!(counts["success"], json!(true));
}
