//! The limits of scaling.

use backoffice_contract::app::ScaleRequest;
use backoffice_contract::op;
use backoffice_contract::session::Tier;

use crate::engine::testing::Api;

const APP: &str = "mine";

fn scale(replicas: Option<u32>, size: Option<f64>) -> op::ScaleApp {
    op::ScaleApp { app: APP.into(), body: ScaleRequest { replicas, size } }
}

#[test]
fn the_free_tier_has_one_small_replica() {
    let mut api = Api::on(Tier::Free);
    api.create_app(APP);
    let replicas = "Replicas is limited to 1 on the free tier. Upgrade your account for more.";
    api.refuse(scale(Some(2), None), 422, replicas);
    let size = "Size is limited to 0.2 on the free tier. Upgrade your account for more.";
    api.refuse(scale(None, Some(0.3)), 422, size);
    api.call(scale(Some(1), Some(0.2))).unwrap();
    api.call(scale(Some(0), None)).unwrap();
}

#[test]
fn numbers_and_sizes_have_limits() {
    let mut api = Api::on(Tier::Standard);
    api.create_app(APP);
    api.refuse(scale(Some(17), None), 422, "Replicas must be between 0 and 16.");
    api.refuse(scale(None, Some(0.1)), 422, "Size must be between 0.2 and 384.");
    api.refuse(scale(None, Some(0.25)), 422, "Size must be a multiple of 0.1.");
    let scaled = api.call(scale(Some(16), Some(1.5))).unwrap();
    assert_eq!((scaled.replicas, scaled.size), (Some(16), Some(1.5)));
}

#[test]
fn nothing_changes_when_nothing_is_asked_for() {
    let mut api = Api::on(Tier::Standard);
    api.create_app(APP);
    api.deploy(APP);
    let before = api.status(APP);
    let scaled = api.call(scale(None, None)).unwrap();
    assert_eq!((scaled.replicas, scaled.size), (Some(1), Some(0.3)));
    assert_eq!(api.status(APP), before);
    let activity = api.call(op::ListActivity { app: APP.into() }).unwrap();
    assert!(!activity.iter().any(|entry| entry.summary.starts_with("Scaled")));
}

#[test]
fn replicas_can_be_wished_for_before_the_first_deploy() {
    let mut api = Api::on(Tier::Standard);
    api.create_app(APP);
    api.call(scale(Some(2), None)).unwrap();
    assert_eq!(api.call(op::RestartApp { app: APP.into() }).unwrap().0, "restarted");
    assert!(api.pods(APP).is_empty());
    api.deploy(APP);
    assert_eq!(api.pods(APP), ["v1 Healthy", "v1 Healthy"]);
}
