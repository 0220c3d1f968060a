//! Requests and answers by the contract.

use backoffice_client::{BaseUrlError, Client, Options, Priority, Runtime, SessionStore};
use backoffice_contract::{OperationId, op};
use serde_json::{Value, json};
use std::rc::Rc;

use crate::server::{Wire, ok, status};
use crate::support::World;

#[test]
fn requests_carry_the_raw_token_and_answers_are_decoded() {
    let world = World::new(|seen| {
        assert_eq!(seen.token.as_deref(), Some("access-1"), "raw, without a scheme");
        ok(r#"[{"unique_name":"a","size":"0.5","replicas":2,"new":"field"},{"unique_name":"b"}]"#)
    });
    let task = world.call_as(op::ListApps {}, Priority::Background);
    world.run();
    let apps = task.result().unwrap();
    assert_eq!(apps.len(), 2);
    assert_eq!((apps[0].size, apps[0].replicas), (0.5, 2));
}

#[test]
fn refusals_are_read_field_by_field() {
    let world =
        World::new(|_| status(422, r#"{"errors":{"unique_name":["has already been taken"]}}"#));
    let task = world.call(op::CreateApp { body: Default::default() });
    world.run();
    let error = task.result().unwrap_err();
    assert_eq!(error.text(), "Unique name has already been taken.");
    assert_eq!(error.field("unique_name").as_deref(), Some("has already been taken"));
    assert!(error.only_about(&["unique_name"]));
}

#[test]
fn plain_http_is_refused() {
    let world = World::new(|_| ok("{}"));
    let client = Client::new(Options {
        base_url: "http://api.example.com".into(),
        shown_url: "http://api.example.com".into(),
        transport: Rc::new(Wire(Rc::clone(&world.server))),
        runtime: Rc::clone(&world.clock) as Rc<dyn Runtime>,
        sessions: Rc::clone(&world.store) as Rc<dyn SessionStore>,
        peers: std::rc::Rc::new(backoffice_client::NoPeers),
        memory: std::rc::Rc::new(backoffice_client::NoMemory),
        on_event: Box::new(|_| {}),
    });
    assert_eq!(client.err(), Some(BaseUrlError::PlainHttp));
}

#[test]
fn an_untyped_call_keeps_what_the_server_sent_and_hides_what_is_secret() {
    let world = World::new(|_| ok(r#"{"unique_name":"a","size":"0.5","new":"field"}"#));
    let fields = |fields: Value| fields.as_object().cloned().unwrap_or_default();
    let call = world.client.prepare(OperationId::GetApp, fields(json!({"app": "a"})));
    assert_eq!((call.endpoint().id.as_str(), call.target()), ("get_app", "/api/apps/a"));
    let client = world.client.clone();
    let task = world.spawn(async move { client.call_untyped(call, Priority::Interactive).await });
    world.run();
    let data = task.result().unwrap();
    assert_eq!((data["size"].as_str(), data["new"].as_str()), (Some("0.5"), Some("field")));
    let poll = fields(json!({"provider": "google", "session": "hunter2"}));
    let poll = world.client.prepare(OperationId::PollOauth, poll);
    assert_eq!(poll.target(), "/api/oauth/google/%3Chidden%3E");
}
