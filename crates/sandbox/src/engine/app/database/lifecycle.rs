//! Changes to a database while it exists, and its end. Operations that take minutes begin
//! here and end by the clock.

use backoffice_contract::database::{Plan, newer_versions};
use backoffice_contract::{ApiError, op, rules};
use serde_json::json;

use crate::engine::account::meter;
use crate::engine::app;
use crate::engine::app::activity;
use crate::engine::app::database::create::known_version;
use crate::engine::app::database::{ChangeKind, find, missing, open, open_standard};
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply, check, invalid, refused};
use crate::engine::time::MINUTE;
use crate::engine::{Millis, World};

const RESTART: Millis = MINUTE;
const START: Millis = 2 * MINUTE;
const UPGRADE: Millis = 8 * MINUTE;

/// Changes the size, or high availability, or both. Setting the current value is not a
/// change.
pub(crate) fn scale(
    world: &mut World,
    cx: &Context<'_>,
    op: op::ScaleDatabase,
) -> Outcome<op::ScaleDatabase> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    let draw = world.random_below(1_000);
    let no = "A free database has one size only. Create a standard one for more.";
    let standard = open_standard(world, &app, &op.database, cx.now, no)?;
    let high_availability = match op.body.high_availability.as_deref() {
        None => standard.high_availability,
        Some("enabled") => true,
        Some("disabled") => false,
        Some(_) => {
            return Err(invalid("high_availability", "must be enabled or disabled.").into());
        }
    };
    if op.body.size.is_none() && op.body.high_availability.is_none() {
        return Err(invalid("size", "can't be blank.").into());
    }
    let size = op.body.size.unwrap_or(standard.size);
    check("size", rules::database_size(size))?;
    standard.running()?;
    let mut done = Vec::new();
    if (size - standard.size).abs() > 1e-6 {
        done.push(format!("Scaled database {} to size {size}.", op.database));
    }
    if high_availability != standard.high_availability {
        let to = if high_availability { "on" } else { "off" };
        done.push(format!("Turned high availability of database {} {to}.", op.database));
    }
    if done.is_empty() {
        return Ok(Reply::Data(Default::default()));
    }
    let takes = minutes_to_scale(standard.size, size, draw) * MINUTE;
    standard.begin(ChangeKind::Resize { size, high_availability }, cx.now.saturating_add(takes));
    for summary in done {
        activity::note(world, &mut app, cx, &summary);
    }
    meter::follow(world, &app, cx.now);
    app::save(world, app);
    Ok(Reply::Data(Default::default()))
}

/// Minutes that a change between two sizes takes: as long as the slower one of them.
fn minutes_to_scale(from: f64, to: f64, draw: u64) -> Millis {
    let slower = if from < to { from } else { to };
    let (least, most) = Plan::of(slower).map_or((10, 25), Plan::minutes_to_scale);
    let (least, most) = (u64::from(least), u64::from(most));
    least + draw % (most - least + 1)
}

pub(crate) fn restart(
    world: &mut World,
    cx: &Context<'_>,
    op: op::RestartDatabase,
) -> Outcome<op::RestartDatabase> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    let no = "A free database shares its server with others and cannot be restarted.";
    let standard = open_standard(world, &app, &op.database, cx.now, no)?;
    standard.running()?;
    standard.begin(ChangeKind::Restart, cx.now.saturating_add(RESTART));
    activity::note(world, &mut app, cx, &format!("Restarted database {}.", op.database));
    app::save(world, app);
    Ok(Reply::Data(Default::default()))
}

/// Stops a database immediately. A stopped one stays stopped.
pub(crate) fn stop(
    world: &mut World,
    cx: &Context<'_>,
    op: op::StopDatabase,
) -> Outcome<op::StopDatabase> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    let no = "A free database shares its server with others and cannot be stopped.";
    let standard = open_standard(world, &app, &op.database, cx.now, no)?;
    standard.at_rest()?;
    if !std::mem::replace(&mut standard.stopped, true) {
        activity::note(world, &mut app, cx, &format!("Stopped database {}.", op.database));
        app::save(world, app);
    }
    Ok(Reply::Data(Default::default()))
}

/// Starts a stopped database. A running one keeps running.
pub(crate) fn start(
    world: &mut World,
    cx: &Context<'_>,
    op: op::StartDatabase,
) -> Outcome<op::StartDatabase> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    let no = "A free database shares its server with others and always runs.";
    let standard = open_standard(world, &app, &op.database, cx.now, no)?;
    standard.at_rest()?;
    if std::mem::take(&mut standard.stopped) {
        standard.begin(ChangeKind::Start, cx.now.saturating_add(START));
        activity::note(world, &mut app, cx, &format!("Started database {}.", op.database));
        app::save(world, app);
    }
    Ok(Reply::Data(Default::default()))
}

/// Upgrades a database to a newer major version, which cannot be undone.
pub(crate) fn upgrade(
    world: &mut World,
    cx: &Context<'_>,
    op: op::UpgradeDatabase,
) -> Outcome<op::UpgradeDatabase> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    let no = "The version of a free database cannot be chosen.";
    let standard = open_standard(world, &app, &op.database, cx.now, no)?;
    let version = known_version(op.body.version)?;
    if !newer_versions(&standard.version).contains(&version.as_str()) {
        let newer = format!("must be newer than {}.", standard.version);
        return Err(invalid("version", newer).into());
    }
    standard.running()?;
    let summary = format!("Upgraded database {} to {version}.", op.database);
    standard.begin(ChangeKind::Upgrade { version }, cx.now.saturating_add(UPGRADE));
    activity::note(world, &mut app, cx, &summary);
    app::save(world, app);
    Ok(Reply::Data(json!({})))
}

/// Deletes a database with its backups and replicas, whatever its state, or one of its
/// replicas. A deleted database stays in the list. Config variables with its address stay
/// as well, since the user may have set them.
pub(crate) fn delete(
    world: &mut World,
    cx: &Context<'_>,
    op: op::DeleteDatabase,
) -> Outcome<op::DeleteDatabase> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    let summary = match open(world, &app, &op.database, cx.now) {
        Ok(database) => {
            database.deleted = true;
            if let Some(standard) = &mut database.standard {
                standard.change = None;
                standard.replicas.clear();
            }
            format!("Deleted database {}.", op.database)
        }
        Err(_) => {
            delete_replica(world, &app, &op.database)?;
            format!("Deleted read replica {}.", op.database)
        }
    };
    activity::note(world, &mut app, cx, &summary);
    meter::follow(world, &app, cx.now);
    app::save(world, app);
    Ok(Reply::Data(Default::default()))
}

fn delete_replica(world: &mut World, app: &app::App, id: &str) -> Result<(), ApiError> {
    let has = |standard: &crate::engine::app::database::Standard| {
        standard.replicas.iter().any(|copy| copy.id == id)
    };
    let row = find(world, app, |database| database.standard.as_ref().is_some_and(has));
    let database = row.and_then(|row| world.databases.get_mut(&row)).ok_or_else(missing)?;
    let standard = database.standard.as_mut().ok_or_else(|| refused("It has no replicas."))?;
    standard.replicas.retain(|copy| copy.id != id);
    Ok(())
}
