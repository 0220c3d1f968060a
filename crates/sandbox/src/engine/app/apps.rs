//! Listing, creating, showing and deleting apps, and their small settings.

use backoffice_contract::app::SshIp;
use backoffice_contract::region::{self, CLOUDS, STACKS};
use backoffice_contract::{ApiError, op, rules};
use serde_json::json;

use crate::engine::account::{meter, user};
use crate::engine::app::App;
use crate::engine::app::{access, activity, canaries, domains, names};
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply, check, invalid, refused};
use crate::engine::{World, app};

/// The size of the replicas of a new app on the standard tier.
const STANDARD_SIZE: f64 = 0.3;

pub(crate) fn list(world: &mut World, cx: &Context<'_>, _: op::ListApps) -> Outcome<op::ListApps> {
    let open = world.apps.iter().filter(|(_, app)| access::standing(world, app, cx.user).is_some());
    let names: Vec<String> = open.map(|(name, _)| name.to_owned()).collect();
    let apps = names.iter().filter_map(|name| app::settled(world, name, cx.now));
    Ok(Reply::Data(apps.map(|app| app.wire()).collect()))
}

pub(crate) fn create(
    world: &mut World,
    cx: &Context<'_>,
    op: op::CreateApp,
) -> Outcome<op::CreateApp> {
    let user = user::get(world, cx.user)?;
    let (cloud, region) = place(op.body.cloud.as_deref(), op.body.region.as_deref())?;
    let stack = op.body.stack.as_deref().unwrap_or(region::DEFAULT_STACK);
    check_stack(stack)?;
    let wanted = op.body.unique_name.as_deref().map(|name| name.trim().to_ascii_lowercase());
    if let Some(name) = &wanted {
        check("unique_name", rules::app_name(name))?;
    }
    if user.is_free() && world.apps.iter().any(|(_, app)| app.owner == user.id) {
        let limit = "The free tier is limited to 1 app. Upgrade your account to create more.";
        return Err(refused(limit).into());
    }
    let name = match wanted {
        Some(name) if world.apps.contains(&name) => {
            return Err(invalid("unique_name", "has already been taken").into());
        }
        Some(name) => name,
        None => names::app_name(world),
    };
    let mut app = App {
        id: world.next_id(),
        name,
        owner: user.id,
        cloud: cloud.to_owned(),
        region: region.to_owned(),
        stack: stack.to_owned(),
        size: if user.is_free() { rules::FREE_SIZE } else { STANDARD_SIZE },
        replicas: 0,
        maintenance: false,
        maintenance_changes: Vec::new(),
        seed: world.random_below(u64::MAX),
        version: 0,
        activities: 0,
        generation: 0,
        serial: 0,
        migrated: None,
        pods: Vec::new(),
        jobs: Vec::new(),
        builds: Vec::new(),
    };
    activity::note(world, &mut app, cx, "Created the app.");
    let answer = app.wire();
    app::save(world, app);
    Ok(Reply::Data(answer))
}

pub(crate) fn show(world: &mut World, cx: &Context<'_>, op: op::GetApp) -> Outcome<op::GetApp> {
    Ok(Reply::Data(app::open(world, cx, &op.app)?.wire()))
}

/// Deletes an app with everything that belongs to it; its name is free again.
pub(crate) fn delete(
    world: &mut World,
    cx: &Context<'_>,
    op: op::DeleteApp,
) -> Outcome<op::DeleteApp> {
    let app = app::open_as_owner(world, cx, &op.app)?;
    meter::close(world, &app, cx.now);
    let rows = app.rows();
    world.configs.remove(&app.name);
    world.drains.remove_where(|key, _| key.starts_with(&rows));
    world.collaborators.remove_where(|key, _| key.starts_with(&rows));
    domains::forget(world, &app.name);
    canaries::forget(world, &app.name);
    world.releases.remove_where(|key, _| key.starts_with(&rows));
    world.activities.remove_where(|key, _| key.starts_with(&rows));
    world.databases.remove_where(|key, _| key.starts_with(&rows));
    world.apps.remove(&app.name);
    Ok(Reply::Raw(json!("deleted")))
}

pub(crate) fn set_stack(
    world: &mut World,
    cx: &Context<'_>,
    op: op::SetStack,
) -> Outcome<op::SetStack> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    check_stack(&op.body.stack)?;
    if app.stack != op.body.stack {
        activity::note(world, &mut app, cx, &format!("Set the stack to {}.", op.body.stack));
        app.stack = op.body.stack;
        app::save(world, app);
    }
    Ok(Reply::Data(Default::default()))
}

pub(crate) fn set_maintenance(
    world: &mut World,
    cx: &Context<'_>,
    op: op::SetMaintenance,
) -> Outcome<op::SetMaintenance> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    let state = if op.body.enable { "enabled" } else { "disabled" };
    if app.maintenance != op.body.enable {
        activity::note(world, &mut app, cx, &format!("Maintenance mode {state}."));
        app.set_maintenance(op.body.enable, cx.now);
        app::save(world, app);
    }
    Ok(Reply::Raw(json!(format!("maintenance mode {state}"))))
}

/// An address from a block that is reserved for documentation (RFC 5737): nothing listens
/// there.
pub(crate) fn ssh_ip(
    world: &mut World,
    cx: &Context<'_>,
    op: op::GetSshIp,
) -> Outcome<op::GetSshIp> {
    let app = app::open(world, cx, &op.app)?;
    Ok(Reply::Data(SshIp { ssh_ip: format!("203.0.113.{}", app.seed % 254 + 1) }))
}

/// The cloud and region of a request: a region implies its cloud, a cloud its default
/// region, and an empty request the platform's default.
pub(crate) fn place(
    cloud: Option<&str>,
    region: Option<&str>,
) -> Result<(&'static str, &'static str), ApiError> {
    let cloud = match cloud {
        Some(id) => Some(region::cloud(id).ok_or_else(|| invalid("cloud", "must be gcp or aws."))?),
        None => None,
    };
    let Some(id) = region else {
        let cloud = cloud.or(CLOUDS.first());
        return cloud
            .and_then(|cloud| Some((cloud.id, cloud.regions.first()?.id)))
            .ok_or_else(|| invalid("region", "can't be blank."));
    };
    let home = region::cloud_of_region(id);
    let found = home.and_then(|home| {
        home.regions.iter().find(|region| region.id == id).map(|region| (home.id, region.id))
    });
    let (home, region) = found.ok_or_else(|| {
        let known: Vec<&str> =
            CLOUDS.iter().flat_map(|cloud| cloud.regions).map(|region| region.id).collect();
        invalid("region", format!("must be one of {}.", known.join(", ")))
    })?;
    match cloud {
        Some(cloud) if cloud.id != home => {
            Err(invalid("region", format!("is not a region of {}.", cloud.id)))
        }
        _ => Ok((home, region)),
    }
}

fn check_stack(stack: &str) -> Result<(), ApiError> {
    if STACKS.contains(&stack) {
        Ok(())
    } else {
        Err(invalid("stack", format!("must be one of {}.", STACKS.join(", "))))
    }
}

#[cfg(test)]
mod tests;
