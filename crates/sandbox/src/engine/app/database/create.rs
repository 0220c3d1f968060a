//! Creating databases.

use backoffice_contract::database::{CreateDatabaseRequest, Database as WireDatabase, VERSIONS};
use backoffice_contract::session::Tier;
use backoffice_contract::{ApiError, op, rules};

use crate::engine::account::meter;
use crate::engine::account::user;
use crate::engine::app::database::{ChangeKind, Database, Standard, find};
use crate::engine::app::{self, App};
use crate::engine::app::{activity, apps, config_vars};
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply, check, invalid, refused};
use crate::engine::time::MINUTE;
use crate::engine::world::uuid;
use crate::engine::{Millis, World};

/// How long a standard database takes to become available.
pub(super) const CREATION: Millis = 4 * MINUTE;

pub(crate) fn create_free(
    world: &mut World,
    cx: &Context<'_>,
    op: op::CreateFreeDatabase,
) -> Outcome<op::CreateFreeDatabase> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    if has(world, &app, &Tier::Free) {
        return Err(refused("The app has its free database already.").into());
    }
    let secret = world.random_hex::<16>();
    let database = Database {
        id: uuid(&world.random_hex::<16>()),
        tier: Tier::Free,
        created_at: cx.now,
        deleted: false,
        name: format!("{}_free", app.code_name()),
        password: secret,
        host: "free-db.sandbox.example".to_owned(),
        limited_at: None,
        standard: None,
    };
    let answer = add(world, cx, &mut app, database, "2")?;
    app::save(world, app);
    Ok(Reply::Data(answer))
}

pub(crate) fn create(
    world: &mut World,
    cx: &Context<'_>,
    op: op::CreateDatabase,
) -> Outcome<op::CreateDatabase> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    if user::get(world, app.owner)?.is_free() {
        let limit = "The free tier has free databases only. Upgrade your account for others.";
        return Err(refused(limit).into());
    }
    if has(world, &app, &Tier::Standard) {
        return Err(refused("The app has its standard database already.").into());
    }
    let mut standard = standard(&app, op.body)?;
    standard.begin(ChangeKind::Create, cx.now.saturating_add(CREATION));
    let secret = world.random_hex::<16>();
    let random = world.random_hex::<8>();
    let database = Database {
        id: format!("{}-{random}", app.name),
        tier: Tier::Standard,
        created_at: cx.now,
        deleted: false,
        name: app.code_name(),
        password: secret,
        host: format!("{random}.db.sandbox.example"),
        limited_at: None,
        standard: Some(standard),
    };
    let answer = add(world, cx, &mut app, database, "9")?;
    meter::follow(world, &app, cx.now);
    app::save(world, app);
    Ok(Reply::Data(answer))
}

/// Adds a database and the config variables to use it. The caller saves the app.
fn add(
    world: &mut World,
    cx: &Context<'_>,
    app: &mut App,
    database: Database,
    pool_size: &str,
) -> Result<WireDatabase, ApiError> {
    let url = database.url(&database.host);
    let defaults = [("DATABASE_URL", url), ("POOL_SIZE", pool_size.to_owned())];
    config_vars::set_missing(world, app, defaults, cx.now)?;
    activity::note(world, app, cx, &format!("Created database {}.", database.id));
    let answer = database.wire(&app.name);
    let row = app.row(world.next_id());
    world.databases.insert(row, database);
    Ok(answer)
}

fn has(world: &World, app: &App, tier: &Tier) -> bool {
    find(world, app, |database| database.tier == *tier).is_some()
}

/// The values of a request; the app's place is the default.
fn standard(app: &App, request: CreateDatabaseRequest) -> Result<Standard, ApiError> {
    check("size", rules::database_size(request.size))?;
    let version = match request.version {
        None => VERSIONS.last().copied().unwrap_or_default().to_owned(),
        Some(version) => known_version(version)?,
    };
    let (cloud, region) = match (request.cloud, request.region) {
        (None, None) => (app.cloud.clone(), app.region.clone()),
        (Some(cloud), None) if cloud == app.cloud => (cloud, app.region.clone()),
        (cloud, region) => {
            let (cloud, region) = apps::place(cloud.as_deref(), region.as_deref())?;
            (cloud.to_owned(), region.to_owned())
        }
    };
    Ok(Standard {
        size: request.size,
        cloud,
        region,
        version,
        high_availability: false,
        stopped: false,
        change: None,
        replicas: Vec::new(),
    })
}

/// The version, if it exists.
pub(super) fn known_version(version: String) -> Result<String, ApiError> {
    if VERSIONS.contains(&version.as_str()) {
        Ok(version)
    } else {
        Err(invalid("version", format!("must be one of {}.", VERSIONS.join(", "))))
    }
}
