//! Creating, listing and deleting databases.

use backoffice_contract::database::{CreateDatabaseRequest, Database, DatabaseState};
use backoffice_contract::op;
use backoffice_contract::session::Tier;

use crate::engine::testing::Api;

mod standard;

const APP: &str = "mine";

fn with_app(tier: Tier) -> Api {
    let mut api = Api::on(tier);
    api.create_app(APP);
    api
}

fn free() -> op::CreateFreeDatabase {
    op::CreateFreeDatabase { app: APP.into() }
}

fn create_standard(size: f64) -> op::CreateDatabase {
    let body = CreateDatabaseRequest { size, ..Default::default() };
    op::CreateDatabase { app: APP.into(), body }
}

fn list(api: &mut Api) -> Vec<Database> {
    api.call(op::ListDatabases { app: APP.into() }).unwrap()
}

fn delete(id: &str) -> op::DeleteDatabase {
    op::DeleteDatabase { app: APP.into(), database: id.into() }
}

#[test]
fn a_free_database_is_there_at_once_and_configured() {
    let mut api = with_app(Tier::Free);
    let database = api.call(free()).unwrap();
    assert_eq!((&database.tier, &database.state), (&Tier::Free, &DatabaseState::Available));
    let configs = api.call(op::ListConfigs { app: APP.into() }).unwrap();
    assert_eq!((&configs["DATABASE_URL"], configs["POOL_SIZE"].expose()), (&database.url, "2"));
    assert_eq!(api.releases(APP), ["v1 Set `DATABASE_URL`, `POOL_SIZE` config vars."]);
    assert_eq!(list(&mut api), [database]);
    api.refuse(free(), 422, "The app has its free database already.");
}

#[test]
fn variables_that_are_set_stay() {
    let mut api = with_app(Tier::Free);
    api.set(APP, "DATABASE_URL", "ecto://elsewhere").unwrap();
    api.set(APP, "POOL_SIZE", "5").unwrap();
    api.call(free()).unwrap();
    let configs = api.call(op::ListConfigs { app: APP.into() }).unwrap();
    assert_eq!(configs["DATABASE_URL"].expose(), "ecto://elsewhere");
    assert_eq!(configs["POOL_SIZE"].expose(), "5");
    assert_eq!(api.releases(APP).len(), 2, "nothing changed, so there is no release");
}

#[test]
fn a_standard_database_takes_minutes() {
    let mut api = with_app(Tier::Standard);
    let database = api.call(create_standard(1.7)).unwrap();
    assert_eq!(database.state, DatabaseState::Creating);
    assert!(database.id.starts_with("mine-"), "{}", database.id);
    assert_eq!(database.region.as_deref(), Some("v2018-us-central1"));
    assert_eq!(database.version.as_deref(), Some("POSTGRES_16"));
    let configs = api.call(op::ListConfigs { app: APP.into() }).unwrap();
    assert_eq!((&configs["DATABASE_URL"], configs["POOL_SIZE"].expose()), (&database.url, "9"));
    api.wait(crate::engine::app::database::create::CREATION - 1);
    assert_eq!(list(&mut api)[0].state, DatabaseState::Creating);
    api.wait(1);
    assert_eq!(list(&mut api)[0].state, DatabaseState::Available);
    api.refuse(create_standard(0.6), 422, "The app has its standard database already.");
    api.call(free()).unwrap();
    assert_eq!(list(&mut api).len(), 2, "one of each");
}

#[test]
fn what_a_standard_database_may_be() {
    let mut api = with_app(Tier::Free);
    let tier = "The free tier has free databases only. Upgrade your account for others.";
    api.refuse(create_standard(0.6), 422, tier);
    let mut api = with_app(Tier::Standard);
    api.refuse(
        create_standard(2.0),
        422,
        "Size must be one of 0.6, 1.7, 4, 8, 16, 32, 48, 64, 96.",
    );
    let with = |cloud: Option<&str>, region: Option<&str>, version: Option<&str>| {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let (cloud, region, version) = (owned(cloud), owned(region), owned(version));
        let body = CreateDatabaseRequest { size: 0.6, cloud, region, version };
        op::CreateDatabase { app: APP.into(), body }
    };
    let versions =
        "Version must be one of POSTGRES_12, POSTGRES_13, POSTGRES_14, POSTGRES_15, POSTGRES_16.";
    api.refuse(with(None, None, Some("POSTGRES_9")), 422, versions);
    let region = "Region is not a region of gcp.";
    api.refuse(with(Some("gcp"), Some("us-east-1"), None), 422, region);
    let database = api.call(with(Some("aws"), None, Some("POSTGRES_14"))).unwrap();
    assert_eq!(database.region.as_deref(), Some("us-east-1"));
}

#[test]
fn a_deleted_database_is_still_listed() {
    let mut api = with_app(Tier::Free);
    let first = api.call(free()).unwrap();
    api.call(delete(&first.id)).unwrap();
    assert_eq!(list(&mut api)[0].state, DatabaseState::Deleted);
    api.refuse(delete(&first.id), 404, "There is no such database.");
    let second = api.call(free()).unwrap();
    assert_ne!(second.id, first.id);
    let configs = api.call(op::ListConfigs { app: APP.into() }).unwrap();
    assert_eq!(configs["DATABASE_URL"], first.url, "what is set stays");
}
