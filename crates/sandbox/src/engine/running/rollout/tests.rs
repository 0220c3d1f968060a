//! Deploys, restarts, scaling and killing, as `ps` shows them over time.

use backoffice_contract::op;
use backoffice_contract::session::Tier;

use crate::engine::testing::Api;

const APP: &str = "mine";

/// A standard app with two healthy replicas of release 1.
fn two_replicas() -> Api {
    let mut api = Api::on(Tier::Standard);
    api.create_app(APP);
    api.deploy(APP);
    api.scale(APP, Some(2), None).unwrap();
    api.wait(60_000);
    assert_eq!(api.pods(APP), ["v1 Healthy", "v1 Healthy"]);
    api
}

#[test]
fn a_first_deploy_starts_one_replica() {
    let mut api = Api::on(Tier::Free);
    api.create_app(APP);
    api.push(APP, "ok");
    api.wait(11_999);
    assert!(api.pods(APP).is_empty());
    assert!(api.releases(APP).is_empty());
    api.wait(1);
    assert_eq!(api.pods(APP), ["v1 Starting"]);
    assert_eq!(api.call(op::GetApp { app: APP.into() }).unwrap().replicas, 1);
    api.wait(7_999);
    assert_eq!((api.pods(APP), api.status(APP).replicas_running), (vec!["v1 Starting".into()], 0));
    api.wait(1);
    assert_eq!((api.pods(APP), api.status(APP).replicas_running), (vec!["v1 Healthy".into()], 1));
}

#[test]
fn old_pods_serve_until_new_ones_can() {
    let mut api = two_replicas();
    api.push(APP, "ok");
    api.wait(12_000);
    assert_eq!(api.pods(APP), ["v1 Healthy", "v1 Healthy", "v2 Starting"], "one by one");
    api.wait(3_000);
    assert_eq!(api.pods(APP), ["v1 Healthy", "v1 Healthy", "v2 Starting", "v2 Starting"]);
    api.wait(5_000);
    assert_eq!(api.pods(APP), ["v1 Terminating", "v1 Healthy", "v2 Healthy", "v2 Starting"]);
    api.wait(3_000);
    assert_eq!(api.pods(APP), ["v1 Terminating", "v1 Terminating", "v2 Healthy", "v2 Healthy"]);
    api.wait(10_000);
    assert_eq!(api.pods(APP), ["v2 Healthy", "v2 Healthy"]);
}

#[test]
fn old_pods_keep_serving_when_new_ones_cannot() {
    let mut api = two_replicas();
    api.push(APP, "unhealthy");
    api.wait(12_000 + 10_000);
    assert_eq!(api.pods(APP), ["v1 Healthy", "v1 Healthy", "v2 Starting", "v2 Starting"]);
    api.wait(60_000);
    assert_eq!(api.pods(APP), ["v1 Healthy", "v1 Healthy", "v2 Unhealthy", "v2 Unhealthy"]);
    // A restart tries the same release again.
    api.call(op::RestartApp { app: APP.into() }).unwrap();
    api.wait(60_000);
    assert_eq!(api.pods(APP), ["v1 Healthy", "v1 Healthy", "v2 Unhealthy", "v2 Unhealthy"]);
    // A good release replaces both.
    api.deploy(APP);
    assert_eq!(api.pods(APP), ["v3 Healthy", "v3 Healthy"]);
}

#[test]
fn a_rollout_during_a_rollout_drops_pods_that_never_served() {
    let mut api = two_replicas();
    api.call(op::RestartApp { app: APP.into() }).unwrap();
    let first: Vec<String> = api.status(APP).pods.iter().map(|pod| pod.name.clone()).collect();
    api.wait(4_000);
    api.set(APP, "A", "b").unwrap();
    let statuses = api.pods(APP);
    assert_eq!(
        statuses,
        ["v1 Healthy", "v1 Healthy", "v1 Terminating", "v1 Terminating", "v2 Starting"]
    );
    api.wait(8_000);
    assert_eq!(api.status(APP).replicas_running, 2, "served without a gap");
    api.wait(60_000);
    assert_eq!(api.pods(APP), ["v2 Healthy", "v2 Healthy"]);
    assert!(api.status(APP).pods.iter().all(|pod| !first.contains(&pod.name)));
}

#[test]
fn scaling_adds_and_removes_only_the_difference() {
    let mut api = two_replicas();
    let before: Vec<String> = api.status(APP).pods.iter().map(|pod| pod.name.clone()).collect();
    api.scale(APP, Some(4), None).unwrap();
    assert_eq!(api.pods(APP), ["v1 Healthy", "v1 Healthy", "v1 Starting"]);
    api.wait(60_000);
    assert_eq!(api.status(APP).replicas_running, 4);
    api.scale(APP, Some(2), None).unwrap();
    assert_eq!(api.pods(APP), ["v1 Healthy", "v1 Healthy", "v1 Terminating", "v1 Terminating"]);
    api.wait(10_000);
    let after: Vec<String> = api.status(APP).pods.iter().map(|pod| pod.name.clone()).collect();
    assert_eq!(before, after);
    api.scale(APP, Some(0), None).unwrap();
    api.wait(10_000);
    assert!(api.pods(APP).is_empty());
    api.scale(APP, Some(1), None).unwrap();
    api.wait(8_000);
    assert_eq!(api.pods(APP), ["v1 Healthy"]);
}

#[test]
fn scaling_down_before_a_replica_has_started_forgets_it() {
    let mut api = two_replicas();
    api.scale(APP, Some(4), None).unwrap();
    api.scale(APP, Some(2), None).unwrap();
    assert_eq!(api.pods(APP), ["v1 Healthy", "v1 Healthy", "v1 Terminating"]);
    api.wait(4_000);
    assert_eq!(api.pods(APP), ["v1 Healthy", "v1 Healthy", "v1 Terminating"]);
    api.wait(60_000);
    assert_eq!(api.pods(APP), ["v1 Healthy", "v1 Healthy"]);
}

#[test]
fn another_size_replaces_all_pods() {
    let mut api = two_replicas();
    let before: Vec<String> = api.status(APP).pods.iter().map(|pod| pod.name.clone()).collect();
    api.scale(APP, None, Some(0.5)).unwrap();
    api.wait(60_000);
    let status = api.status(APP);
    assert_eq!((status.size, status.replicas_running), (0.5, 2));
    assert!(status.pods.iter().all(|pod| !before.contains(&pod.name)));
}

#[test]
fn a_killed_pod_is_replaced() {
    let mut api = two_replicas();
    let victim = api.status(APP).pods[0].name.clone();
    let kill = |pod: &str| op::KillPod { app: APP.into(), pod: pod.into() };
    let message = api.call(kill(&victim)).unwrap();
    assert_eq!(message.0, format!("Pod {victim} is being deleted."));
    assert_eq!(api.pods(APP), ["v1 Terminating", "v1 Healthy", "v1 Starting"]);
    api.call(kill(&victim)).unwrap();
    assert_eq!(api.pods(APP).len(), 3, "killing it again changes nothing");
    api.wait(10_000);
    assert_eq!(api.pods(APP), ["v1 Healthy", "v1 Healthy"]);
    api.refuse(kill(&victim), 404, &format!("Pod `{victim}` not found."));
}

#[test]
fn killing_a_new_pod_keeps_its_predecessor_for_longer() {
    let mut api = Api::on(Tier::Free);
    api.create_app(APP);
    api.deploy(APP);
    api.call(op::RestartApp { app: APP.into() }).unwrap();
    api.wait(5_000);
    let new = api.status(APP).pods[1].name.clone();
    api.call(op::KillPod { app: APP.into(), pod: new }).unwrap();
    for _ in 0..30 {
        assert!(api.status(APP).replicas_running >= 1, "{:?}", api.pods(APP));
        api.wait(1_000);
    }
    assert_eq!(api.pods(APP), ["v1 Healthy"]);
}

#[test]
fn stopped_pods_are_forgotten_at_some_point() {
    let mut api = two_replicas();
    for _ in 0..40 {
        api.call(op::RestartApp { app: APP.into() }).unwrap();
        api.wait(60_000);
    }
    assert!(
        api.world.apps.get(APP).unwrap().pods.len()
            <= crate::engine::running::rollout::MAX_STOPPED + 4
    );
}
