//! Setting, unsetting and copying config variables.

use backoffice_contract::config::{CopyConfigsRequest, SetConfigsRequest, UnsetConfigRequest};
use backoffice_contract::op;
use backoffice_contract::session::Tier;
use serde_json::json;

use crate::engine::testing::Api;

const APP: &str = "mine";

fn set(pairs: &[(&str, &str)], avoid_restart: bool) -> op::SetConfigs {
    let configs = pairs.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect();
    op::SetConfigs { app: APP.into(), body: SetConfigsRequest { configs, avoid_restart } }
}

fn unset(key: &str) -> op::UnsetConfig {
    op::UnsetConfig { app: APP.into(), body: UnsetConfigRequest { key: key.into() } }
}

fn list(api: &mut Api, app: &str) -> Vec<String> {
    let configs = api.call(op::ListConfigs { app: app.into() }).unwrap();
    configs.iter().map(|(key, value)| format!("{key}={}", value.expose())).collect()
}

fn deployed() -> Api {
    let mut api = Api::on(Tier::Standard);
    api.create_app(APP);
    api.deploy(APP);
    api
}

#[test]
fn setting_merges_releases_and_restarts() {
    let mut api = deployed();
    assert_eq!(api.call(set(&[("A", "1"), ("B", "x=y")], false)).unwrap(), json!("created"));
    api.call(set(&[("A", ""), ("C", "ü")], false)).unwrap();
    assert_eq!(list(&mut api, APP), ["A=", "B=x=y", "C=ü"]);
    assert_eq!(
        api.releases(APP)[..2],
        ["v3 Set `A`, `C` config vars.", "v2 Set `A`, `B` config vars."]
    );
    api.wait(60_000);
    assert_eq!(api.pods(APP), ["v3 Healthy"]);
}

#[test]
fn a_restart_can_be_avoided() {
    let mut api = deployed();
    api.call(set(&[("A", "1")], true)).unwrap();
    assert_eq!(api.releases(APP)[0], "v2 Set `A` config var.");
    assert_eq!(api.pods(APP), ["v1 Healthy"]);
    api.call(op::RestartApp { app: APP.into() }).unwrap();
    api.wait(60_000);
    assert_eq!(api.pods(APP), ["v2 Healthy"]);
}

#[test]
fn setting_what_is_set_changes_nothing() {
    let mut api = deployed();
    api.call(set(&[("A", "1")], false)).unwrap();
    api.call(set(&[("A", "1")], false)).unwrap();
    assert_eq!(api.releases(APP).len(), 2);
}

#[test]
fn unsetting_removes_one_variable() {
    let mut api = deployed();
    api.call(set(&[("A", "1"), ("B", "2")], false)).unwrap();
    assert_eq!(api.call(unset("A")).unwrap().0, "deleted");
    assert_eq!(list(&mut api, APP), ["B=2"]);
    assert_eq!(api.releases(APP)[0], "v3 Unset `A` config var.");
    api.refuse(unset("A"), 404, "There is no config variable `A`.");
    assert_eq!(api.releases(APP).len(), 3);
}

#[test]
fn names_and_total_size_are_checked() {
    let mut api = deployed();
    api.refuse(set(&[], false), 422, "Configs can't be blank.");
    let name = "Configs are invalid: `A-B` can only contain letters, numbers, and underscores and can't start with a number.";
    api.refuse(set(&[("A-B", "1"), ("OK", "1")], false), 422, name);
    assert!(list(&mut api, APP).is_empty(), "all or nothing");
    let most = "x".repeat(32 * 1024 - 1);
    api.call(set(&[("A", &most)], false)).unwrap();
    api.refuse(set(&[("B", "")], false), 422, "Configs can take at most 32 kB in all.");
    api.call(set(&[("A", "")], false)).unwrap();
    api.call(set(&[("B", "")], false)).unwrap();
}

#[test]
fn copying_overwrites_equal_names_and_keeps_others() {
    let mut api = deployed();
    api.create_app("source");
    api.set("source", "A", "theirs").unwrap();
    api.set("source", "B", "theirs").unwrap();
    api.call(set(&[("A", "mine"), ("C", "mine")], false)).unwrap();
    let copy = |from: &str| op::CopyConfigs {
        app: APP.into(),
        body: CopyConfigsRequest { from: from.into() },
    };
    api.call(copy("source")).unwrap();
    assert_eq!(list(&mut api, APP), ["A=theirs", "B=theirs", "C=mine"]);
    assert_eq!(list(&mut api, "source"), ["A=theirs", "B=theirs"]);
    assert_eq!(api.releases(APP)[0], "v3 Copied config vars from source.");
    api.refuse(copy("quiet-amber-heron"), 422, "From is not one of your apps.");
    api.refuse(copy(""), 422, "From can't be blank.");
}
