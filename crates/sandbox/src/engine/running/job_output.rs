//! The output of commands. A few are known. The values of config variables are never
//! printed, since more people read logs than configs.

use std::collections::BTreeMap;

use backoffice_contract::config::INJECTED;
use serde::{Deserialize, Serialize};

use crate::engine::Millis;
use crate::engine::app::App;
use crate::engine::time::SECOND;

/// From the start of the container to the start of the command.
const BOOT: Millis = 2 * SECOND;

/// The output of a command over time, unless it is stopped.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Output {
    /// Lines, each with the time since the start of the job.
    pub(crate) lines: Vec<(Millis, String)>,
    pub(crate) duration: Millis,
    pub(crate) exit_code: i32,
    /// Whether it changes the database.
    pub(crate) migrates: bool,
}

/// The migrations of every app on this platform.
const MIGRATIONS: [(&str, &str, &str); 3] = [
    ("20260301093000", "CreateUsers", "create table users"),
    ("20260301093500", "AddUsersEmailIndex", "create index users_email_index"),
    ("20260412141500", "CreatePosts", "create table posts"),
];

/// The output of `command` for the commit `sha`.
pub(crate) fn of(
    app: &App,
    sha: &str,
    command: &[String],
    configs: &BTreeMap<String, String>,
) -> Output {
    let words: Vec<&str> = command.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["mix", "ecto.migrate", ..] if !configs.contains_key("DATABASE_URL") => no_database(),
        ["mix", "ecto.migrate", ..] => migrate(app, app.migrated.as_deref() == Some(sha)),
        ["mix", "run", ..] => ok(vec![
            (1_400, "==> compiled, nothing to do".into()),
            (1_900, format!("[info] {} has run the script", app.module())),
        ]),
        ["mix", task, ..] => {
            failed(1, vec![(900, format!("** (Mix) The task \"{task}\" could not be found"))])
        }
        ["mix"] => ok(vec![(900, "mix is a build tool for Elixir".into())]),
        ["echo", rest @ ..] => ok(vec![(10, rest.join(" "))]),
        ["sleep", seconds] => sleep(seconds),
        ["ls", ..] => {
            ok(["Procfile", "_build", "config", "deps", "lib", "mix.exs", "mix.lock", "priv"]
                .into_iter()
                .map(|name| (20, name.to_owned()))
                .collect())
        }
        ["env", ..] => ok(environment(configs)),
        [program, ..] => failed(127, vec![(10, format!("{program}: command not found"))]),
        [] => failed(127, Vec::new()),
    }
}

fn output(exit_code: i32, lines: Vec<(Millis, String)>, duration: Millis) -> Output {
    let lines = lines.into_iter().map(|(at, line)| (BOOT + at, line)).collect();
    Output { lines, duration: BOOT + duration, exit_code, migrates: false }
}

fn ok(lines: Vec<(Millis, String)>) -> Output {
    failed(0, lines)
}

fn failed(exit_code: i32, lines: Vec<(Millis, String)>) -> Output {
    let last = lines.last().map_or(0, |(at, _)| *at);
    output(exit_code, lines, last + 300)
}

fn sleep(seconds: &str) -> Output {
    match seconds.parse::<u64>() {
        Ok(seconds) => {
            output(0, Vec::new(), seconds.saturating_mul(SECOND).min(crate::engine::time::DAY))
        }
        Err(_) => failed(1, vec![(10, format!("sleep: invalid time interval '{seconds}'"))]),
    }
}

fn no_database() -> Output {
    failed(
        1,
        vec![
            (1_800, "** (RuntimeError) environment variable DATABASE_URL is missing.".into()),
            (1_800, "For example: ecto://USER:PASS@HOST/DATABASE".into()),
            (1_810, "    config/runtime.exs:12: (file)".into()),
            (1_810, "    (stdlib 3.14) erl_eval.erl:680: :erl_eval.do_apply/6".into()),
        ],
    )
}

fn migrate(app: &App, done: bool) -> Output {
    let mut lines = Vec::new();
    let mut at = 2_000;
    if done {
        lines.push((at, "[info] Migrations already up".to_owned()));
    } else {
        for (version, module, change) in MIGRATIONS {
            let module = format!("{}.Repo.Migrations.{module}", app.module());
            lines.push((at, format!("[info] == Running {version} {module}.change/0 forward")));
            lines.push((at + 10, format!("[info] {change}")));
            lines.push((at + 60, format!("[info] == Migrated {version} in 0.0s")));
            at += 120;
        }
    }
    Output { migrates: true, ..ok(lines) }
}

fn environment(configs: &BTreeMap<String, String>) -> Vec<(Millis, String)> {
    let mut names: Vec<&str> =
        configs.keys().map(String::as_str).chain(INJECTED.iter().copied()).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(|name| (20, format!("{name}=<hidden>"))).collect()
}
