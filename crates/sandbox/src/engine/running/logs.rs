//! The log of an app: a function of its history and of the time.
//!
//! No line is stored. Builds, jobs, pods and activities are rendered from their records,
//! and the requests to healthy pods are made up from the app's seed. A line has the time at
//! which it was created; a past window of time always has the same lines.

use backoffice_contract::op;

use crate::engine::app::{App, Pod};
use crate::engine::hash::mix;
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply};
use crate::engine::running::build_output;
use crate::engine::running::run::Job;
use crate::engine::time::{HOUR, MINUTE, SECOND, rfc3339, time_of_day};
use crate::engine::{LogCursor, Millis, World, app};

/// How long a follower waits before it asks again.
pub(crate) const POLL_INTERVAL: Millis = 500;

/// How many earlier lines a reader gets by default, and at most.
const DEFAULT_LINES: u32 = 100;
const MAX_LINES: u32 = 5_000;

/// How far back a returning follower gets the missed lines.
const MAX_CATCH_UP: Millis = HOUR;

/// The time between two requests to a pod.
const REQUEST_INTERVAL: Millis = 20 * SECOND;

/// The requests of visitors, their answers' statuses, and how many times out of 16 they
/// occur.
const VISITS: [(&str, u16, u64); 5] = [
    ("GET /", 200, 8),
    ("GET /posts", 200, 4),
    ("GET /posts/7", 200, 2),
    ("POST /posts", 302, 1),
    ("GET /favicon.ico", 404, 1),
];

/// How many times a pod that fails its health checks reports it.
const COMPLAINTS: u64 = 5;

/// Opens a log. The answer streams.
pub(crate) fn open(
    world: &mut World,
    cx: &Context<'_>,
    op: op::StreamLogs,
) -> Outcome<op::StreamLogs> {
    let app = app::open(world, cx, &op.app)?;
    let lines = op.query.num_lines.unwrap_or(DEFAULT_LINES).min(MAX_LINES);
    Ok(Reply::Logs(LogCursor {
        app: app.name,
        app_id: app.id,
        read_until: None,
        backlog: usize::try_from(lines).unwrap_or_default(),
        follow: op.query.follow.unwrap_or(true),
    }))
}

/// Continues to read from `cursor` up to, but not including, `now`; `None` if the app is
/// gone or everything requested has been read.
pub(crate) fn read(world: &mut World, cursor: &mut LogCursor, now: Millis) -> Option<String> {
    let app = app::settled(world, &cursor.app, now).filter(|app| app.id == cursor.app_id)?;
    let lines = match cursor.read_until {
        None => last_lines(world, &app, cursor.backlog, now),
        Some(_) if !cursor.follow => return None,
        Some(from) => lines_since(world, &app, from, now),
    };
    cursor.read_until = Some(now);
    Some(lines.iter().map(|line| line.render(&app.name)).collect())
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    at: Millis,
    source: String,
    text: String,
}

impl Line {
    /// One line, even if commands and messages contain line breaks.
    fn render(&self, app: &str) -> String {
        let text = self.text.replace(char::is_control, " ");
        format!("{} {app}[{}]: {text}\n", rfc3339(self.at), self.source)
    }
}

/// Collects lines of a window of time.
struct Window {
    from: Millis,
    to: Millis,
    lines: Vec<Line>,
}

impl Window {
    fn add(&mut self, at: Millis, source: &str, text: impl FnOnce() -> String) {
        if self.from <= at && at < self.to {
            self.lines.push(Line { at, source: source.to_owned(), text: text() });
        }
    }

    /// The lines in order of time; lines of the same moment in the order in which they were
    /// added.
    fn sorted(mut self) -> Vec<Line> {
        self.lines.sort_by_key(|line| line.at);
        self.lines
    }
}

/// The lines from `from` on. If that is a long time, the first part is left out and a line
/// says so: the clock may have been advanced by years.
fn lines_since(world: &World, app: &App, from: Millis, to: Millis) -> Vec<Line> {
    let start = from.max(to.saturating_sub(MAX_CATCH_UP));
    let mut lines = lines_between(world, app, start, to);
    if start > from {
        let text = format!("Lines from {} until now were left out.", rfc3339(from));
        lines.insert(0, Line { at: start, source: "platform".to_owned(), text });
    }
    lines
}

fn lines_between(world: &World, app: &App, from: Millis, to: Millis) -> Vec<Line> {
    let mut window = Window { from, to, lines: Vec::new() };
    add_records(&mut window, world, app);
    for pod in &app.pods {
        for visit in from / REQUEST_INTERVAL..=to / REQUEST_INTERVAL {
            add_visit(&mut window, app, pod, visit);
        }
    }
    window.sorted()
}

fn last_lines(world: &World, app: &App, count: usize, now: Millis) -> Vec<Line> {
    let mut window = Window { from: 0, to: now, lines: Vec::new() };
    add_records(&mut window, world, app);
    for pod in &app.pods {
        let Some((ready, draining)) = pod.serving() else { continue };
        let last = draining.map_or(now, |draining| draining.min(now)) / REQUEST_INTERVAL;
        // Each visit has two lines, so no more than `count` visits are needed.
        let first = last.saturating_sub(u64::try_from(count).unwrap_or(u64::MAX));
        for visit in first.max(ready / REQUEST_INTERVAL)..=last {
            add_visit(&mut window, app, pod, visit);
        }
    }
    let mut lines = window.sorted();
    lines.split_off(lines.len().saturating_sub(count))
}

fn add_records(window: &mut Window, world: &World, app: &App) {
    for (_, activity) in world.activities.with_prefix(&app.rows()) {
        window.add(activity.at, "platform", || activity.summary.clone());
    }
    for build in &app.builds {
        for (at, text) in build_output::lines(app, build) {
            window.add(build.from.saturating_add(at), "build", || text);
        }
    }
    for pod in &app.pods {
        add_pod(window, app, pod);
    }
    for job in &app.jobs {
        add_job(window, job);
    }
}

fn add_pod(window: &mut Window, app: &App, pod: &Pod) {
    let end = pod.draining.unwrap_or(Millis::MAX);
    let name = pod.name.as_str();
    let mut add = |at: Millis, source: &str, text: &dyn Fn() -> String| {
        if at < end {
            window.add(at, source, text);
        }
    };
    add(pod.from, "platform", &|| format!("Pod {name} is starting on release v{}.", pod.version));
    if let Some(ready) = pod.ready {
        let up = pod.from.saturating_add((ready - pod.from.min(ready)) / 2);
        add(up, name, &|| {
            let module = app.module();
            let time = time_of_day(up);
            format!(
                "{time} [info] Running {module}Web.Endpoint with cowboy 2.9.0 at :::4000 (http)"
            )
        });
        add(ready, "platform", &|| format!("Pod {name} is healthy."));
    }
    if let Some(fails) = pod.fails {
        if let Some(reason) = &pod.last_end {
            add(fails, "platform", &|| format!("Pod {name} was stopped: {reason}."));
        }
        for complaint in 0..COMPLAINTS {
            add(fails.saturating_add(complaint * MINUTE), "platform", &|| {
                format!("Pod {name} failed its health check: nothing answers on port 4000.")
            });
        }
    }
    if let (Some(draining), Some(gone)) = (pod.draining, pod.gone()) {
        window.add(draining, "platform", || format!("Pod {name} is terminating."));
        window.add(draining, name, || {
            format!("{} [notice] SIGTERM received - shutting down", time_of_day(draining))
        });
        window.add(gone, "platform", || format!("Pod {name} has stopped."));
    }
}

fn add_job(window: &mut Window, job: &Job) {
    let name = job.name.as_str();
    window
        .add(job.from, "platform", || format!("Job {name} is starting: {}", job.command.join(" ")));
    for (at, text) in &job.output.lines {
        let at = job.from.saturating_add(*at);
        if at < job.until {
            window.add(at, name, || text.clone());
        }
    }
    window.add(job.until, "platform", || match job.output.exit_code {
        _ if job.killed => format!("Job {name} was stopped."),
        _ if job.until < job.from.saturating_add(job.output.duration) => {
            format!("Job {name} was stopped: it took longer than 5 minutes.")
        }
        0 => format!("Job {name} completed."),
        code => format!("Job {name} failed with exit code {code}."),
    });
}

/// A visitor's request to a pod, if the pod serves at that time.
fn add_visit(window: &mut Window, app: &App, pod: &Pod, visit: u64) {
    let Some((ready, draining)) = pod.serving() else { return };
    let random = mix(app.seed ^ mix(visit) ^ mix(pod.from.wrapping_add(pod_number(pod))));
    // Early enough that the answer comes within the same interval.
    let at =
        visit.saturating_mul(REQUEST_INTERVAL).saturating_add(random % (REQUEST_INTERVAL - SECOND));
    if at < ready || draining.is_some_and(|draining| at >= draining) {
        return;
    }
    let (path, status) = choose(random >> 32 & 15);
    // In maintenance mode the platform answers instead of the pods.
    if app.in_maintenance(at) {
        window.add(at, "platform", || format!("{path} was answered with 404: maintenance mode."));
        return;
    }
    let microseconds = 150 + (random >> 40) % 30_000;
    let id = format!("F{:016X}", mix(random));
    let name = pod.name.as_str();
    window.add(at, name, || format!("{} request_id={id} [info] {path}", time_of_day(at)));
    let answered = at.saturating_add(microseconds / 1_000);
    window.add(answered, name, || {
        let took = match microseconds {
            0..1_000 => format!("{microseconds}µs"),
            _ => format!("{}ms", microseconds / 1_000),
        };
        format!("{} request_id={id} [info] Sent {status} in {took}", time_of_day(answered))
    });
}

fn choose(mut dice: u64) -> (&'static str, u16) {
    for (path, status, share) in VISITS {
        match dice.checked_sub(share) {
            None => return (path, status),
            Some(rest) => dice = rest,
        }
    }
    ("GET /", 200)
}

/// Distinguishes pods that started at the same moment.
fn pod_number(pod: &Pod) -> u64 {
    pod.name.bytes().fold(0, |number, byte| mix(number ^ u64::from(byte)))
}

#[cfg(test)]
mod tests;
