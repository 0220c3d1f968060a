//! The engine as a whole: the guide from end to end, determinism, the envelope.

use std::collections::BTreeMap;

use backoffice_contract::account::AddSshKeyRequest;
use backoffice_contract::app::RunRequest;
use backoffice_contract::database::DatabaseState;
use backoffice_contract::session::Tier;
use backoffice_contract::{OperationId, op};
use serde_json::{Value, json};

use crate::engine::testing::{Api, NOW, apply, bytes, rows};
use crate::engine::{Body, Config, Request, Response, World};

const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAbcdAbcdAbcdAbcdAbcdAbcdAbcdAbcdAbcdAbcdAbc ada@laptop";

/// The getting-started guide, step by step on the free tier.
#[test]
fn the_guide_can_be_followed() {
    let mut api = Api::on(Tier::Free);
    let account = api.call(op::GetAccount {}).unwrap();
    assert_eq!((account.email.as_str(), account.tier), ("ada@example.com", Tier::Free));

    let app = api.call(op::CreateApp { body: Default::default() }).unwrap();
    let name = app.unique_name.clone();
    assert_eq!((app.region.as_str(), app.replicas, app.size), ("v2018-us-central1", 0, 0.2));
    assert_eq!(api.call(op::ListApps {}).unwrap(), [app]);

    api.call(op::CreateFreeDatabase { app: name.clone() }).unwrap();
    let databases = api.call(op::ListDatabases { app: name.clone() }).unwrap();
    assert_eq!(databases[0].state, DatabaseState::Available);
    let configs = api.call(op::ListConfigs { app: name.clone() }).unwrap();
    assert_eq!(configs["DATABASE_URL"], databases[0].url);

    let sha = api.push(&name, "ok");
    assert!(api.pods(&name).is_empty(), "nothing runs while it is built");
    api.wait(60_000);
    let status = api.status(&name);
    assert_eq!((status.replicas_desired, status.replicas_running), (1, 1));
    assert_eq!(status.pods[0].sha, sha);

    let command = ["mix", "ecto.migrate"].map(str::to_owned).to_vec();
    api.call(op::RunCommand { app: name.clone(), body: RunRequest { command } }).unwrap();
    api.wait(10_000);
    let log = api.last_lines(&name, 200).join("\n");
    assert!(log.contains("create table users"), "{log}");

    api.call(op::AddSshKey { body: AddSshKeyRequest { ssh_key: KEY.into() } }).unwrap();
    assert_eq!(api.call(op::ListSshKeys {}).unwrap()[0].key, KEY);

    // "What's next": configs, scale, restart, rollback.
    api.set(&name, "GREETING", "hello").unwrap();
    api.scale(&name, Some(1), None).unwrap();
    api.call(op::RestartApp { app: name.clone() }).unwrap();
    api.call(op::RollbackRelease { app: name.clone(), version: "2".into() }).unwrap();
    assert_eq!(
        api.releases(&name)[..2],
        ["v4 Rolled back to v2.", "v3 Set `GREETING` config var."]
    );
    api.wait(400_000);
    assert_eq!(api.pods(&name), ["v4 Healthy"]);
}

/// A session's worth of requests; `between` runs after each one.
fn play(api: &mut Api, mut between: impl FnMut(&mut Api)) -> Vec<Response> {
    let mut answers = Vec::new();
    api.token = None;
    api.sign_in("demo@backoffice.example", "sandbox-demo").unwrap();
    let app = || "bold-misty-otter".to_owned();
    let requests: Vec<Request> = vec![
        api.request(&op::ListApps {}),
        api.request(&op::CreateApp { body: Default::default() }),
        api.raw("POST", "/sandbox/apps/bold-misty-otter/push", "", b"{}".to_vec()),
        api.request(&op::GetStatus { app: app() }),
        api.request(&op::CreateFreeDatabase { app: "idle-copper-newt".into() }),
        api.request(&op::RestartApp { app: app() }),
        api.request(&op::ListReleases { app: app() }),
        api.request(&op::ListActivity { app: app() }),
        api.request(&op::GetObserverCommands { app: app() }),
        api.raw("PUT", "/api/nowhere", "", Vec::new()),
        api.request(&op::DeleteApp { app: "quiet-amber-heron".into() }),
        api.request(&op::StreamLogs { app: app(), query: Default::default() }),
    ];
    for request in requests {
        let mut answer = api.send(&request);
        if let Body::Logs(cursor) = &mut answer.body {
            let text = api.world.read_logs(cursor, api.now).text;
            assert!(!text.is_empty());
            answer.body = Body::Bytes(text.into_bytes());
        }
        answers.push(answer);
        api.wait(7_000);
        between(api);
    }
    answers
}

#[test]
fn the_same_seed_and_requests_give_the_same_bytes() {
    let answers = play(&mut Api::new(), |_| {});
    assert_eq!(answers, play(&mut Api::new(), |_| {}));
    let mut other = Api::new();
    other.world = World::new(8, NOW);
    assert_ne!(answers, play(&mut other, |_| {}));
}

#[test]
fn a_restored_world_goes_on_as_if_nothing_had_happened() {
    let answers = play(&mut Api::new(), |_| {});
    let mut stored = BTreeMap::new();
    let mut api = Api::new();
    let restarted = play(&mut api, |api| {
        apply(&mut stored, &mut api.world);
        api.world = World::restore(stored.clone()).unwrap();
    });
    assert_eq!(answers, restarted);
    // The changes stored in pieces equal those stored at once.
    let mut whole = Api::new();
    play(&mut whole, |_| {});
    assert_eq!(stored, rows(&mut whole.world));
}

#[test]
fn a_request_stores_only_the_rows_it_touches() {
    let mut api = Api::on(Tier::Standard);
    api.create_app("one");
    api.create_app("two");
    api.world.take_changes();
    api.call(op::ListApps {}).unwrap();
    let keys = |api: &mut Api| -> Vec<String> {
        api.world.take_changes().into_iter().map(|change| change.key).collect()
    };
    let user = keys(&mut api);
    assert_eq!(user.len(), 3, "world, window and month: {user:?}");
    api.set("one", "A", "b").unwrap();
    let keys = keys(&mut api);
    assert!(keys.contains(&"config/one".to_owned()), "{keys:?}");
    assert!(!keys.iter().any(|key| key.contains("two")), "{keys:?}");
}

#[test]
fn no_token_key_or_password_is_stored() {
    let mut api = Api::on(Tier::Free);
    let renewal = api.sign_in("ada@example.com", crate::engine::testing::PASSWORD).unwrap();
    let access = api.token.clone().unwrap();
    api.token =
        Some(crate::engine::testing::basic("ada@example.com", crate::engine::testing::PASSWORD));
    let key = api.call(op::Login { query: Default::default() }).unwrap().key;
    let stored = format!("{:?}", rows(&mut api.world));
    for secret in [renewal.as_str(), &access, key.expose(), crate::engine::testing::PASSWORD] {
        assert!(secret.len() > 8 && !stored.contains(secret), "{secret}");
    }
}

#[test]
fn rows_that_are_no_world_are_refused() {
    let restore = |rows: &[(&str, &str)]| {
        let rows = rows.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        World::restore(rows.collect::<Vec<_>>()).map(drop).unwrap_err().to_string()
    };
    assert_eq!(restore(&[]), "row `meta/world` is missing");
    assert_eq!(restore(&[("nonsense/1", "{}")]), "row `nonsense/1` has an unknown kind");
    assert!(restore(&[("user/1", "{}")]).starts_with("row `user/1` cannot be read: "));
}

#[test]
fn every_answer_says_when_and_which() {
    let mut api = Api::new();
    let first = api.send(&api.raw("GET", "/sandbox/health", "", Vec::new()));
    assert_eq!(first.header("date"), Some("Tue, 24 Nov 2026 18:08:18 GMT"));
    assert_eq!(first.header("cache-control"), Some("no-store"));
    assert_eq!(first.header("content-type"), Some("application/json"));
    let second = api.send(&api.raw("GET", "/api/apps", "", Vec::new()));
    let id = |response: &Response| response.header("x-request-id").unwrap().to_owned();
    assert_eq!(id(&first).len(), 20);
    assert_ne!(id(&first), id(&second));
}

/// Sends a request that is wrong in itself; returns its status and message.
fn wrong(method: &str, path: &str, content_type: Option<&str>, body: &[u8]) -> (u16, String) {
    let mut api = Api::on(Tier::Free);
    let mut request = api.raw(method, path, "", body.to_vec());
    request.headers.retain(|(name, _)| name != "content-type");
    request.headers.extend(content_type.map(|kind| ("content-type".into(), kind.into())));
    let response = api.send(&request);
    let body: Value = serde_json::from_slice(bytes(&response)).unwrap();
    assert_eq!(body["success"], json!(false));
    assert_eq!(body["error_code"], json!(response.status));
    assert!(body["errors"].is_object() && body["data"].is_object());
    assert!(response.header("x-ratelimit-remaining").is_some());
    if response.status == 405 {
        assert_eq!(response.header("allow"), Some("GET, POST"));
    }
    (response.status, body["message"].as_str().unwrap().to_owned())
}

#[test]
fn requests_that_are_wrong_in_themselves_get_the_envelope() {
    const JSON: Option<&str> = Some("application/json; charset=utf-8");
    let check = |outcome: (u16, String), status: u16, text: &str| {
        assert!(outcome.0 == status && outcome.1.contains(text), "{outcome:?}");
    };
    check(wrong("POST", "/api/apps", JSON, b"{"), 400, "could not be read as JSON");
    check(wrong("POST", "/api/apps", JSON, b"[]"), 400, "must be a JSON object");
    check(wrong("POST", "/api/apps", JSON, &vec![b' '; 1_000_001]), 413, "at most 1 MB");
    check(wrong("POST", "/api/apps", Some("text/plain"), b"{}"), 415, "must be JSON");
    check(wrong("POST", "/api/apps", None, b"{}"), 415, "must be JSON");
    check(wrong("GET", "/api/nothing", None, b""), 404, "no such endpoint");
    check(wrong("GET", "/api/apps/", None, b""), 404, "no such endpoint");
    check(wrong("PATCH", "/api/apps", None, b""), 405, "does not have this method");
    check(wrong("TRACE", "/api/apps", None, b""), 405, "does not have this method");
}

#[test]
fn a_body_may_be_left_out_where_everything_is_optional() {
    let mut api = Api::on(Tier::Free);
    let mut request = api.raw("POST", "/api/apps", "", Vec::new());
    request.headers.retain(|(name, _)| name != "content-type");
    assert_eq!(api.send(&request).status, 201);
}

#[test]
fn every_operation_can_be_called_by_anybody_without_harm() {
    for signed_in in [false, true] {
        for id in OperationId::ALL {
            let mut api = if signed_in { Api::on(Tier::Free) } else { Api::new() };
            let endpoint = id.endpoint();
            let path = endpoint.path.replace(['{', '}'], "");
            let response = api.send(&api.raw(endpoint.method.as_str(), &path, "", Vec::new()));
            assert!((200..500).contains(&response.status), "{id}");
            let public = endpoint.auth == backoffice_contract::Auth::Public;
            assert_eq!(response.status == 401, !signed_in && !public || unlike(*id), "{id}");
        }
    }
}

/// Operations that do not accept an access token: they need another secret.
fn unlike(id: OperationId) -> bool {
    matches!(id, OperationId::CreateSession | OperationId::RenewSession | OperationId::Login)
}

#[test]
fn faults_happen_before_the_call_is_executed() {
    let mut api = Api::on(Tier::Free);
    let mut fault = |fault: &str| {
        let mut request = api.request(&op::CreateApp { body: Default::default() });
        request.headers.push(("x-sandbox-fault".into(), fault.into()));
        let response = api.send(&request);
        (response.status, response)
    };
    for status in [401, 404, 429, 500, 502, 503] {
        let (answered, response) = fault(&status.to_string());
        assert_eq!(answered, status);
        let body: Value = serde_json::from_slice(bytes(&response)).unwrap();
        assert_eq!(body["error_code"], json!(status));
        assert_eq!(response.header("retry-after").is_some(), status == 429);
    }
    assert_eq!(fault("429").1.header("x-ratelimit-remaining"), Some("0"));
    let (status, month) = fault("429-month");
    assert_eq!((status, month.header("retry-after")), (429, Some("539502")));
    let (status, page) = fault("html");
    assert_eq!((status, page.header("content-type")), (502, Some("text/html")));
    assert_eq!(fault("nonsense").0, 400);
    assert!(api.call(op::ListApps {}).unwrap().is_empty(), "no app was created");
    // The adapters act on these values; here they change nothing.
    let mut request = api.request(&op::ListApps {});
    request.headers.push(("x-sandbox-fault".into(), "slow=3".into()));
    assert_eq!(api.send(&request).status, 200);
}

#[test]
fn time_never_runs_backwards() {
    let mut api = Api::on(Tier::Free);
    api.now -= 5_000;
    let response = api.send(&api.raw("GET", "/sandbox/health", "", Vec::new()));
    assert_eq!(response.header("date"), Some("Tue, 24 Nov 2026 18:08:18 GMT"));
}

#[test]
fn a_world_can_begin_at_the_beginning_of_time() {
    let mut world = World::new(1, 0);
    let request =
        Request { method: "GET".into(), path: "/sandbox/health".into(), ..Default::default() };
    assert_eq!(world.handle(&request, &Config::default(), 0).status, 200);
}
