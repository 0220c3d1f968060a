//! Operations on a standard database while it exists.

use backoffice_contract::database::{
    Database, DatabaseState, ReadReplicaRequest, ScaleDatabaseRequest, UpgradeDatabaseRequest,
};
use backoffice_contract::op;
use backoffice_contract::session::Tier;

use crate::engine::app::database::create::CREATION;
use crate::engine::app::database::tests::{APP, create_standard, delete, free, list, with_app};
use crate::engine::testing::Api;
use crate::engine::time::{DAY, MINUTE};

/// An app with a standard database of size 1.7 that is ready, and its id.
fn ready() -> (Api, String) {
    let mut api = with_app(Tier::Standard);
    let id = api.call(create_standard(1.7)).unwrap().id;
    api.wait(CREATION);
    (api, id)
}

fn scale(id: &str, size: Option<f64>, high_availability: Option<&str>) -> op::ScaleDatabase {
    let high_availability = high_availability.map(str::to_owned);
    let body = ScaleDatabaseRequest { size, high_availability };
    op::ScaleDatabase { app: APP.into(), database: id.into(), body }
}

fn restart(id: &str) -> op::RestartDatabase {
    op::RestartDatabase { app: APP.into(), database: id.into() }
}

fn stop(id: &str) -> op::StopDatabase {
    op::StopDatabase { app: APP.into(), database: id.into() }
}

fn start(id: &str) -> op::StartDatabase {
    op::StartDatabase { app: APP.into(), database: id.into() }
}

fn upgrade(id: &str, version: &str) -> op::UpgradeDatabase {
    let body = UpgradeDatabaseRequest { version: version.into() };
    op::UpgradeDatabase { app: APP.into(), database: id.into(), body }
}

fn replicas(id: &str) -> op::ListReadReplicas {
    op::ListReadReplicas { app: APP.into(), database: id.into() }
}

fn create_replica(id: &str, size: Option<f64>) -> op::CreateReadReplica {
    let body = ReadReplicaRequest { size };
    op::CreateReadReplica { app: APP.into(), database: id.into(), body }
}

fn backups(id: &str) -> op::ListBackups {
    op::ListBackups { app: APP.into(), database: id.into() }
}

fn restore(id: &str, backup: &str) -> op::RestoreBackup {
    op::RestoreBackup { app: APP.into(), database: id.into(), backup: backup.into() }
}

fn now(api: &mut Api) -> Database {
    list(api).remove(0)
}

fn state(api: &mut Api) -> DatabaseState {
    now(api).state
}

/// Minutes until the state changes, at most an hour.
fn minutes_in(api: &mut Api, state: &DatabaseState) -> u64 {
    let mut minutes = 0;
    while now(api).state == *state && minutes < 60 {
        api.wait(MINUTE);
        minutes += 1;
    }
    minutes
}

fn newest_activity(api: &mut Api) -> String {
    api.call(op::ListActivity { app: APP.into() }).unwrap().remove(0).summary
}

#[test]
fn another_size_takes_as_long_as_the_platform_says() {
    let (mut api, id) = ready();
    api.call(scale(&id, Some(4.0), None)).unwrap();
    assert_eq!(newest_activity(&mut api), format!("Scaled database {id} to size 4."));
    assert_eq!(now(&mut api).size, Some(1.7), "the new size applies at the end");
    let small = minutes_in(&mut api, &DatabaseState::Resizing);
    assert!((10..=25).contains(&small), "{small}");
    assert_eq!((now(&mut api).size, state(&mut api)), (Some(4.0), DatabaseState::Available));
    api.call(scale(&id, Some(8.0), None)).unwrap();
    let large = minutes_in(&mut api, &DatabaseState::Resizing);
    assert!((4..=8).contains(&large), "{large}");
    api.call(scale(&id, Some(0.6), None)).unwrap();
    assert!(minutes_in(&mut api, &DatabaseState::Resizing) >= 10, "back to a small one");
    assert_eq!(now(&mut api).size, Some(0.6));
}

#[test]
fn high_availability_is_switched_with_or_without_a_size() {
    let (mut api, id) = ready();
    assert_eq!(now(&mut api).is_highly_available(), Some(false));
    api.call(scale(&id, None, Some("enabled"))).unwrap();
    assert_eq!(newest_activity(&mut api), format!("Turned high availability of database {id} on."));
    minutes_in(&mut api, &DatabaseState::Resizing);
    let database = now(&mut api);
    assert_eq!((database.is_highly_available(), database.size), (Some(true), Some(1.7)));
    api.call(scale(&id, Some(1.7), Some("enabled"))).unwrap();
    assert_eq!(state(&mut api), DatabaseState::Available, "nothing to change");
}

#[test]
fn what_scaling_refuses() {
    let (mut api, id) = ready();
    api.refuse(
        scale(&id, Some(2.0), None),
        422,
        "Size must be one of 0.6, 1.7, 4, 8, 16, 32, 48, 64, 96.",
    );
    api.refuse(scale(&id, None, None), 422, "Size can't be blank.");
    let fragment = "High availability must be enabled or disabled.";
    api.refuse(scale(&id, None, Some("yes")), 422, fragment);
    api.refuse(scale("other", Some(4.0), None), 404, "There is no such database.");
}

#[test]
fn while_something_is_under_way_nothing_else_begins() {
    let (mut api, id) = ready();
    api.call(restart(&id)).unwrap();
    assert_eq!(state(&mut api), DatabaseState::Restarting);
    let wait = "The database is being restarted. Wait until that is over.";
    api.refuse(scale(&id, Some(4.0), None), 422, wait);
    api.refuse(restart(&id), 422, wait);
    api.refuse(stop(&id), 422, wait);
    api.refuse(start(&id), 422, wait);
    api.refuse(create_replica(&id, None), 422, wait);
    assert_eq!(minutes_in(&mut api, &DatabaseState::Restarting), 1);
    assert_eq!(state(&mut api), DatabaseState::Available);
}

#[test]
fn a_stopped_database_only_starts() {
    let (mut api, id) = ready();
    api.call(start(&id)).unwrap();
    assert_eq!(state(&mut api), DatabaseState::Available, "it runs already");
    api.call(stop(&id)).unwrap();
    api.call(stop(&id)).unwrap();
    assert_eq!(state(&mut api), DatabaseState::Stopped);
    let stopped = "The database is stopped. Start it first.";
    api.refuse(restart(&id), 422, stopped);
    api.refuse(scale(&id, Some(4.0), None), 422, stopped);
    api.call(start(&id)).unwrap();
    assert_eq!(newest_activity(&mut api), format!("Started database {id}."));
    assert_eq!(minutes_in(&mut api, &DatabaseState::Starting), 2);
    assert_eq!(state(&mut api), DatabaseState::Available);
}

#[test]
fn versions_only_go_up() {
    let (mut api, id) = ready();
    api.refuse(upgrade(&id, "POSTGRES_16"), 422, "Version must be newer than POSTGRES_16.");
    let mut api = Api::new();
    api.sign_in("demo@backoffice.example", "sandbox-demo").unwrap();
    let app = "quiet-amber-heron".to_owned();
    let list = op::ListDatabases { app: app.clone() };
    let database = api.call(list.clone()).unwrap().remove(0);
    assert_eq!(database.version.as_deref(), Some("POSTGRES_15"));
    let to = |version: &str| op::UpgradeDatabase {
        app: app.clone(),
        database: database.id.clone(),
        body: UpgradeDatabaseRequest { version: version.into() },
    };
    api.refuse(to("POSTGRES_14"), 422, "Version must be newer than POSTGRES_15.");
    api.call(to("POSTGRES_16")).unwrap();
    assert_eq!(api.call(list.clone()).unwrap()[0].state, DatabaseState::Upgrading);
    api.wait(8 * MINUTE);
    let database = api.call(list).unwrap().remove(0);
    assert_eq!(database.version.as_deref(), Some("POSTGRES_16"));
    assert_eq!(database.state, DatabaseState::Available);
}

#[test]
fn there_is_a_backup_a_day_and_seven_are_kept() {
    let (mut api, id) = ready();
    assert!(api.call(backups(&id)).unwrap().is_empty(), "none on the first day");
    api.wait(DAY);
    let first = api.call(backups(&id)).unwrap();
    assert_eq!(first[0].id, "backup-20261125");
    assert_eq!(first[0].created_at.as_deref(), Some("2026-11-25T03:12:00.000Z"));
    api.wait(20 * DAY);
    let kept = api.call(backups(&id)).unwrap();
    assert_eq!((kept.len(), kept[0].id.as_str()), (7, "backup-20261215"));
    api.refuse(restore(&id, &first[0].id), 404, "There is no such backup.");
    api.call(restore(&id, &kept[3].id)).unwrap();
    assert_eq!(
        newest_activity(&mut api),
        format!("Restored database {id} from backup backup-20261212.")
    );
    let wait = "The database is being restored. Wait until that is over.";
    api.refuse(restore(&id, &kept[3].id), 422, wait);
    assert_eq!(minutes_in(&mut api, &DatabaseState::Restoring), 12);
}

#[test]
fn replicas_have_an_address_of_their_own_and_go_one_by_one() {
    let (mut api, id) = ready();
    api.refuse(
        create_replica(&id, Some(3.0)),
        422,
        "Size must be one of 0.6, 1.7, 4, 8, 16, 32, 48, 64, 96.",
    );
    api.call(create_replica(&id, None)).unwrap();
    api.call(create_replica(&id, Some(0.6))).unwrap();
    let copies = api.call(replicas(&id)).unwrap();
    assert_eq!([copies[0].size, copies[1].size], [Some(1.7), Some(0.6)]);
    assert_eq!(copies[0].state, DatabaseState::Creating);
    assert_ne!(copies[0].url, copies[1].url);
    assert!(copies[0].url.expose().contains(&copies[0].host));
    api.wait(6 * MINUTE);
    assert_eq!(api.call(replicas(&id)).unwrap()[0].state, DatabaseState::Available);
    api.call(delete(&copies[0].id)).unwrap();
    assert_eq!(newest_activity(&mut api), format!("Deleted read replica {}.", copies[0].id));
    assert_eq!(api.call(replicas(&id)).unwrap().len(), 1);
    assert_eq!(list(&mut api).len(), 1, "replicas are not in the list of databases");
}

#[test]
fn deleting_takes_backups_and_replicas_along_at_any_time() {
    let (mut api, id) = ready();
    api.call(create_replica(&id, None)).unwrap();
    let copy = api.call(replicas(&id)).unwrap().remove(0);
    api.call(restart(&id)).unwrap();
    api.call(delete(&id)).unwrap();
    assert_eq!(state(&mut api), DatabaseState::Deleted);
    let missing = "There is no such database.";
    api.refuse(backups(&id), 404, missing);
    api.refuse(replicas(&id), 404, missing);
    api.refuse(delete(&copy.id), 404, missing);
}

#[test]
fn a_free_database_can_do_none_of_it() {
    let mut api = with_app(Tier::Free);
    let id = api.call(free()).unwrap().id;
    let more = "Create a standard one";
    api.refuse(
        scale(&id, Some(4.0), None),
        422,
        &format!("A free database has one size only. {more} for more."),
    );
    api.refuse(backups(&id), 422, &format!("A free database has no backups. {more} to have them."));
    api.refuse(
        restore(&id, "x"),
        422,
        &format!("A free database has no backups. {more} to have them."),
    );
    let no_replicas = format!("A free database has no read replicas. {more} to have them.");
    api.refuse(replicas(&id), 422, &no_replicas);
    api.refuse(create_replica(&id, None), 422, &no_replicas);
    let shared = "A free database shares its server with others and";
    api.refuse(restart(&id), 422, &format!("{shared} cannot be restarted."));
    api.refuse(stop(&id), 422, &format!("{shared} cannot be stopped."));
    api.refuse(start(&id), 422, &format!("{shared} always runs."));
    api.refuse(
        upgrade(&id, "POSTGRES_16"),
        422,
        "The version of a free database cannot be chosen.",
    );
}
