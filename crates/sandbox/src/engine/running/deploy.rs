//! The simulated `git push`: a build that takes a while, then a release.
//!
//! A build is decided when it starts; its release comes exactly when the build ends,
//! however late the app is read.

use backoffice_contract::ApiError;
use serde::{Deserialize, Serialize};

use crate::engine::account::meter;
use crate::engine::app::App;
use crate::engine::app::{activity, release};
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{invalid, refused};
use crate::engine::running::build_output;
use crate::engine::{Millis, World, app};

/// How many builds are remembered, for their log lines.
const MAX_BUILDS: usize = 10;

/// Branches that are deployed.
const BRANCHES: [&str; 2] = ["main", "master"];

/// Body of the simulated push.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PushRequest {
    pub(crate) branch: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) sha: Option<String>,
    pub(crate) outcome: Outcome,
}

/// The planned outcome of a push.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// It builds, is released and becomes healthy.
    #[default]
    Ok,
    /// It does not build.
    BuildFails,
    /// It is released, but never passes a health check.
    Unhealthy,
}

/// A build of a slug.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Build {
    pub(crate) from: Millis,
    pub(crate) until: Millis,
    pub(crate) branch: String,
    pub(crate) sha: String,
    pub(crate) message: String,
    pub(crate) stack: String,
    pub(crate) outcome: Outcome,
    user: u64,
    /// Whether its result has been applied.
    settled: bool,
}

impl Build {
    /// Whether a release will follow.
    pub(crate) fn succeeds(&self) -> bool {
        self.outcome != Outcome::BuildFails
    }

    /// The commit's usual short form.
    pub(crate) fn short_sha(&self) -> String {
        self.sha.chars().take(7).collect()
    }
}

/// The result of a push.
pub(crate) enum Pushed {
    /// A build has started.
    Started(Build),
    /// Nothing: the branch is not deployed.
    Ignored(String),
}

/// Pushes to an app.
pub(crate) fn push(
    world: &mut World,
    cx: &Context<'_>,
    name: &str,
    request: PushRequest,
) -> Result<Pushed, ApiError> {
    let mut app = app::open_to_change(world, cx, name)?;
    let branch = request.branch.unwrap_or_else(|| "main".to_owned());
    let branch = branch.strip_prefix("refs/heads/").unwrap_or(&branch);
    if !BRANCHES.contains(&branch) {
        return Ok(Pushed::Ignored(branch.to_owned()));
    }
    if app.builds.last().is_some_and(|build| cx.now < build.until) {
        return Err(refused("A build of this app is running already."));
    }
    let sha = match request.sha {
        Some(sha) if sha.len() != 40 || !sha.chars().all(|c| c.is_ascii_hexdigit()) => {
            return Err(invalid("sha", "must be 40 hexadecimal digits."));
        }
        Some(sha) => sha.to_ascii_lowercase(),
        None => world.random_hex::<20>(),
    };
    let build = Build {
        from: cx.now,
        until: cx.now.saturating_add(build_output::duration(request.outcome)),
        branch: branch.to_owned(),
        sha,
        message: request.message.unwrap_or_else(|| "Update".to_owned()),
        stack: app.stack.clone(),
        outcome: request.outcome,
        user: cx.user,
        settled: false,
    };
    if app.builds.len() >= MAX_BUILDS {
        app.builds.remove(0);
    }
    app.builds.push(build.clone());
    app::save(world, app);
    Ok(Pushed::Started(build))
}

/// The output of a build, each line with the time since its start.
pub(crate) fn output(world: &World, name: &str, build: &Build) -> Vec<(Millis, String)> {
    world.apps.get(name).map(|app| build_output::lines(app, build)).unwrap_or_default()
}

/// Does everything that is due by `now`, as of the time at which it was due.
pub(crate) fn settle(world: &mut World, mut app: App, now: Millis) -> App {
    // Only the last build can be running: while it runs, the next one is refused.
    let Some(build) = app.builds.last_mut().filter(|build| !build.settled && build.until <= now)
    else {
        return app;
    };
    build.settled = true;
    let build = build.clone();
    let sha = build.short_sha();
    if build.outcome == Outcome::BuildFails {
        let summary = format!("Build of commit `{sha}` failed: nothing was released.");
        activity::note_by(world, &mut app, build.user, &summary, build.until);
    } else {
        if release::runnable(world, &app).is_none() && app.replicas == 0 {
            app.replicas = 1;
        }
        let healthy = build.outcome == Outcome::Ok;
        let summary = format!("Deployed commit `{sha}`.");
        let release =
            release::add(world, &mut app, &build.sha, healthy, summary.clone(), build.until);
        activity::note_by(world, &mut app, build.user, &summary, build.until);
        app.replace_pods(&release, build.until);
        meter::follow(world, &app, build.until);
    }
    app::save(world, app.clone());
    app
}

#[cfg(test)]
mod tests;
