//! Connections to an app besides the API: to a running container by SSH, and to the app's
//! own address.

use backoffice_contract::ApiError;
use backoffice_contract::app::PodStatus;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::engine::account::ssh_keys;
use crate::engine::app::App;
use crate::engine::app::{activity, config_vars, release};
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{invalid, refused};
use crate::engine::running::job_output;
use crate::engine::{Millis, World, app};

/// Body of the simulated connection.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RemoteRequest {
    command: Vec<String>,
}

/// Runs a command in a running container. Like a real connection, it needs a key on the
/// account and a container to connect to.
pub(crate) fn run(
    world: &mut World,
    cx: &Context<'_>,
    name: &str,
    request: RemoteRequest,
) -> Result<Value, ApiError> {
    let mut app = app::open_to_change(world, cx, name)?;
    if request.command.iter().all(|word| word.trim().is_empty()) {
        return Err(invalid("command", "can't be blank."));
    }
    if !ssh_keys::has_any(world, cx.user) {
        return Err(refused("The connection is refused: your account has no SSH key."));
    }
    let release = release::runnable(world, &app).filter(|_| serves(&app, cx.now));
    let Some(release) = release else {
        return Err(refused("There is no running container to connect to."));
    };
    let configs = config_vars::of(world, &app);
    let output = job_output::of(&app, &release.sha, &request.command, &configs);
    if output.migrates && output.exit_code == 0 {
        app.migrated = Some(release.sha);
    }
    activity::note(world, &mut app, cx, "Ran a command by SSH.");
    app::save(world, app);
    Ok(json!({ "exit_code": output.exit_code, "lines": lines(output.lines) }))
}

/// The app's answer to a visitor, who needs no account.
pub(crate) fn page(world: &mut World, name: &str, now: Millis) -> Result<Value, ApiError> {
    let page = |status: u16, text: &str| {
        let body = format!("<!doctype html>\n<title>{text}</title>\n<h1>{text}</h1>\n");
        json!({ "status": status, "body": body })
    };
    Ok(match app::settled(world, name, now) {
        None => page(404, "There is no app here"),
        Some(app) if app.in_maintenance(now) => page(404, "This app is in maintenance"),
        Some(app) if serves(&app, now) => page(200, &format!("Hello from {}", app.name)),
        Some(_) => page(503, "This app does not answer yet"),
    })
}

/// Lines with their times, as in answers.
pub(crate) fn lines(lines: Vec<(Millis, String)>) -> Value {
    lines.into_iter().map(|(at, text)| json!({ "after_ms": at, "text": text })).collect()
}

fn serves(app: &App, now: Millis) -> bool {
    app.pods.iter().any(|pod| pod.status(now) == Some(PodStatus::Healthy))
}

#[cfg(test)]
mod tests;
