//! Releases, and rollbacks to older ones.
//!
//! A rollback only uses the old slug: config variables stay the same.

use backoffice_contract::release::LatestRelease;
use backoffice_contract::{ApiError, op};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::engine::app::App;
use crate::engine::app::activity;
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply, refused};
use crate::engine::{Millis, World, app, time};

/// A numbered pair of a slug and a config.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Release {
    pub(crate) version: u64,
    /// The commit of the slug; empty before the first deploy.
    pub(crate) sha: String,
    created_at: Millis,
    summary: String,
    /// Whether its pods will pass health checks.
    pub(crate) healthy: bool,
}

impl Release {
    pub(crate) fn has_slug(&self) -> bool {
        !self.sha.is_empty()
    }
}

/// Lists the releases, newest first; versions are sent as numbers.
pub(crate) fn list(
    world: &mut World,
    cx: &Context<'_>,
    op: op::ListReleases,
) -> Outcome<op::ListReleases> {
    let rows = app::open(world, cx, &op.app)?.rows();
    let list: Value = world
        .releases
        .with_prefix(&rows)
        .rev()
        .map(|(_, release)| {
            json!({
                "version": release.version,
                "sha": release.sha,
                "created_at": time::rfc3339(release.created_at),
                "summary": release.summary,
            })
        })
        .collect();
    Ok(Reply::Raw(list))
}

pub(crate) fn show_latest(
    world: &mut World,
    cx: &Context<'_>,
    op: op::GetLatestRelease,
) -> Outcome<op::GetLatestRelease> {
    let app = app::open(world, cx, &op.app)?;
    let release =
        latest(world, &app).ok_or_else(|| ApiError::new(404, "There is no release yet."))?;
    Ok(Reply::Data(LatestRelease {
        customer_app_name: app.code_name(),
        version: release.version.to_string(),
        sha: release.sha,
    }))
}

pub(crate) fn rollback(
    world: &mut World,
    cx: &Context<'_>,
    op: op::RollbackRelease,
) -> Outcome<op::RollbackRelease> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    let version = op.version.strip_prefix('v').unwrap_or(&op.version);
    let old = version.parse().ok().and_then(|version| world.releases.get(&app.row(version)));
    let old = old
        .cloned()
        .ok_or_else(|| ApiError::new(404, format!("There is no release `{}`.", op.version)))?;
    if !old.has_slug() {
        return Err(refused("That release is from before the first deploy.").into());
    }
    let summary = format!("Rolled back to v{}.", old.version);
    activity::note(world, &mut app, cx, &summary);
    let release = add(world, &mut app, &old.sha, old.healthy, summary, cx.now);
    app.replace_pods(&release, cx.now);
    app::save(world, app);
    Ok(Reply::Raw(json!("rolled back")))
}

/// The newest release.
pub(crate) fn latest(world: &World, app: &App) -> Option<Release> {
    world.releases.get(&app.row(app.version)).cloned()
}

/// The newest release, if it holds a slug that can run.
pub(crate) fn runnable(world: &World, app: &App) -> Option<Release> {
    latest(world, app).filter(Release::has_slug)
}

/// Adds a release. The caller saves the app.
pub(crate) fn add(
    world: &mut World,
    app: &mut App,
    sha: &str,
    healthy: bool,
    summary: String,
    now: Millis,
) -> Release {
    app.version += 1;
    let release =
        Release { version: app.version, sha: sha.to_owned(), created_at: now, summary, healthy };
    world.releases.insert(app.row(app.version), release.clone());
    release
}

/// Adds a release with the newest slug, as every change of the config does, and restarts
/// the app on it if requested. The caller saves the app.
pub(crate) fn add_for_config(
    world: &mut World,
    app: &mut App,
    summary: String,
    restart: bool,
    now: Millis,
) {
    let (sha, healthy) =
        latest(world, app).map_or((String::new(), true), |last| (last.sha, last.healthy));
    let release = add(world, app, &sha, healthy, summary, now);
    if restart && release.has_slug() {
        app.replace_pods(&release, now);
    }
}

#[cfg(test)]
mod tests;
