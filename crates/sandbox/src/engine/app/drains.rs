//! Log drains. The sandbox sends nothing to them.

use backoffice_contract::network::MAX_DRAINS;
use backoffice_contract::{ApiError, drain_url, op};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::engine::app::activity;
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply, invalid};
use crate::engine::world::uuid;
use crate::engine::{World, app};

/// The address for log lines.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Drain {
    id: u64,
    url: String,
    token: String,
}

/// Lists the drains; their ids are sent as numbers.
pub(crate) fn list(
    world: &mut World,
    cx: &Context<'_>,
    op: op::ListDrains,
) -> Outcome<op::ListDrains> {
    let rows = app::open(world, cx, &op.app)?.rows();
    let list: Value = world
        .drains
        .with_prefix(&rows)
        .map(|(_, drain)| json!({ "id": drain.id, "url": drain.url, "token": drain.token }))
        .collect();
    Ok(Reply::Raw(list))
}

pub(crate) fn add(world: &mut World, cx: &Context<'_>, op: op::AddDrain) -> Outcome<op::AddDrain> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    let url = op.body.url.expose().trim();
    let host = drain_url::parse(url).map_err(|fragment| invalid("url", fragment))?.host;
    let rows = app.rows();
    if world.drains.with_prefix(&rows).any(|(_, drain)| drain.url == url) {
        return Err(invalid("url", "has already been taken").into());
    }
    if world.drains.with_prefix(&rows).count() >= MAX_DRAINS {
        return Err(invalid("url", "is one too many: an app can have 5 drains.").into());
    }
    let drain = Drain {
        id: world.next_id(),
        url: url.to_owned(),
        token: format!("d.{}", uuid(&world.random_hex::<16>())),
    };
    activity::note(world, &mut app, cx, &format!("Added a log drain to {host}."));
    world.drains.insert(app.row(drain.id), drain);
    app::save(world, app);
    Ok(Reply::Data(Default::default()))
}

pub(crate) fn remove(
    world: &mut World,
    cx: &Context<'_>,
    op: op::RemoveDrain,
) -> Outcome<op::RemoveDrain> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    let id = op.body.drain_id.trim().parse().ok();
    let drain = id
        .and_then(|id| world.drains.remove(&app.row(id)))
        .ok_or_else(|| ApiError::new(404, "There is no such drain."))?;
    let host = drain_url::parse(&drain.url).map(|url| url.host).unwrap_or_default();
    activity::note(world, &mut app, cx, &format!("Removed the log drain to {host}."));
    app::save(world, app);
    Ok(Reply::Data(Default::default()))
}

#[cfg(test)]
mod tests;
