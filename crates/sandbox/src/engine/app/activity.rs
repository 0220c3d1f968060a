//! The changes to an app, and their authors.

use backoffice_contract::app::ActivityEntry;
use backoffice_contract::op;
use serde::{Deserialize, Serialize};

use crate::engine::account::user;
use crate::engine::app::App;
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply};
use crate::engine::{Millis, World, app, time};

/// How many entries an app keeps.
const MAX_ENTRIES: u64 = 200;

/// A change.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Activity {
    pub(crate) at: Millis,
    email: String,
    pub(crate) summary: String,
}

/// Lists the changes, newest first.
pub(crate) fn list(
    world: &mut World,
    cx: &Context<'_>,
    op: op::ListActivity,
) -> Outcome<op::ListActivity> {
    let rows = app::open(world, cx, &op.app)?.rows();
    let entries = world.activities.with_prefix(&rows).rev();
    let entries = entries.map(|(_, activity)| ActivityEntry {
        created_at: time::rfc3339(activity.at),
        email: activity.email.clone(),
        summary: activity.summary.clone(),
    });
    Ok(Reply::Data(entries.collect()))
}

/// Records a change by the caller, who must save the app.
pub(crate) fn note(world: &mut World, app: &mut App, cx: &Context<'_>, summary: &str) {
    note_by(world, app, cx.user, summary, cx.now);
}

/// Records a change by a user. The caller saves the app.
pub(crate) fn note_by(world: &mut World, app: &mut App, user: u64, summary: &str, at: Millis) {
    let email = user::get(world, user).map(|user| user.email).unwrap_or_default();
    app.activities += 1;
    let entry = Activity { at, email, summary: summary.to_owned() };
    world.activities.insert(app.row(app.activities), entry);
    if let Some(old) = app.activities.checked_sub(MAX_ENTRIES) {
        world.activities.remove(&app.row(old));
    }
}
