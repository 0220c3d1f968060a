//! Faults by the name of an app and by chance; those by the header are among the tests of the
//! engine as a whole.

use backoffice_contract::app::CreateAppRequest;
use backoffice_contract::op;
use backoffice_contract::session::Tier;

use crate::engine::protocol::faults::*;
use crate::engine::testing::Api;

fn create(api: &mut Api, name: &str) {
    let body = CreateAppRequest { unique_name: Some(name.into()), ..Default::default() };
    api.call(op::CreateApp { body }).unwrap();
}

/// Status and delivery of a call about an app.
fn status_of(api: &mut Api, app: &str) -> (u16, Delivery) {
    let answer = api.send(&api.request(&op::GetStatus { app: app.into() }));
    (answer.status, answer.delivery)
}

#[test]
fn calls_about_an_app_meet_the_fault_in_its_name() {
    let mut api = Api::on(Tier::Standard);
    for (app, expected) in [
        ("shop-fault-500", (500, Delivery::AtOnce)),
        ("shop-fault-429", (429, Delivery::AtOnce)),
        ("shop-fault-429-month", (429, Delivery::AtOnce)),
        ("shop-fault-html", (502, Delivery::AtOnce)),
        ("shop-fault-drop", (200, Delivery::Broken)),
        ("shop-fault-slow", (200, Delivery::After(3_000))),
        ("shop-fault-slow-900", (200, Delivery::After(900))),
        // No fault has this name.
        ("shop-fault-lines", (200, Delivery::AtOnce)),
        ("fault-500", (200, Delivery::AtOnce)),
    ] {
        create(&mut api, app);
        assert_eq!(status_of(&mut api, app), expected, "{app}");
    }
    assert_eq!(api.call(op::ListApps {}).unwrap().len(), 9, "no call about an app fails");
    api.call(op::DeleteApp { app: "shop-fault-500".into() }).unwrap();
}

#[test]
fn the_header_is_stronger_than_the_name() {
    let mut api = Api::on(Tier::Standard);
    create(&mut api, "shop-fault-500");
    let mut request = api.request(&op::GetStatus { app: "shop-fault-500".into() });
    request.headers.push((HEADER.to_owned(), "503".to_owned()));
    assert_eq!(api.send(&request).status, 503);
}

#[test]
fn chance_strikes_the_share_that_was_asked_for_and_repeats() {
    let run = |percent: u8| {
        let mut api = Api::on(Tier::Standard);
        api.config.chaos_percent = percent;
        let mut met = Vec::new();
        for _ in 0..1_000 {
            let answer = api.send(&api.request(&op::ListApps {}));
            met.push((answer.status, answer.delivery));
        }
        met
    };
    let unharmed = |met: &[(u16, Delivery)]| {
        met.iter().filter(|answer| **answer == (200, Delivery::AtOnce)).count()
    };
    assert_eq!(unharmed(&run(0)), 1_000);
    assert_eq!(unharmed(&run(100)), 0);
    let some = run(20);
    assert!((750..850).contains(&unharmed(&some)), "{}", unharmed(&some));
    assert_eq!(some, run(20));
    for status in [401, 429, 500, 502, 503] {
        assert!(some.iter().any(|(met, _)| *met == status), "{status}");
    }
}

#[test]
fn control_endpoints_meet_no_fault() {
    let mut api = Api::new();
    api.config.chaos_percent = 100;
    let mut request = api.raw("GET", "/sandbox/health", "", Vec::new());
    request.headers.push((HEADER.to_owned(), "drop".to_owned()));
    let answer = api.send(&request);
    assert_eq!((answer.status, answer.delivery), (200, Delivery::AtOnce));
}
