//! What survives the end of a server.

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::process::{Server, complaint};

#[test]
fn everything_survives_sigkill() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("world.db");
    let flags = ["--db", db.to_str().unwrap(), "--seed", "7"];

    let server = Server::start(&flags);
    let token = server.sign_in();
    let name = json!({ "unique_name": "durable-app" });
    assert_eq!(server.call("POST", "/api/apps", &token, name).0, 201);
    let configs = json!({ "configs": { "COLOUR": "green" } });
    assert_eq!(server.call("POST", "/api/apps/durable-app/configs", &token, configs).0, 201);
    server.call("POST", "/sandbox/clock", "", json!({ "advance_seconds": 1000 }));
    let apps = server.app_names(&token);
    server.kill();

    let server = Server::start(&flags);
    assert_eq!(server.app_names(&token), apps);
    let (_, configs) = server.call("GET", "/api/apps/durable-app/configs", &token, Value::Null);
    assert_eq!(configs["data"], json!({ "COLOUR": "green" }));
    let (_, releases) = server.call("GET", "/api/apps/durable-app/releases", &token, Value::Null);
    assert_eq!(releases["data"].as_array().unwrap().len(), 1);
    assert_eq!(server.call("DELETE", "/api/session", &token, Value::Null).0, 200);
    server.kill();

    let server = Server::start(&flags);
    assert_eq!(server.call("GET", "/api/apps", &token, Value::Null).0, 401);
}

#[test]
fn each_answer_is_stored_before_it_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("world.db");
    let flags = ["--db", db.to_str().unwrap()];
    let mut token = String::new();
    for round in 0..5 {
        let server = Server::start(&flags);
        if round == 0 {
            token = server.sign_in();
        }
        let name = json!({ "unique_name": format!("app-{round}") });
        let (status, body) = server.call("POST", "/api/apps", &token, name);
        assert_eq!(status, 201, "{body}");
        server.kill();
    }
    let names = Server::start(&flags).app_names(&token);
    for round in 0..5 {
        assert!(names.contains(&format!("app-{round}")), "{names:?}");
    }
}

#[test]
fn no_secret_is_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("world.db");
    let mut server = Server::start(&["--db", db.to_str().unwrap()]);
    let token = server.sign_in();
    server.terminate();
    let bytes = std::fs::read(&db).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds("demo@backoffice.example"));
    assert!(!holds(&token) && !holds("sandbox-demo"));
}

#[test]
fn the_same_seed_makes_the_same_world() {
    let names = |seed: &str| {
        let server = Server::start(&["--seed", seed]);
        let token = server.sign_in();
        let (_, body) = server.call("POST", "/api/apps", &token, json!({}));
        (body["data"]["unique_name"].clone(), token)
    };
    assert_eq!(names("1"), names("1"));
    assert_ne!(names("1"), names("2"));
}

#[test]
fn says_what_is_wrong_with_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();

    let in_use = path("in-use.db");
    let _server = Server::start(&["--db", &in_use]);
    assert!(complaint(&["--db", &in_use]).contains("is in use by another server"));

    let damaged = path("damaged.db");
    Server::start(&["--db", &damaged]).kill();
    let connection = Connection::open(&damaged).unwrap();
    connection.execute("UPDATE entity SET value = '{' WHERE key LIKE 'app/%'", ()).unwrap();
    drop(connection);
    let complaint = complaint(&["--db", &damaged]);
    assert!(complaint.contains("has no world that this version can read"), "{complaint}");
    assert!(complaint.contains("row `app/"), "{complaint}");
}
