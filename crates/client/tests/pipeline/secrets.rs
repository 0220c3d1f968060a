//! No secret is shown anywhere.

use backoffice_client::{HttpRequest, StoredSession};
use backoffice_contract::config::SetConfigsRequest;
use backoffice_contract::session::LoginQuery;
use backoffice_contract::{Method, op};

use crate::server::{ok, status};
use crate::support::{World, token_data, tokens};

const SECRETS: [&str; 8] = [
    "access-",
    "renewal-",
    "correct horse",
    "271828",
    "s3cr3t-value",
    "314159",
    "access_token",
    "161803",
];

#[test]
fn nothing_that_can_be_shown_holds_a_secret() {
    let mut refused = false;
    let world = World::new(move |seen| match seen.line.as_str() {
        line if line.starts_with("POST /api/session") => ok(&token_data("2")),
        line if line.contains("configs") && !refused => {
            refused = true;
            status(401, "")
        }
        line if line.contains("configs") => status(201, "{}"),
        _ => ok("{}"),
    });
    let set = op::SetConfigs {
        app: "mine".into(),
        body: SetConfigsRequest {
            configs: [("KEY".to_owned(), "s3cr3t-value".into())].into(),
            ..Default::default()
        },
    };
    let task = world.call(set);
    world.run();
    task.result().unwrap();
    world.sign_in("ada@example.com");
    world.call(op::Login { query: LoginQuery { mfa_token: Some("314159".into()) } });
    world.run();
    world.spawn(world.client.sign_out());
    world.run();
    let shown = format!(
        "{:?} {:?} {:?}",
        world.client.journal(),
        world.client.budget(),
        world.client.session()
    );
    assert_eq!(world.client.journal().len(), 5, "{shown}");
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[test]
fn requests_and_sessions_hide_what_they_hold() {
    let request = HttpRequest {
        method: Method::POST,
        url: "https://api.example.com/api/login?mfa_token=161803".into(),
        headers: vec![("authorization", "access-1".into())],
        body: Some(b"correct horse".to_vec()),
    };
    let session = StoredSession {
        email: "ada@example.com".into(),
        account: String::new(),
        tokens: tokens("1"),
        obtained_at: 1,
        serial: 1,
    };
    let shown = format!("{request:?} {session:?}");
    for secret in SECRETS.iter().filter(|secret| **secret != "access_token") {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}
