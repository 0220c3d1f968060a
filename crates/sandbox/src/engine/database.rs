//! Databases: one free and one standard an app. No database is behind them.

use backoffice_contract::database::{
    CreateDatabaseRequest, Database as WireDatabase, DatabaseState,
};
use backoffice_contract::session::Tier;
use backoffice_contract::{ApiError, Secret, op, rules};
use serde::{Deserialize, Serialize};

use super::app::App;
use super::handlers::Context;
use super::reply::{Outcome, Reply, check, invalid, refused};
use super::time::MINUTE;
use super::world::uuid;
use super::{Millis, World, activity, app, apps, config_vars, user};

/// How long a standard database takes to become available.
const CREATION: Millis = 4 * MINUTE;

/// The major versions that a standard database can have, the default last.
const VERSIONS: [&str; 5] =
    ["POSTGRES_12", "POSTGRES_13", "POSTGRES_14", "POSTGRES_15", "POSTGRES_16"];

/// A database.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Database {
    id: String,
    tier: Tier,
    available_at: Millis,
    deleted: bool,
    /// The name of the database and of its user.
    name: String,
    password: String,
    host: String,
    /// Standard only.
    standard: Option<Standard>,
}

/// What only a standard database has.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Standard {
    size: f64,
    cloud: String,
    region: String,
    version: String,
}

impl Database {
    fn url(&self) -> String {
        format!("postgresql://{0}:{1}@{2}:5432/{0}", self.name, self.password, self.host)
    }

    fn wire(&self, app: &str, now: Millis) -> WireDatabase {
        let state = if self.deleted {
            DatabaseState::Deleted
        } else if now < self.available_at {
            DatabaseState::Creating
        } else {
            DatabaseState::Available
        };
        let standard = self.standard.as_ref();
        WireDatabase {
            id: self.id.clone(),
            app_name: app.to_owned(),
            tier: self.tier.clone(),
            state,
            host: self.host.clone(),
            port: 5432,
            database: self.name.clone(),
            username: self.name.clone(),
            password: Secret::new(self.password.clone()),
            url: Secret::new(self.url()),
            limited_at: None,
            size: standard.map(|standard| standard.size),
            cloud: standard.map(|standard| standard.cloud.clone()),
            region: standard.map(|standard| standard.region.clone()),
            version: standard.map(|standard| standard.version.clone()),
        }
    }
}

pub(super) fn list(
    world: &mut World,
    cx: &Context<'_>,
    op: op::ListDatabases,
) -> Outcome<op::ListDatabases> {
    let app = app::open(world, cx, &op.app)?;
    let rows = app.rows();
    let databases = world.databases.with_prefix(&rows);
    Ok(Reply::Data(databases.map(|(_, database)| database.wire(&app.name, cx.now)).collect()))
}

pub(super) fn create_free(
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
        available_at: cx.now,
        deleted: false,
        name: format!("{}_free", app.code_name()),
        password: secret,
        host: "free-db.sandbox.example".to_owned(),
        standard: None,
    };
    let answer = add(world, cx, &mut app, database, "2")?;
    app::save(world, app);
    Ok(Reply::Data(answer))
}

pub(super) fn create(
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
    let standard = standard(&app, op.body)?;
    let secret = world.random_hex::<16>();
    let random = world.random_hex::<8>();
    let database = Database {
        id: format!("{}-{random}", app.name),
        tier: Tier::Standard,
        available_at: cx.now.saturating_add(CREATION),
        deleted: false,
        name: app.code_name(),
        password: secret,
        host: format!("{random}.db.sandbox.example"),
        standard: Some(standard),
    };
    let answer = add(world, cx, &mut app, database, "9")?;
    app::save(world, app);
    Ok(Reply::Data(answer))
}

/// Deletes a database. It stays in the list as deleted; config variables that point
/// at it stay as well, since they may be the user's own.
pub(super) fn delete(
    world: &mut World,
    cx: &Context<'_>,
    op: op::DeleteDatabase,
) -> Outcome<op::DeleteDatabase> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    let rows = app.rows();
    let found = world
        .databases
        .with_prefix(&rows)
        .find(|(_, database)| database.id == op.database && !database.deleted)
        .map(|(row, _)| row.to_owned());
    let database = found.and_then(|row| world.databases.get_mut(&row));
    let database = database.ok_or_else(|| ApiError::new(404, "There is no such database."))?;
    database.deleted = true;
    activity::note(world, &mut app, cx, &format!("Deleted database {}.", op.database));
    app::save(world, app);
    Ok(Reply::Data(Default::default()))
}

/// Adds a database and the config variables to use it. The caller saves the app.
fn add(
    world: &mut World,
    cx: &Context<'_>,
    app: &mut App,
    database: Database,
    pool_size: &str,
) -> Result<WireDatabase, ApiError> {
    let defaults = [("DATABASE_URL", database.url()), ("POOL_SIZE", pool_size.to_owned())];
    config_vars::set_missing(world, app, defaults, cx.now)?;
    activity::note(world, app, cx, &format!("Created database {}.", database.id));
    let answer = database.wire(&app.name, cx.now);
    let row = app.row(world.next_id());
    world.databases.insert(row, database);
    Ok(answer)
}

fn has(world: &World, app: &App, tier: &Tier) -> bool {
    world
        .databases
        .with_prefix(&app.rows())
        .any(|(_, database)| database.tier == *tier && !database.deleted)
}

/// What a request means, with the app's place for what it leaves out.
fn standard(app: &App, request: CreateDatabaseRequest) -> Result<Standard, ApiError> {
    check("size", rules::database_size(request.size))?;
    let version = match request.version {
        None => VERSIONS.last().copied().unwrap_or_default().to_owned(),
        Some(version) if VERSIONS.contains(&version.as_str()) => version,
        Some(_) => {
            return Err(invalid("version", format!("must be one of {}.", VERSIONS.join(", "))));
        }
    };
    let (cloud, region) = match (request.cloud, request.region) {
        (None, None) => (app.cloud.clone(), app.region.clone()),
        (Some(cloud), None) if cloud == app.cloud => (cloud, app.region.clone()),
        (cloud, region) => {
            let (cloud, region) = apps::place(cloud.as_deref(), region.as_deref())?;
            (cloud.to_owned(), region.to_owned())
        }
    };
    Ok(Standard { size: request.size, cloud, region, version })
}

#[cfg(test)]
mod tests;
