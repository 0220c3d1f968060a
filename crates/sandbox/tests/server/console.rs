//! Serving the built console.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;
use ureq::Body;
use ureq::http::{Request, Response};

use crate::process::{Server, complaint};

/// The files that Trunk would build, with the project's own headers.
fn dist() -> TempDir {
    let dist = tempfile::tempdir().unwrap();
    let headers = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/_headers");
    fs::copy(headers, dist.path().join("_headers")).unwrap();
    for (name, text) in [
        ("index.html", "<!doctype html><title>Console</title>"),
        ("backoffice-console-0123456789abcdef.js", "export {};"),
        ("backoffice-console-0123456789abcdef_bg.wasm", "\0asm"),
        ("sandbox-worker.js", "export {};"),
        ("config.json", r#"{"api":"sandbox"}"#),
    ] {
        fs::write(dist.path().join(name), text).unwrap();
    }
    dist
}

fn get(server: &Server, path: &str) -> Response<Body> {
    let request = Request::get(format!("{}{path}", server.console));
    server.send(request.body(Vec::new()).unwrap())
}

fn text(answer: &mut Response<Body>) -> String {
    answer.body_mut().read_to_string().unwrap()
}

#[test]
fn pages_and_assets() {
    let dist = dist();
    let server = Server::start(&["--console", dist.path().to_str().unwrap()]);
    for page in ["/", "/index.html", "/apps/my-app/logs", "/sign-in?next=%2Fapps%2Fa.b"] {
        let mut answer = get(&server, page);
        assert_eq!(answer.status(), 200, "{page}");
        assert_eq!(answer.headers()["content-type"], "text/html", "{page}");
        assert_eq!(answer.headers()["cache-control"], "no-cache", "{page}");
        assert!(text(&mut answer).contains("<title>Console"), "{page}");
    }
    for (asset, media_type, cache) in [
        (
            "/backoffice-console-0123456789abcdef.js",
            "text/javascript",
            "public, max-age=31536000, immutable",
        ),
        (
            "/backoffice-console-0123456789abcdef_bg.wasm",
            "application/wasm",
            "public, max-age=31536000, immutable",
        ),
        ("/sandbox-worker.js", "text/javascript", "no-cache"),
    ] {
        let answer = get(&server, asset);
        assert_eq!(answer.status(), 200, "{asset}");
        assert_eq!(answer.headers()["content-type"], media_type, "{asset}");
        assert_eq!(answer.headers()["cache-control"], cache, "{asset}");
    }
    for missing in [
        "/old-0123456789abcdef.js",
        "/_headers",
        "/%5Fheaders",
        "/../Cargo.toml",
        "/index.html/x.js",
        "/%00.js",
    ] {
        let mut answer = get(&server, missing);
        assert_eq!(answer.status(), 404, "{missing}");
        assert_eq!(text(&mut answer), "Not found\n");
    }
}

#[test]
fn a_browser_that_has_a_file_is_told_so() {
    let dist = dist();
    let server = Server::start(&["--console", dist.path().to_str().unwrap()]);
    let tag = get(&server, "/sandbox-worker.js").headers()["etag"].clone();
    let request = Request::get(format!("{}/sandbox-worker.js", server.console));
    let answer = server.send(request.header("if-none-match", tag).body(Vec::new()).unwrap());
    assert_eq!(answer.status(), 304);
    assert_eq!(answer.headers()["cache-control"], "no-cache");
}

#[test]
fn every_answer_has_the_security_headers() {
    let dist = dist();
    let server = Server::start(&["--console", dist.path().to_str().unwrap()]);
    for path in ["/", "/config.json", "/missing.js", "/sandbox-worker.js"] {
        let answer = get(&server, path);
        let header = |name: &str| answer.headers()[name].to_str().unwrap();
        let policy: Vec<&str> = header("content-security-policy").split("; ").collect();
        assert!(policy.contains(&"default-src 'none'"), "{path}: {policy:?}");
        assert!(policy.contains(&"script-src 'self' 'wasm-unsafe-eval'"), "{path}: {policy:?}");
        let connect = format!("connect-src 'self' {}", server.api);
        assert!(policy.contains(&connect.as_str()), "{path}: {policy:?}");
        assert!(!policy.iter().any(|directive| directive.contains("'unsafe-inline'")));
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{path}");
    }
}

#[test]
fn only_the_playground_may_be_framed_and_only_its_script_be_loaded_by_others() {
    let dist = dist();
    fs::write(dist.path().join("embed.js"), "export {};").unwrap();
    let server = Server::start(&["--console", dist.path().to_str().unwrap()]);
    let framers = |path: &str| {
        let answer = get(&server, path);
        let policies: Vec<&str> = answer
            .headers()
            .get_all("content-security-policy")
            .iter()
            .map(|policy| policy.to_str().unwrap())
            .collect();
        // Of two policies the stricter one would count.
        let [policy] = policies[..] else { panic!("{path}: {policies:?}") };
        let (rest, framers) = policy.split_once("; frame-ancestors ").unwrap();
        (framers.to_owned(), rest.to_owned())
    };
    let (framers_of_page, rest_of_page) = framers("/");
    assert_eq!(framers_of_page, "'self'");
    for path in ["/apps", "/index.html", "/playground/", "/playground/x", "/config.json"] {
        assert_eq!(framers(path).0, "'self'", "{path}");
    }
    for path in ["/playground", "/playground?a=1"] {
        let (framers, rest) = framers(path);
        assert_eq!(framers, "*", "{path}");
        // Nothing else is less strict than elsewhere, except for the APIs that it may call.
        let any_api = "connect-src 'self' https: http://localhost:* http://127.0.0.1:* ";
        let looser = rest_of_page.replacen("connect-src 'self' ", any_api, 1);
        assert_eq!(rest, looser, "{path}");
        let answer = get(&server, path);
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff", "{path}");
    }

    let script = get(&server, "/embed.js");
    assert_eq!(script.headers()["access-control-allow-origin"], "*");
    assert_eq!(script.headers()["cross-origin-resource-policy"], "cross-origin");
    assert_eq!(script.headers()["content-type"], "text/javascript");
    for path in ["/", "/playground", "/boot.js", "/config.json", "/sandbox-worker.js"] {
        assert!(
            get(&server, path).headers().get("access-control-allow-origin").is_none(),
            "{path}"
        );
    }
}

#[test]
fn the_config_names_this_api_unless_told_otherwise() {
    let dist = dist();
    let folder = dist.path().to_str().unwrap();
    let server = Server::start(&["--console", folder]);
    let config: Value = get(&server, "/config.json").body_mut().read_json().unwrap();
    assert_eq!(config, json!({ "api": server.api, "sandbox": true }));

    let own = dist.path().join("own.json");
    fs::write(&own, r#"{"api":"https://api.example.com/"}"#).unwrap();
    let server = Server::start(&["--console", folder, "--console-config", own.to_str().unwrap()]);
    let mut answer = get(&server, "/config.json");
    assert_eq!(answer.headers()["content-type"], "application/json");
    let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("connect-src 'self' https://api.example.com;"), "{policy}");
    let config: Value = answer.body_mut().read_json().unwrap();
    assert_eq!(config, json!({ "api": "https://api.example.com/" }));
}

#[test]
fn the_console_may_call_its_own_api_whatever_else_is_allowed() {
    let dist = dist();
    let folder = dist.path().to_str().unwrap();
    let flags = ["--console", folder, "--allow-origin", "https://docs.example.com"];
    let server = Server::start(&flags);
    let mut request = server.request("GET", "/api/apps", "", Value::Null);
    request.headers_mut().insert("origin", server.console.parse().unwrap());
    let answer = server.send(request);
    assert_eq!(answer.headers()["access-control-allow-origin"], server.console.as_str());
}

#[test]
fn a_folder_that_is_no_console_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let flags = ["--console", folder.path().to_str().unwrap(), "--console-listen", "127.0.0.1:0"];
    assert!(complaint(&flags).contains("index.html cannot be read"));
    fs::write(folder.path().join("index.html"), "").unwrap();
    assert!(complaint(&flags).contains("_headers cannot be read"));
    fs::write(folder.path().join("_headers"), "nonsense").unwrap();
    assert!(complaint(&flags).contains("_headers: line 1 is neither"));
}
