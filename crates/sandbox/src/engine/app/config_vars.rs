//! Config variables. Every change is a release, and restarts the app unless the request
//! says otherwise; setting the same value again is not a change.

use std::collections::BTreeMap;

use backoffice_contract::config::MAX_TOTAL_BYTES;
use backoffice_contract::{ApiError, Secret, op, rules};
use serde_json::json;

use crate::engine::app::App;
use crate::engine::app::{activity, release};
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply, invalid};
use crate::engine::{Millis, World, app};

pub(crate) fn list(
    world: &mut World,
    cx: &Context<'_>,
    op: op::ListConfigs,
) -> Outcome<op::ListConfigs> {
    let app = app::open(world, cx, &op.app)?;
    let configs = of(world, &app);
    Ok(Reply::Data(configs.into_iter().map(|(key, value)| (key, Secret::from(value))).collect()))
}

pub(crate) fn set(
    world: &mut World,
    cx: &Context<'_>,
    op: op::SetConfigs,
) -> Outcome<op::SetConfigs> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    if op.body.configs.is_empty() {
        return Err(invalid("configs", "can't be blank.").into());
    }
    let mut changes = BTreeMap::new();
    for (key, value) in op.body.configs {
        rules::config_key(&key)
            .map_err(|fragment| invalid("configs", format!("are invalid: `{key}` {fragment}")))?;
        changes.insert(key, value.expose().to_owned());
    }
    if let Some(summary) = merge(world, &app, changes)? {
        activity::note(world, &mut app, cx, &summary);
        release::add_for_config(world, &mut app, summary, !op.body.avoid_restart, cx.now);
        app::save(world, app);
    }
    Ok(Reply::Data(json!("created")))
}

/// Removes one variable; one that is not set is a 404.
pub(crate) fn unset(
    world: &mut World,
    cx: &Context<'_>,
    op: op::UnsetConfig,
) -> Outcome<op::UnsetConfig> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    let key = op.body.key;
    let mut configs = of(world, &app);
    if configs.remove(&key).is_none() {
        let error = ApiError::new(404, format!("There is no config variable `{key}`."));
        return Err(error.into());
    }
    world.configs.insert(app.name.clone(), configs);
    let summary = format!("Unset `{key}` config var.");
    activity::note(world, &mut app, cx, &summary);
    release::add_for_config(world, &mut app, summary, true, cx.now);
    app::save(world, app);
    Ok(Reply::Raw(json!("deleted")))
}

/// Copies all variables of another app; variables that only this app has stay.
pub(crate) fn copy(
    world: &mut World,
    cx: &Context<'_>,
    op: op::CopyConfigs,
) -> Outcome<op::CopyConfigs> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    if op.body.from.is_empty() {
        return Err(invalid("from", "can't be blank.").into());
    }
    let from = app::open(world, cx, &op.body.from)
        .map_err(|_| invalid("from", "is not one of your apps."))?;
    let changes = of(world, &from);
    if merge(world, &app, changes)?.is_some() {
        let summary = format!("Copied config vars from {}.", from.name);
        activity::note(world, &mut app, cx, &summary);
        release::add_for_config(world, &mut app, summary, true, cx.now);
        app::save(world, app);
    }
    Ok(Reply::Data(json!("copied")))
}

/// Sets variables that are not set yet, as creating a database does, in one release.
/// The caller saves the app.
pub(crate) fn set_missing(
    world: &mut World,
    app: &mut App,
    defaults: [(&str, String); 2],
    now: Millis,
) -> Result<(), ApiError> {
    let set = of(world, app);
    let missing = defaults
        .into_iter()
        .filter(|(key, _)| !set.contains_key(*key))
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
    if let Some(summary) = merge(world, app, missing)? {
        release::add_for_config(world, app, summary, true, now);
    }
    Ok(())
}

/// The variables of an app.
pub(crate) fn of(world: &World, app: &App) -> BTreeMap<String, String> {
    world.configs.get(&app.name).cloned().unwrap_or_default()
}

/// Merges `changes` into the variables of `app`; returns a summary of the changes, if any.
fn merge(
    world: &mut World,
    app: &App,
    changes: BTreeMap<String, String>,
) -> Result<Option<String>, ApiError> {
    let mut configs = of(world, app);
    let mut changed = Vec::new();
    for (key, value) in changes {
        if configs.get(&key) != Some(&value) {
            changed.push(format!("`{key}`"));
            configs.insert(key, value);
        }
    }
    if changed.is_empty() {
        return Ok(None);
    }
    let total: usize = configs.iter().map(|(key, value)| key.len() + value.len()).sum();
    if total > MAX_TOTAL_BYTES {
        return Err(invalid("configs", "can take at most 32 kB in all."));
    }
    world.configs.insert(app.name.clone(), configs);
    let plural = if changed.len() == 1 { "" } else { "s" };
    Ok(Some(format!("Set {} config var{plural}.", changed.join(", "))))
}

#[cfg(test)]
mod tests;
