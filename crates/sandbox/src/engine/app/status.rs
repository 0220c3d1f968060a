//! The running pods and jobs.

use backoffice_contract::app::{AppStatus, LastState, Pod as WirePod, PodStatus, Terminated};
use backoffice_contract::{ApiError, op};
use serde_json::json;

use crate::engine::app::activity;
use crate::engine::app::{App, Pod};
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Answer, Outcome, Reply};
use crate::engine::running::run::Job;
use crate::engine::{Millis, World, app};

pub(crate) fn show(
    world: &mut World,
    cx: &Context<'_>,
    op: op::GetStatus,
) -> Outcome<op::GetStatus> {
    Ok(Reply::Data(status(&app::open(world, cx, &op.app)?, cx.now)))
}

/// Stops a pod, which is replaced, or a job, which is not.
pub(crate) fn kill(world: &mut World, cx: &Context<'_>, op: op::KillPod) -> Outcome<op::KillPod> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    if !app.kill_pod(&op.pod, cx.now) && !app.kill_job(&op.pod, cx.now) {
        // The platform says this in `data`.
        let mut body = ApiError::new(404, "").encode();
        if let Some(data) = body.get_mut("data") {
            *data = json!(format!("Pod `{}` not found.", op.pod));
        }
        return Err(Answer::json(404, &body));
    }
    activity::note(world, &mut app, cx, &format!("Deleted pod {}.", op.pod));
    app::save(world, app);
    Ok(Reply::Raw(json!(format!("Pod {} is being deleted.", op.pod))))
}

fn status(app: &App, now: Millis) -> AppStatus {
    let replicas = app.pods.iter().filter_map(|pod| wire_pod(pod, now));
    let jobs = app.jobs.iter().filter_map(|job| wire_job(job, now));
    let pods: Vec<WirePod> = replicas.chain(jobs).collect();
    let running = pods.iter().filter(|pod| pod.status == PodStatus::Healthy).count();
    AppStatus {
        unique_name: app.name.clone(),
        cloud: app.cloud.clone(),
        region: app.region.clone(),
        stack: app.stack.clone(),
        size: app.size,
        replicas_desired: app.replicas,
        replicas_running: u32::try_from(running).unwrap_or(u32::MAX),
        pods,
    }
}

fn wire_pod(pod: &Pod, now: Millis) -> Option<WirePod> {
    Some(WirePod {
        name: pod.name.clone(),
        sha: pod.sha.clone(),
        status: pod.status(now)?,
        version: pod.version.to_string(),
        last_state: last_state(pod.last_end.as_deref()),
    })
}

fn wire_job(job: &Job, now: Millis) -> Option<WirePod> {
    let status = job.status(now)?;
    let failed = status == PodStatus::Completed && job.failed();
    Some(WirePod {
        name: job.name.clone(),
        sha: job.sha.clone(),
        status,
        version: job.version.to_string(),
        last_state: last_state(failed.then_some("Error")),
    })
}

fn last_state(reason: Option<&str>) -> LastState {
    LastState { terminated: reason.map(|reason| Terminated { reason: reason.to_owned() }) }
}

#[cfg(test)]
mod tests;
