//! Jobs: commands in a fresh container, whose output goes to the logs.

use backoffice_contract::app::PodStatus;
use backoffice_contract::op;
use serde::{Deserialize, Serialize};

use crate::engine::app::App;
use crate::engine::app::{activity, config_vars, release};
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply, invalid, refused};
use crate::engine::running::job_output::{self, Output};
use crate::engine::time::MINUTE;
use crate::engine::{Millis, World, app};

/// A job that takes longer is stopped.
pub(crate) const LIMIT: Millis = 5 * MINUTE;

/// How long an ended job is still listed.
const LISTED: Millis = 5 * MINUTE;

/// How many jobs are remembered, for their log lines.
const MAX_JOBS: usize = 20;

/// A running or ended command.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Job {
    pub(crate) name: String,
    pub(crate) command: Vec<String>,
    pub(crate) version: u64,
    pub(crate) sha: String,
    pub(crate) from: Millis,
    pub(crate) until: Millis,
    pub(crate) output: Output,
    /// Whether a user stopped it.
    pub(crate) killed: bool,
}

impl Job {
    pub(crate) fn status(&self, now: Millis) -> Option<PodStatus> {
        if now < self.until {
            Some(PodStatus::Running)
        } else {
            (now < self.until.saturating_add(LISTED)).then_some(PodStatus::Completed)
        }
    }

    /// Whether it ended, or will end, with a failure.
    pub(crate) fn failed(&self) -> bool {
        self.killed || self.output.exit_code != 0
    }
}

impl App {
    /// Stops a job; returns whether a job with this name exists.
    pub(crate) fn kill_job(&mut self, name: &str, now: Millis) -> bool {
        let listed = |job: &&mut Job| job.name == name && job.status(now).is_some();
        let Some(job) = self.jobs.iter_mut().find(listed) else { return false };
        if now < job.until {
            job.until = now;
            job.killed = true;
        }
        true
    }
}

pub(crate) fn run(
    world: &mut World,
    cx: &Context<'_>,
    op: op::RunCommand,
) -> Outcome<op::RunCommand> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    let command = op.body.command;
    if command.iter().all(|word| word.trim().is_empty()) {
        return Err(invalid("command", "can't be blank.").into());
    }
    let release = release::runnable(world, &app)
        .ok_or_else(|| refused("Deploy the app first: there is no release to run."))?;
    let configs = config_vars::of(world, &app);
    let output = job_output::of(&app, &release.sha, &command, &configs);
    if output.migrates && output.exit_code == 0 {
        app.migrated = Some(release.sha.clone());
    }
    let serial = app.next_serial();
    let name = format!("{}-run-{}", app.name, app.suffix(serial, 5));
    activity::note(world, &mut app, cx, &format!("Ran {name}."));
    if app.jobs.len() >= MAX_JOBS {
        app.jobs.remove(0);
    }
    app.jobs.push(Job {
        name,
        command,
        version: release.version,
        sha: release.sha,
        from: cx.now,
        until: cx.now.saturating_add(output.duration.min(LIMIT)),
        output,
        killed: false,
    });
    app::save(world, app);
    Ok(Reply::Data(Default::default()))
}

#[cfg(test)]
mod tests;
