//! Databases: one free and one standard per app. There is no real database: the state of
//! each one is a function of the clock.

mod backups;
mod create;
mod lifecycle;
mod replicas;

use backoffice_contract::database::{Database as WireDatabase, DatabaseState};
use backoffice_contract::session::Tier;
use backoffice_contract::{ApiError, Secret, op, prices};
use serde::{Deserialize, Serialize};

use crate::engine::account::meter::Rate;
use crate::engine::app::App;
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply, refused};
use crate::engine::{Millis, World, app, time};

pub(crate) use backups::{list as list_backups, restore};
pub(crate) use create::{create, create_free};
pub(crate) use lifecycle::{delete, restart, scale, start, stop, upgrade};
pub(crate) use replicas::{create as create_replica, list as list_replicas};

/// A database.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Database {
    id: String,
    tier: Tier,
    created_at: Millis,
    deleted: bool,
    /// The name of the database and of its user.
    name: String,
    password: String,
    host: String,
    /// Free only: since when it has had too many rows and refused writes.
    limited_at: Option<Millis>,
    /// Standard only.
    standard: Option<Standard>,
}

/// The parts that only a standard database has.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Standard {
    size: f64,
    cloud: String,
    region: String,
    version: String,
    high_availability: bool,
    stopped: bool,
    /// The latest operation; it may have ended since.
    change: Option<Change>,
    replicas: Vec<Replica>,
}

/// An operation that takes minutes.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Change {
    until: Millis,
    kind: ChangeKind,
}

/// The current operation, and its effects when it ends.
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

    /// The word after "The database is being".
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
    /// The cost, according to the latest request.
    fn rate(&self) -> Rate {
        match &self.change {
            Some(Change { kind: ChangeKind::Resize { size, high_availability }, .. }) => {
                rate(*size, *high_availability)
            }
            _ => rate(self.size, self.high_availability),
        }
    }

    /// Applies everything that has ended by `now`.
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

    /// Refuses while an operation is under way.
    fn at_rest(&self) -> Result<(), ApiError> {
        match &self.change {
            Some(change) => {
                let doing = change.kind.participle();
                Err(refused(format!("The database is being {doing}. Wait until that is over.")))
            }
            None => Ok(()),
        }
    }

    /// Refuses unless it runs and no operation is under way.
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

pub(crate) fn list(
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

fn rate(size: f64, high_availability: bool) -> Rate {
    let cents = prices::database_cents(size, high_availability).unwrap_or_default();
    Rate { replicas: 1, tenths: prices::tenths(size), cents }
}

/// The costs of each standard database of an app and of each read replica.
pub(crate) fn rates(world: &World, app: &App) -> Vec<(String, Rate)> {
    let rows = app.rows();
    let mut rates = Vec::new();
    for (_, database) in world.databases.with_prefix(&rows).filter(|(_, row)| !row.deleted) {
        let Some(standard) = &database.standard else { continue };
        rates.push((database.id.clone(), standard.rate()));
        let replicas = standard.replicas.iter();
        rates.extend(replicas.map(|copy| (copy.id.clone(), rate(copy.size, false))));
    }
    rates
}

/// Makes the free database of `app` read-only, as if it had too many rows.
pub(crate) fn limit(world: &mut World, app: &App, at: Millis) {
    let found = find(world, app, |database| database.tier == Tier::Free);
    if let Some(database) = found.and_then(|row| world.databases.get_mut(&row)) {
        database.limited_at = Some(at);
    }
}

/// The database as it is at `now`.
fn settled(database: &Database, now: Millis) -> Database {
    let mut database = database.clone();
    if let Some(standard) = &mut database.standard {
        standard.settle(now);
    }
    database
}

/// The row of the first database of `app` that is not deleted and matches `is`.
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

/// The current database with this id, for a change.
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

/// The same, for a standard database; `no` is the message for free ones.
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
