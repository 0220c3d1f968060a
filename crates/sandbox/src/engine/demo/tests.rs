//! The demo world matches its description.

use backoffice_contract::database::DatabaseState;
use backoffice_contract::network::DomainState;
use backoffice_contract::op;
use backoffice_contract::session::Tier;

use crate::engine::testing::Api;

fn demo() -> Api {
    let mut api = Api::new();
    api.sign_in(crate::engine::demo::EMAIL, crate::engine::demo::PASSWORD).unwrap();
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
    let (app, database) = ("quiet-amber-heron".to_owned(), databases[0].id.clone());
    let backups = op::ListBackups { app: app.clone(), database: database.clone() };
    assert_eq!(api.call(backups).unwrap().len(), 7);
    let replicas = api.call(op::ListReadReplicas { app, database }).unwrap();
    assert_eq!((replicas.len(), &replicas[0].state), (1, &DatabaseState::Available));
    let configs = api.call(op::ListConfigs { app: "quiet-amber-heron".into() }).unwrap();
    assert_eq!(configs.len(), 6);

    assert!(api.pods("idle-copper-newt").is_empty());
    assert_eq!(api.releases("idle-copper-newt").len(), 3);

    assert_eq!(api.pods("bold-misty-otter"), ["v3 Healthy", "v4 Unhealthy"]);
    let failing = api.status("bold-misty-otter").pods.pop().unwrap();
    assert_eq!(failing.last_state.terminated.unwrap().reason, "OOMKilled");
    let free = api.call(op::ListDatabases { app: "bold-misty-otter".into() }).unwrap().remove(0);
    assert!(free.limited_at.is_some(), "too many rows");
}

#[test]
fn one_of_the_apps_has_something_of_everything_around_it() {
    let mut api = demo();
    let app = || "quiet-amber-heron".to_owned();
    let domains = api.call(op::ListDomains { app: app() }).unwrap();
    assert!(domains.iter().all(|domain| domain.state == Some(DomainState::Active)));
    let names: Vec<_> = domains.into_iter().map(|domain| domain.fqdn).collect();
    assert_eq!(names, ["heron.example", "www.heron.example"]);
    assert_eq!(api.call(op::ListDrains { app: app() }).unwrap().len(), 1);
    let canaries = api.call(op::ListCanaries { app: app() }).unwrap();
    assert_eq!((canaries[0].canary.as_str(), canaries[0].weight), ("bold-misty-otter", 5));
    let access = api.call(op::ListPermissions { app: app() }).unwrap();
    let emails: Vec<_> = access.collaborators.into_iter().map(|person| person.email).collect();
    assert_eq!(emails, [crate::engine::demo::COLLEAGUE, crate::engine::demo::AUDITOR]);
    for email in emails {
        api.sign_in(&email, crate::engine::demo::PASSWORD).unwrap();
        assert_eq!(api.call(op::ListApps {}).unwrap().len(), 1);
    }
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
    assert!(activity.len() > 10 && activity[1].summary == "Restarted the app.");
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

#[test]
fn more_of_everything_fits_is_at_rest_and_repeats() {
    use crate::engine::World;
    use crate::engine::demo::Extra;
    use crate::engine::testing::{NOW, rows};

    let extra = Extra { apps: 5_000, releases: 500, configs: Extra::MOST_CONFIGS };
    let mut api = demo();
    assert!(api.world.add_to_demo(extra, NOW));
    let apps = api.call(op::ListApps {}).unwrap();
    assert_eq!(apps.len(), 5_003);
    assert!(apps.is_sorted_by(|a, b| a.unique_name < b.unique_name));
    assert!(apps.iter().any(|app| app.replicas == 0) && apps.iter().any(|app| app.replicas > 2));
    assert!(apps.iter().any(|app| app.cloud == "aws") && apps.iter().any(|app| app.cloud == "gcp"));
    assert_eq!(api.releases("quiet-amber-heron").len(), 7 + 500 + 1);
    let configs = api.call(op::ListConfigs { app: "quiet-amber-heron".into() }).unwrap();
    assert!(configs.len() > 3_000);
    let version = api.releases("quiet-amber-heron").len();
    let healthy = format!("v{version} Healthy");
    assert_eq!(api.pods("quiet-amber-heron"), [healthy.clone(), healthy]);

    let grown = |extra| {
        let mut world = World::new(7, NOW);
        assert!(world.add_to_demo(extra, NOW));
        rows(&mut world)
    };
    assert_eq!(grown(Extra::default()), rows(&mut World::new(7, NOW)), "nothing is asked for");
    let few = Extra { apps: 50, releases: 20, configs: 20 };
    assert_eq!(grown(few), grown(few));
}

#[test]
fn the_most_releases_leave_time_for_their_builds() {
    use crate::engine::demo::Extra;
    use crate::engine::testing::NOW;

    let mut api = demo();
    let extra = Extra { releases: Extra::MOST_RELEASES, ..Default::default() };
    assert!(api.world.add_to_demo(extra, NOW));
    assert_eq!(api.releases("quiet-amber-heron").len(), 7 + 5_000);
}
