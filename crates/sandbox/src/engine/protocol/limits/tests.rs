//! Windows, the month, and what requests count against.

use backoffice_contract::app::CreateAppRequest;
use backoffice_contract::op;
use backoffice_contract::session::Tier;
use serde_json::{Value, json};

use crate::engine::Response;
use crate::engine::testing::{Api, bytes};

/// An account with the limits of the guide.
fn limited() -> Api {
    let mut api = Api::by_the_guide(Tier::Standard);
    api.wait(600_000);
    api
}

fn list(api: &mut Api) -> Response {
    api.send(&api.request(&op::ListApps {}))
}

/// Limit, remaining and reset, as in the headers.
fn window(response: &Response) -> [u64; 3] {
    ["limit", "remaining", "reset"]
        .map(|name| response.header(&format!("x-ratelimit-{name}")).unwrap().parse().unwrap())
}

#[test]
fn headers_describe_the_window_that_the_first_request_began() {
    let mut api = limited();
    assert_eq!(window(&list(&mut api)), [120, 119, 60]);
    api.wait(1);
    assert_eq!(window(&list(&mut api)), [120, 118, 60], "rounded up");
    api.wait(999);
    assert_eq!(window(&list(&mut api)), [120, 117, 59]);
    api.wait(58_999);
    assert_eq!(window(&list(&mut api)), [120, 116, 1], "one millisecond before the end");
    api.wait(1);
    assert_eq!(window(&list(&mut api)), [120, 119, 60], "the next window");
}

#[test]
fn a_request_too_many_is_refused_in_the_words_of_the_guide() {
    let mut api = limited();
    for _ in 0..120 {
        assert_eq!(list(&mut api).status, 200);
    }
    api.wait(20_500);
    let body = CreateAppRequest { unique_name: Some("late".into()), ..Default::default() };
    let response = api.send(&api.request(&op::CreateApp { body }));
    assert_eq!(response.status, 429);
    assert_eq!(window(&response), [120, 0, 40]);
    assert_eq!(response.header("retry-after"), Some("40"));
    let body: Value = serde_json::from_slice(bytes(&response)).unwrap();
    assert_eq!(
        body,
        json!({
            "success": false,
            "message": "Sorry, your account has reached your ALLOWED LIMIT OF REQUESTS/MINUTE",
            "error_code": 429,
            "errors": "Rate Limit Error, unable to proceed",
            "data": {}
        })
    );
    api.wait(39_500);
    assert!(api.call(op::ListApps {}).unwrap().is_empty(), "it was not executed");
}

#[test]
fn failures_of_a_known_user_count_for_the_user() {
    let mut api = limited();
    list(&mut api);
    let response = api.send(&api.request(&op::GetApp { app: "nothing".into() }));
    assert_eq!((response.status, window(&response)[1]), (404, 118));
    let response = api.send(&api.raw("GET", "/api/nothing", "", Vec::new()));
    assert_eq!((response.status, window(&response)[1]), (404, 117));
}

#[test]
fn requests_of_nobody_count_for_their_address() {
    let mut api = limited();
    list(&mut api);
    let token = api.token.replace("wrong".into());
    let response = list(&mut api);
    assert_eq!((response.status, window(&response)), (401, [120, 119, 60]));
    for _ in 0..119 {
        assert_eq!(list(&mut api).status, 401);
    }
    assert_eq!(list(&mut api).status, 429);
    api.peer = "192.0.2.2";
    assert_eq!(list(&mut api).status, 401, "another address");
    api.peer = "192.0.2.1";
    api.token = token;
    assert_eq!(window(&list(&mut api))[1], 118, "the user is not held responsible");
}

#[test]
fn signing_in_has_a_lower_limit_per_address() {
    let mut api = limited();
    api.config.credentials_limit = 3;
    for remaining in [2, 1, 0] {
        let response = api.send(&api.raw("POST", "/api/session", "", Vec::new()));
        assert_eq!((response.status, window(&response)), (401, [3, remaining, 60]));
    }
    let error = api.sign_in("ada@example.com", crate::engine::testing::PASSWORD).unwrap_err();
    assert_eq!(error.status, 429, "even with the right password");
    assert_eq!(list(&mut api).status, 200, "other endpoints are open");
    api.wait(60_000);
    assert!(api.sign_in("ada@example.com", crate::engine::testing::PASSWORD).is_ok());
}

#[test]
fn the_month_has_a_cap_that_ends_on_the_first() {
    let mut api = limited();
    api.config.monthly_cap = 5;
    // The sign-up did not count for the account: it was not signed in yet.
    for _ in 0..5 {
        assert_eq!(list(&mut api).status, 200);
    }
    let response = list(&mut api);
    assert_eq!(response.status, 429);
    // From 2026-11-24 18:18:18 to 2026-12-01.
    assert_eq!(response.header("retry-after"), Some("538902"));
    let body: Value = serde_json::from_slice(bytes(&response)).unwrap();
    assert_eq!(body["errors"], "Monthly Cap Error, unable to proceed");
    assert_eq!(window(&response)[1], 115, "a refused request leaves the window alone");
    api.wait(538_901_999);
    api.sign_in("ada@example.com", crate::engine::testing::PASSWORD).unwrap();
    assert_eq!(list(&mut api).status, 429, "one millisecond before the month ends");
    api.wait(1);
    assert_eq!(list(&mut api).status, 200);
}

#[test]
fn refused_requests_do_not_count_in_the_month() {
    let mut api = limited();
    api.config.rate_limit = 2;
    api.config.monthly_cap = 3;
    let statuses: Vec<u16> = (0..6).map(|_| list(&mut api).status).collect();
    assert_eq!(statuses, [200, 200, 429, 429, 429, 429]);
    api.wait(60_000);
    assert_eq!([list(&mut api).status, list(&mut api).status], [200, 429]);
}

#[test]
fn windows_that_have_passed_are_forgotten() {
    let mut api = limited();
    api.token = None;
    for number in 0..crate::engine::protocol::limits::MAX_BUCKETS {
        let mut request = api.raw("GET", "/api/apps", "", Vec::new());
        request.peer = format!("192.0.2.{number}");
        api.send(&request);
    }
    assert!(api.world.buckets.len() >= crate::engine::protocol::limits::MAX_BUCKETS);
    api.wait(60_000);
    list(&mut api);
    assert_eq!(api.world.buckets.len(), 1);
}
