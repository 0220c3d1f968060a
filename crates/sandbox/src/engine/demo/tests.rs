//! The demo world is what it is described as.

use backoffice_contract::database::DatabaseState;
use backoffice_contract::op;
use backoffice_contract::session::Tier;

use super::super::testing::Api;

fn demo() -> Api {
    let mut api = Api::new();
    api.sign_in(super::EMAIL, super::PASSWORD).unwrap();
    api
}

#[test]
fn the_account_has_three_apps_in_different_states() {
    let mut api = demo();
    assert_eq!(api.call(op::GetAccount {}).unwrap().tier, Tier::Standard);
    assert_eq!(api.call(op::ListSshKeys {}).unwrap().len(), 2);
    let apps: Vec<String> =
        api.call(op::ListApps {}).unwrap().into_iter().map(|app| app.unique_name).collect();
    assert_eq!(apps, ["bold-misty-otter", "idle-copper-newt", "quiet-amber-heron"]);

    assert_eq!(api.pods("quiet-amber-heron"), ["v7 Healthy", "v7 Healthy"]);
    assert_eq!(api.releases("quiet-amber-heron").len(), 7);
    let databases = api.call(op::ListDatabases { app: "quiet-amber-heron".into() }).unwrap();
    let tiers: Vec<_> = databases.iter().map(|database| &database.tier).collect();
    assert_eq!(tiers, [&Tier::Standard, &Tier::Free]);
    assert!(databases.iter().all(|database| database.state == DatabaseState::Available));
    let configs = api.call(op::ListConfigs { app: "quiet-amber-heron".into() }).unwrap();
    assert_eq!(configs.len(), 6);

    assert!(api.pods("idle-copper-newt").is_empty());
    assert_eq!(api.releases("idle-copper-newt").len(), 3);

    assert_eq!(api.pods("bold-misty-otter"), ["v3 Healthy", "v4 Unhealthy"]);
    let failing = api.status("bold-misty-otter").pods.pop().unwrap();
    assert_eq!(failing.last_state.terminated.unwrap().reason, "OOMKilled");
}

#[test]
fn there_is_something_to_read() {
    let mut api = demo();
    let log = api.last_lines("quiet-amber-heron", 100);
    assert_eq!(log.len(), 100);
    assert!(log.iter().all(|line| line.starts_with("2026-11-24T")), "{}", log[0]);
    let failing = api.last_lines("bold-misty-otter", 5_000).join("\n");
    assert!(failing.contains("was stopped: OOMKilled."));
    let activity = api.call(op::ListActivity { app: "quiet-amber-heron".into() }).unwrap();
    assert!(activity.len() > 10 && activity[0].summary == "Restarted the app.");
}

#[test]
fn nothing_in_it_is_in_transition_or_in_the_future() {
    let mut api = demo();
    let mut status =
        || ["bold-misty-otter", "idle-copper-newt", "quiet-amber-heron"].map(|app| api.status(app));
    let before = status();
    api.wait(20 * 60_000);
    let mut status =
        || ["bold-misty-otter", "idle-copper-newt", "quiet-amber-heron"].map(|app| api.status(app));
    assert_eq!(before, status());
}
