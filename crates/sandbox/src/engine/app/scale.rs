//! Changing the number and size of replicas, and restarting them.

use backoffice_contract::app::Scale;
use backoffice_contract::{op, rules};
use serde_json::json;

use crate::engine::account::{meter, user};
use crate::engine::app::{activity, release};
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply, check, invalid};
use crate::engine::{World, app};

pub(crate) fn scale(
    world: &mut World,
    cx: &Context<'_>,
    op: op::ScaleApp,
) -> Outcome<op::ScaleApp> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    let replicas = op.body.replicas.unwrap_or(app.replicas);
    let size = op.body.size.unwrap_or(app.size);
    check("replicas", rules::replicas(replicas))?;
    check("size", rules::size(size))?;
    if user::get(world, app.owner)?.is_free() {
        if replicas > 1 {
            let limit = "is limited to 1 on the free tier. Upgrade your account for more.";
            return Err(invalid("replicas", limit).into());
        }
        if !same(size, rules::FREE_SIZE) {
            let limit = "is limited to 0.2 on the free tier. Upgrade your account for more.";
            return Err(invalid("size", limit).into());
        }
    }
    let resized = !same(size, app.size);
    if resized || replicas != app.replicas {
        activity::note(world, &mut app, cx, &format!("Scaled to {replicas} × {size}."));
        app.replicas = replicas;
        app.size = size;
        meter::follow(world, &app, cx.now);
        if let Some(release) = release::runnable(world, &app) {
            if resized {
                app.replace_pods(&release, cx.now);
            } else {
                app.scale_pods(&release, cx.now);
            }
        }
        app::save(world, app);
    }
    Ok(Reply::Data(Scale { replicas: Some(replicas), size: Some(size) }))
}

pub(crate) fn restart(
    world: &mut World,
    cx: &Context<'_>,
    op: op::RestartApp,
) -> Outcome<op::RestartApp> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    activity::note(world, &mut app, cx, "Restarted the app.");
    if let Some(release) = release::runnable(world, &app) {
        app.replace_pods(&release, cx.now);
    }
    app::save(world, app);
    Ok(Reply::Raw(json!("restarted")))
}

/// Sizes come in steps of 0.1.
fn same(one: f64, other: f64) -> bool {
    (one - other).abs() < 0.05
}

#[cfg(test)]
mod tests;
