//! The simulated push, and that reads change nothing.

use backoffice_contract::op;
use backoffice_contract::session::Tier;
use serde_json::json;

use crate::engine::testing::{Api, rows};

const APP: &str = "mine";

#[test]
fn only_main_and_master_are_deployed() {
    let mut api = Api::on(Tier::Free);
    api.create_app(APP);
    let (status, data) =
        api.control("POST", "/sandbox/apps/mine/push", &json!({ "branch": "feature" }));
    assert_eq!((status, &data["started"]), (202, &json!(false)));
    assert_eq!(data["message"], "Branch feature is ignored: only main and master are deployed.");
    let sha = "0123456789abcdef0123456789abcdef01234567";
    let body = json!({ "branch": "refs/heads/master", "sha": sha, "message": "Greet" });
    let (status, data) = api.control("POST", "/sandbox/apps/mine/push", &body);
    assert_eq!((status, &data["sha"], &data["branch"]), (202, &json!(sha), &json!("master")));
    assert_eq!(data["ends_at"], "2026-11-24T18:08:30.000Z");
    assert_eq!(api.control("POST", "/sandbox/apps/mine/push", &json!({})).0, 422, "one at a time");
    api.wait(12_000);
    assert_eq!(api.releases(APP), ["v1 Deployed commit `0123456`."]);
    let bad = json!({ "sha": "HEAD" });
    assert_eq!(api.control("POST", "/sandbox/apps/mine/push", &bad).0, 422);
    let bad = json!({ "outcome": "luck" });
    assert_eq!(api.control("POST", "/sandbox/apps/mine/push", &bad).0, 400);
    api.token = None;
    assert_eq!(api.control("POST", "/sandbox/apps/mine/push", &json!({})).0, 401);
}

#[test]
fn a_failed_build_leaves_everything_as_it_was() {
    let mut api = Api::on(Tier::Free);
    api.create_app(APP);
    api.deploy(APP);
    let before = (api.status(APP), api.releases(APP));
    api.push(APP, "build_fails");
    api.wait(60_000);
    assert_eq!((api.status(APP), api.releases(APP)), before);
    let log = api.last_lines(APP, 1_000).join("\n");
    assert!(log.contains("Compilation error") && log.contains("nothing was released"), "{log}");
    let activity = api.call(op::ListActivity { app: APP.into() }).unwrap();
    assert!(activity[0].summary.ends_with("failed: nothing was released."), "{activity:?}");
    assert_eq!(activity[0].created_at, "2026-11-24T18:10:27.000Z", "when the build ended");
}

#[test]
fn a_stopped_app_stays_stopped() {
    let mut api = Api::on(Tier::Free);
    api.create_app(APP);
    api.deploy(APP);
    api.scale(APP, Some(0), None).unwrap();
    api.deploy(APP);
    assert!(api.pods(APP).is_empty());
    assert_eq!(api.releases(APP).len(), 2);
}

#[test]
fn the_outcome_does_not_depend_on_when_one_looks() {
    // One world is read all the time, the other only at the end.
    let play = |look: bool| {
        let mut api = Api::on(Tier::Standard);
        api.create_app(APP);
        let wait = |api: &mut Api, span: u64| {
            for _ in 0..span / 500 {
                api.wait(500);
                if look {
                    crate::engine::app::settled(&mut api.world, APP, api.now);
                }
            }
        };
        api.push(APP, "ok");
        wait(&mut api, 40_000);
        // These come while a build runs, and settle nothing.
        api.push(APP, "unhealthy");
        wait(&mut api, 6_000);
        api.scale(APP, Some(3), None).unwrap();
        wait(&mut api, 70_000);
        api.push(APP, "ok");
        wait(&mut api, 90_000);
        let log = api.last_lines(APP, 5_000);
        (api.status(APP), api.releases(APP), log, rows(&mut api.world))
    };
    let (seldom, often) = (play(false), play(true));
    assert_eq!(seldom.0, often.0);
    assert_eq!(seldom.0.replicas_running, 3);
    assert_eq!(seldom.1.len(), 3);
    assert_eq!(seldom.2, often.2);
    assert_eq!(seldom.3, often.3);
}

#[test]
fn old_builds_are_forgotten() {
    let mut api = Api::on(Tier::Free);
    api.create_app(APP);
    for _ in 0..15 {
        api.deploy(APP);
    }
    assert_eq!(
        api.world.apps.get(APP).unwrap().builds.len(),
        crate::engine::running::deploy::MAX_BUILDS
    );
    assert_eq!(api.call(op::ListReleases { app: APP.into() }).unwrap().len(), 15);
}
