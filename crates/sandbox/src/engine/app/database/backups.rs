//! Backups: one per day since a database was created, of which the last seven are kept.
//! They are not stored, but computed from the clock.

use backoffice_contract::database::{BACKUPS_KEPT, Backup};
use backoffice_contract::{ApiError, op};
use serde_json::json;

use crate::engine::app;
use crate::engine::app::activity;
use crate::engine::app::database::{ChangeKind, Database, open, open_standard};
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply};
use crate::engine::time::{self, DAY, HOUR, MINUTE};
use crate::engine::{Millis, World};

/// The time of day at which backups are made, in UTC.
const TIME_OF_DAY: Millis = 3 * HOUR + 12 * MINUTE;
const RESTORE: Millis = 12 * MINUTE;

const NONE: &str = "A free database has no backups. Create a standard one to have them.";

/// Lists the backups, newest first.
pub(crate) fn list(
    world: &mut World,
    cx: &Context<'_>,
    op: op::ListBackups,
) -> Outcome<op::ListBackups> {
    let app = app::open(world, cx, &op.app)?;
    open_standard(world, &app, &op.database, cx.now, NONE)?;
    let database = open(world, &app, &op.database, cx.now)?;
    let backups =
        of(database, cx.now).map(|at| Backup { id: id(at), created_at: Some(time::rfc3339(at)) });
    Ok(Reply::Data(backups.collect()))
}

/// Overwrites a database with one of its backups.
pub(crate) fn restore(
    world: &mut World,
    cx: &Context<'_>,
    op: op::RestoreBackup,
) -> Outcome<op::RestoreBackup> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    open_standard(world, &app, &op.database, cx.now, NONE)?;
    let database = open(world, &app, &op.database, cx.now)?;
    if !of(database, cx.now).any(|at| id(at) == op.backup) {
        return Err(ApiError::new(404, "There is no such backup.").into());
    }
    if let Some(standard) = &mut database.standard {
        standard.running()?;
        standard.begin(ChangeKind::Restore, cx.now.saturating_add(RESTORE));
    }
    let summary = format!("Restored database {} from backup {}.", op.database, op.backup);
    activity::note(world, &mut app, cx, &summary);
    app::save(world, app);
    Ok(Reply::Data(json!({})))
}

/// The times of the backups that are kept, latest first.
fn of(database: &Database, now: Millis) -> impl Iterator<Item = Millis> + use<> {
    let created_at = database.created_at;
    let today = now / DAY * DAY + TIME_OF_DAY;
    let last = if today <= now { today } else { today.saturating_sub(DAY) };
    (0..Millis::from(BACKUPS_KEPT))
        .map(move |days| last.saturating_sub(days * DAY))
        .take_while(move |at| *at > created_at)
}

/// The name of the backup at this time, for example `backup-20261124`.
fn id(at: Millis) -> String {
    let day: String = time::rfc3339(at).chars().take(10).filter(char::is_ascii_digit).collect();
    format!("backup-{day}")
}
