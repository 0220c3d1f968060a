//! Databases: one free and one standard an app. No database is behind them: what one
//! is doing is a function of the clock.

mod backups;
mod create;
mod lifecycle;
mod replicas;

use backoffice_contract::database::{Database as WireDatabase, DatabaseState};
use backoffice_contract::session::Tier;
use backoffice_contract::{ApiError, op, prices, rules, Secret};
use serde::{Deserialize, Serialize};

use super::app::App;
use super::handlers::Context;
use super::reply::{Outcome, Reply, refused};
use super::{Millis, World, app, time};
use super::meter::{self, Rate};
use super::reply::{Outcome, Reply, check, invalid, refused};
use super::time::MINUTE;
use super::world::uuid;
use super::{Millis, World, activity, app, apps, config_vars, user};

pub(super) use backups::{list as list_backups, restore};
pub(super) use create::{create, create_free};
pub(super) use lifecycle::{delete, restart, scale, start, stop, upgrade};
pub(super) use replicas::{create as create_replica, list as list_replicas};

/// A database.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Database {
    id: String,
    tier: Tier,
    created_at: Millis,
    deleted: bool,
    /// The name of the database and of its user.
    name: String,
    password: String,
    host: String,
    /// Free only: since when it has too many rows and takes no more writes.
    limited_at: Option<Millis>,
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
    high_availability: bool,
    stopped: bool,
    /// What was started last; it may have ended since.
    change: Option<Change>,
    replicas: Vec<Replica>,
}

/// Something that takes minutes.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Change {
    until: Millis,
    kind: ChangeKind,
}

/// What is under way, and what is different when it ends.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum ChangeKind {
    Create,
    Resize { size: f64, high_availability: bool },
    Restart,
    Start,
    Upgrade { version: String },
    Restore,
}

/// A copy that follows the database and can only be read.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Replica {
    id: String,
    host: String,
    size: f64,
    available_at: Millis,
}

impl ChangeKind {
    fn state(&self) -> DatabaseState {
        match self {
            Self::Create => DatabaseState::Creating,
            Self::Resize { .. } => DatabaseState::Resizing,
            Self::Restart => DatabaseState::Restarting,
            Self::Start => DatabaseState::Starting,
            Self::Upgrade { .. } => DatabaseState::Upgrading,
            Self::Restore => DatabaseState::Restoring,
        }
    }

    /// As it reads after "The database is being".
    fn participle(&self) -> &'static str {
        match self {
            Self::Create => "created",
            Self::Resize { .. } => "resized",
            Self::Restart => "restarted",
            Self::Start => "started",
            Self::Upgrade { .. } => "upgraded",
            Self::Restore => "restored",
        }
    }
}

impl Standard {
    /// Makes what has ended by `now` true.
    fn settle(&mut self, now: Millis) {
        let Some(change) = self.change.take_if(|change| change.until <= now) else { return };
        match change.kind {
            ChangeKind::Resize { size, high_availability } => {
                self.size = size;
                self.high_availability = high_availability;
            }
            ChangeKind::Upgrade { version } => self.version = version,
            ChangeKind::Create | ChangeKind::Restart | ChangeKind::Start | ChangeKind::Restore => {}
        }
    }

    fn begin(&mut self, kind: ChangeKind, until: Millis) {
        self.change = Some(Change { until, kind });
    }

    fn state(&self) -> DatabaseState {
        match &self.change {
            Some(change) => change.kind.state(),
            None if self.stopped => DatabaseState::Stopped,
            None => DatabaseState::Available,
        }
    }

    /// Refuses while something is under way.
    fn at_rest(&self) -> Result<(), ApiError> {
        match &self.change {
            Some(change) => {
                let doing = change.kind.participle();
                Err(refused(format!("The database is being {doing}. Wait until that is over.")))
            }
            None => Ok(()),
        }
    }

    /// Refuses unless it runs and nothing is under way.
    fn running(&self) -> Result<(), ApiError> {
        self.at_rest()?;
        if self.stopped {
            return Err(refused("The database is stopped. Start it first."));
        }
        Ok(())
    }
}

impl Database {
    fn url(&self, host: &str) -> String {
        format!("postgresql://{0}:{1}@{host}:5432/{0}", self.name, self.password)
    }

    fn wire(&self, app: &str) -> WireDatabase {
        let standard = self.standard.as_ref();
        let state = match standard {
            _ if self.deleted => DatabaseState::Deleted,
            Some(standard) => standard.state(),
            None => DatabaseState::Available,
        };
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
            url: Secret::new(self.url(&self.host)),
            limited_at: self.limited_at.map(time::rfc3339),
            size: standard.map(|standard| standard.size),
            cloud: standard.map(|standard| standard.cloud.clone()),
            region: standard.map(|standard| standard.region.clone()),
            version: standard.map(|standard| standard.version.clone()),
            high_availability: standard
                .map(|standard| if standard.high_availability { "enabled" } else { "disabled" })
                .map(str::to_owned),
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
    let databases = databases.map(|(_, database)| settled(database, cx.now).wire(&app.name));
    Ok(Reply::Data(databases.collect()))
}

pub(super) fn create_free(
    world: &mut World,
    cx: &Context<'_>,
    op: op::CreateFreeDatabase,
) -> Outcome<op::CreateFreeDatabase> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    if has(world, &app, &Tier::Free) {
        return Err(refused("The app has its free database already.").into());
/// Makes the free database of `app` read-only, as too many rows do.
pub(super) fn limit(world: &mut World, app: &App, at: Millis) {
    let found = find(world, app, |database| database.tier == Tier::Free);
    if let Some(database) = found.and_then(|row| world.databases.get_mut(&row)) {
        database.limited_at = Some(at);
    }
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
/// The database as it is at `now`.
fn settled(database: &Database, now: Millis) -> Database {
    let mut database = database.clone();
    if let Some(standard) = &mut database.standard {
        standard.settle(now);
    }
    database
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
    meter::follow(world, &app, cx.now);
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
    meter::follow(world, &app, cx.now);
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

/// What each standard database of an app costs; one that is deleted costs nothing more.
pub(super) fn rates(world: &World, app: &App) -> Vec<(String, Rate)> {
    let rows = app.rows();
    world
        .databases
        .with_prefix(&rows)
        .filter_map(|(_, database)| {
            let size = database.standard.as_ref()?.size;
            let cents = prices::database_cents(size, false).filter(|_| !database.deleted);
            let rate = cents.map(|cents| Rate { replicas: 1, tenths: prices::tenths(size), cents });
            Some((database.id.clone(), rate.unwrap_or_default()))
        })
        .collect()
}

fn has(world: &World, app: &App, tier: &Tier) -> bool {
/// The row of the database of `app` that is not deleted and that `is` says yes to.
fn find(world: &World, app: &App, is: impl Fn(&Database) -> bool) -> Option<String> {
    world
        .databases
        .with_prefix(&app.rows())
        .find(|(_, database)| !database.deleted && is(database))
        .map(|(row, _)| row.to_owned())
}

fn missing() -> ApiError {
    ApiError::new(404, "There is no such database.")
}

/// The database of that id as it is now, for a change.
fn open<'a>(
    world: &'a mut World,
    app: &App,
    id: &str,
    now: Millis,
) -> Result<&'a mut Database, ApiError> {
    let row = find(world, app, |database| database.id == id);
    let database = row.and_then(|row| world.databases.get_mut(&row)).ok_or_else(missing)?;
    if let Some(standard) = &mut database.standard {
        standard.settle(now);
    }
    Ok(database)
}

/// The same, of a standard one; `no` is what free ones are told.
fn open_standard<'a>(
    world: &'a mut World,
    app: &App,
    id: &str,
    now: Millis,
    no: &str,
) -> Result<&'a mut Standard, ApiError> {
    let database = open(world, app, id, now)?;
    database.standard.as_mut().ok_or_else(|| refused(no))
}

#[cfg(test)]
mod tests;
