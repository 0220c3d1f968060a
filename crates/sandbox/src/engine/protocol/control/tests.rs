//! Control endpoints.

use backoffice_contract::account::EmailRequest;
use backoffice_contract::op;
use backoffice_contract::session::Tier;
use serde_json::{Value, json};

use crate::engine::testing::{self, Api};
use crate::engine::{Config, World};

#[test]
fn the_clock_can_be_put_forward() {
    let mut api = Api::by_the_guide(Tier::Free);
    let advance = |api: &mut Api, seconds: Value| {
        api.control("POST", "/sandbox/clock", &json!({ "advance_seconds": seconds }))
    };
    let (status, data) = advance(&mut api, json!(1_799.5));
    assert_eq!((status, &data["now"]), (200, &json!("2026-11-24T18:38:17.500Z")));
    assert!(api.call(op::GetAccount {}).is_ok());
    advance(&mut api, json!(1));
    assert_eq!(api.call(op::GetAccount {}).unwrap_err().status, 401, "the token has expired");
    api.world = World::restore(crate::engine::testing::rows(&mut api.world)).unwrap();
    let (_, health) = api.control("GET", "/sandbox/health", &Value::Null);
    assert_eq!(health, json!({ "status": "ok", "now": "2026-11-24T18:38:18.500Z" }));
    assert_eq!(advance(&mut api, json!(-1)).0, 422);
    assert_eq!(advance(&mut api, json!(1e300)).0, 422);
    assert_eq!(advance(&mut api, json!("soon")).0, 400);
    assert_eq!(api.control("POST", "/sandbox/clock", &json!({})).0, 400);
}

#[test]
fn a_world_can_begin_anew() {
    let mut api = Api::by_the_guide(Tier::Free);
    let mut stored = testing::rows(&mut api.world);
    let born = api.world.latest();
    api.control("POST", "/sandbox/clock", &json!({ "advance_seconds": 3_600 }));
    let (status, data) = api.control("POST", "/sandbox/reset", &json!({ "seed": 7 }));
    assert_eq!((status, &data["seed"]), (200, &json!(7)));
    assert!(api.world.latest() < born + 3_600_000, "the clock is back");
    // The store is told to delete the rows of the old world.
    testing::apply(&mut stored, &mut api.world);
    let fresh = testing::rows(&mut World::new(7, api.world.latest()));
    assert_eq!(stored.keys().collect::<Vec<_>>(), fresh.keys().collect::<Vec<_>>());
    assert_eq!(api.call(op::GetAccount {}).unwrap_err().status, 401, "the session has ended");
    let (_, again) = api.control("POST", "/sandbox/reset", &json!({}));
    assert_eq!(again, json!({ "seed": 7 }), "the same as before");
    assert_eq!(api.control("POST", "/sandbox/reset", &json!({ "seed": -1 })).0, 400);
}

#[test]
fn the_mailbox_has_the_newest_mail_first() {
    let mut api = Api::on(Tier::Free);
    api.wait(60_000);
    let body = EmailRequest { email: "ada@example.com".into() };
    api.call(op::RequestPasswordReset { body }).unwrap();
    let mails = api.mails("ADA@example.com");
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0]["subject"], "Reset your password");
    assert_eq!(mails[0]["sent_at"], "2026-11-24T18:09:18.000Z");
    assert_eq!((&mails[1]["to"], &mails[1]["link"]), (&json!("ada@example.com"), &Value::Null));
    assert_eq!(mails[1]["code"].as_str().unwrap().len(), 6);
    let (_, all) = api.control("GET", "/sandbox/mailbox", &Value::Null);
    assert_eq!(all.as_array().unwrap().len(), 2);
}

#[test]
fn old_mails_are_forgotten() {
    let mut api = Api::on(Tier::Free);
    for _ in 0..250 {
        let body = EmailRequest { email: "ada@example.com".into() };
        api.call(op::RequestPasswordReset { body }).unwrap();
    }
    let mails = api.mails("ada@example.com");
    assert_eq!(mails.len(), 200);
    assert_eq!(mails[199]["subject"], "Reset your password", "the oldest is gone");
}

#[test]
fn requests_are_counted_by_operation_and_status() {
    let mut api = Api::on(Tier::Free);
    api.world.counts.clear();
    for _ in 0..2 {
        api.call(op::ListApps {}).unwrap();
    }
    api.token = None;
    assert!(api.call(op::ListApps {}).is_err());
    api.send(&api.raw("GET", "/api/nothing", "", Vec::new()));
    let (status, data) = api.control("GET", "/sandbox/requests", &Value::Null);
    let expected = json!({ "counts": [
        { "operation": "list_apps", "status": 200, "count": 2 },
        { "operation": "list_apps", "status": 401, "count": 1 },
        { "operation": "unknown", "status": 404, "count": 1 },
    ]});
    assert_eq!((status, data), (200, expected));
}

#[test]
fn control_endpoints_are_not_limited() {
    let mut api = Api::new();
    api.config = Config { rate_limit: 1, credentials_limit: 1, ..Config::default() };
    for _ in 0..5 {
        let response = api.send(&api.raw("GET", "/sandbox/health", "", Vec::new()));
        assert_eq!(response.status, 200);
        assert_eq!(response.header("x-ratelimit-limit"), None);
    }
}

#[test]
fn wrong_methods_and_paths_are_told() {
    let mut api = Api::new();
    let response = api.send(&api.raw("DELETE", "/sandbox/mail/confirm-email", "", Vec::new()));
    assert_eq!((response.status, response.header("allow")), (405, Some("GET, POST")));
    assert_eq!(api.control("GET", "/sandbox/clock", &Value::Null).0, 405);
    assert_eq!(api.control("GET", "/sandbox/apps/quiet-amber-heron/push", &Value::Null).0, 405);
    assert_eq!(api.control("GET", "/sandbox/nothing", &Value::Null).0, 404);
    assert_eq!(api.control("GET", "/", &Value::Null).0, 404);
}
