//! The canary of an app: another app of the same owner that gets a share of its traffic.
//! Nothing serves requests here, so the share is only stored.

use backoffice_contract::network::Canary as WireCanary;
use backoffice_contract::{ApiError, op, rules};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::engine::app::activity;
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply, check, invalid};
use crate::engine::{World, app};

/// The canary of the app that its row is named after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Canary {
    app: String,
    /// In percent.
    weight: u32,
}

/// Lists the canary, if there is one.
pub(crate) fn list(
    world: &mut World,
    cx: &Context<'_>,
    op: op::ListCanaries,
) -> Outcome<op::ListCanaries> {
    let app = app::open(world, cx, &op.app)?;
    let canary = world.canaries.get(&app.name);
    let wire = |canary: &Canary| WireCanary { canary: canary.app.clone(), weight: canary.weight };
    Ok(Reply::Data(canary.map(wire).into_iter().collect()))
}

/// Sets app, share, or both. The share of a first canary is 0 unless it is given.
pub(crate) fn set(
    world: &mut World,
    cx: &Context<'_>,
    op: op::SetCanary,
) -> Outcome<op::SetCanary> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    let current = world.canaries.get(&app.name).cloned();
    let other = match (op.body.canary, &current) {
        (Some(name), _) => name.trim().to_ascii_lowercase(),
        (None, Some(current)) => current.app.clone(),
        (None, None) => return Err(invalid("canary", "can't be blank.").into()),
    };
    if other == app.name {
        return Err(invalid("canary", "can't be the app itself.").into());
    }
    app::open(world, cx, &other)
        .ok()
        .filter(|other| other.owner == app.owner)
        .ok_or_else(|| invalid("canary", "is not another app of the same owner."))?;
    let kept = current.as_ref().map(|current| current.weight).unwrap_or_default();
    let weight = op.body.weight.unwrap_or(kept);
    check("weight", rules::weight(weight))?;
    let canary = Canary { app: other, weight };
    let answer = json!({ "canary": canary.app, "weight": canary.weight });
    if current.as_ref() != Some(&canary) {
        let summary = format!("Sent {weight} % of the traffic to {}.", canary.app);
        activity::note(world, &mut app, cx, &summary);
        world.canaries.insert(app.name.clone(), canary);
        app::save(world, app);
    }
    Ok(Reply::Data(answer))
}

pub(crate) fn unset(
    world: &mut World,
    cx: &Context<'_>,
    op: op::UnsetCanary,
) -> Outcome<op::UnsetCanary> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    if world.canaries.get(&app.name).is_none_or(|canary| canary.app != op.canary) {
        return Err(ApiError::new(404, format!("`{}` is no canary of the app.", op.canary)).into());
    }
    world.canaries.remove(&app.name);
    activity::note(world, &mut app, cx, &format!("Removed the canary {}.", op.canary));
    app::save(world, app);
    Ok(Reply::Data(Default::default()))
}

/// Removes the canary of a deleted app, and the app as a canary of others.
pub(crate) fn forget(world: &mut World, app: &str) {
    world.canaries.remove_where(|of, canary| of == app || canary.app == app);
}

#[cfg(test)]
mod tests;
