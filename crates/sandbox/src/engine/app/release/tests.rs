//! Listing releases and rolling back.

use backoffice_contract::op;
use backoffice_contract::session::Tier;

use crate::engine::testing::{Api, bytes};

const APP: &str = "mine";

fn rollback(version: &str) -> op::RollbackRelease {
    op::RollbackRelease { app: APP.into(), version: version.into() }
}

#[test]
fn releases_are_numbered_and_newest_first() {
    let mut api = Api::on(Tier::Free);
    api.create_app(APP);
    let none = "There is no release yet.";
    api.refuse(op::GetLatestRelease { app: APP.into() }, 404, none);
    api.set(APP, "A", "1").unwrap();
    let sha = api.push(APP, "ok");
    api.wait(60_000);
    let short: String = sha.chars().take(7).collect();
    let deployed = format!("v2 Deployed commit `{short}`.");
    assert_eq!(api.releases(APP), [deployed.as_str(), "v1 Set `A` config var."]);
    let raw = api.send(&api.request(&op::ListReleases { app: APP.into() }));
    let text = String::from_utf8_lossy(bytes(&raw)).into_owned();
    assert!(text.contains("\"version\":2"), "versions are numbers: {text}");
    let releases = api.call(op::ListReleases { app: APP.into() }).unwrap();
    assert_eq!((releases[0].sha.as_str(), releases[1].sha.as_str()), (sha.as_str(), ""));
    assert_eq!(releases[0].created_at, "2026-11-24T18:08:30.000Z", "when the build ended");
    let latest = api.call(op::GetLatestRelease { app: APP.into() }).unwrap();
    assert_eq!((latest.customer_app_name.as_str(), latest.version.as_str()), ("mine", "2"));
}

#[test]
fn a_rollback_adds_a_release_with_the_old_slug() {
    let mut api = Api::on(Tier::Free);
    api.create_app(APP);
    api.set(APP, "A", "1").unwrap();
    let good = api.push(APP, "ok");
    api.wait(60_000);
    api.push(APP, "unhealthy");
    api.wait(60_000);
    api.set(APP, "A", "2").unwrap();
    assert_eq!(api.call(rollback("2")).unwrap().0, "rolled back");
    assert_eq!(api.releases(APP)[0], "v5 Rolled back to v2.");
    api.wait(60_000);
    let pods = api.status(APP).pods;
    assert_eq!((pods.len(), pods[0].version.as_str(), pods[0].sha.as_str()), (1, "5", &*good));
    let configs = api.call(op::ListConfigs { app: APP.into() }).unwrap();
    assert_eq!(configs["A"].expose(), "2", "config variables stay");
}

#[test]
fn there_is_no_way_back_to_what_never_was() {
    let mut api = Api::on(Tier::Free);
    api.create_app(APP);
    api.set(APP, "A", "1").unwrap();
    api.deploy(APP);
    for unknown in ["0", "9", "x", "-1"] {
        api.refuse(rollback(unknown), 404, &format!("There is no release `{unknown}`."));
    }
    api.refuse(rollback("1"), 422, "That release is from before the first deploy.");
    assert_eq!(api.releases(APP).len(), 2);
}
