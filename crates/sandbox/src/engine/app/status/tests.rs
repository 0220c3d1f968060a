//! The output of `ps` when there is no rollout.

use backoffice_contract::op;
use backoffice_contract::session::Tier;
use serde_json::{Value, json};

use crate::engine::testing::{Api, bytes};

const APP: &str = "mine";

#[test]
fn status_has_the_shape_that_clients_of_the_platform_know() {
    let mut api = Api::on(Tier::Free);
    api.create_app(APP);
    let sha = api.push(APP, "ok");
    api.wait(60_000);
    let raw = api.send(&api.request(&op::GetStatus { app: APP.into() }));
    let mut body: Value = serde_json::from_slice(bytes(&raw)).unwrap();
    let name = body["data"]["pods"][0]["name"].take();
    let name = name.as_str().unwrap();
    assert!(name.starts_with("mine-") && name.len() == "mine-fdc78d7b5-8lflt".len(), "{name}");
    let expected = json!({
        "unique_name": "mine", "cloud": "gcp", "region": "v2018-us-central1",
        "stack": "gigalixir-20", "size": 0.2, "replicas_desired": 1, "replicas_running": 1,
        "pods": [{"name": null, "sha": sha, "status": "Healthy", "version": "1", "lastState": {}}],
    });
    assert_eq!(body["data"], expected);
}

#[test]
fn an_unknown_pod_is_named_in_data() {
    let mut api = Api::on(Tier::Free);
    api.create_app(APP);
    let response = api.send(&api.request(&op::KillPod { app: APP.into(), pod: "x".into() }));
    let body: Value = serde_json::from_slice(bytes(&response)).unwrap();
    assert_eq!((response.status, &body["data"]), (404, &json!("Pod `x` not found.")));
}
