//! Commands about an app that are more than one call.

use backoffice_contract::OperationId;
use futures_util::StreamExt as _;
use serde_json::Value;

use crate::event::Event;
use crate::language::io::Io;
use crate::programs::cli::{Values, call, report, text};
use crate::programs::git;

/// The app of a command whose line does not name one.
pub(super) fn detect(io: &Io<'_>) -> Option<String> {
    let state = io.shell.state.borrow();
    state.exported("GIGALIXIR_APP").or_else(|| {
        let (_, repo) = state.repo()?;
        repo.remotes.values().find_map(|url| git::app_of(url)).map(str::to_owned)
    })
}

pub(super) async fn create(io: &Io<'_>, values: Values) -> u8 {
    if io.shell.state.borrow().repo().is_none() {
        return io.fail("This is not a git repository. Run git init here, or cd into one.");
    }
    let app = match call::send(io, OperationId::CreateApp, &values).await {
        Ok(app) => app,
        Err(error) => return report(io, &error),
    };
    let name = app.get("unique_name").and_then(Value::as_str).unwrap_or_default();
    io.notice(format!("Created app: {name}."));
    set_remote(io, name);
    io.line(name);
    0
}

pub(super) fn git_remote(io: &Io<'_>, values: &Values) -> u8 {
    if io.shell.state.borrow().repo().is_none() {
        return io.fail("This is not a git repository. Run git init here, or cd into one.");
    }
    set_remote(io, text(values, "name"));
    0
}

fn set_remote(io: &Io<'_>, app: &str) {
    let url = git::url_of(app);
    if let Some(repo) = io.shell.state.borrow_mut().repo_mut() {
        repo.remotes.insert(git::REMOTE.to_owned(), url.clone());
    }
    io.notice(format!("Set git remote: {}.", git::REMOTE));
}

pub(super) fn open(io: &Io<'_>, values: &Values) -> u8 {
    let url = format!("https://{}.gigalixirapp.com", text(values, "app"));
    io.notice(format!("Opening {url}"));
    io.shell.show(Event::Open(url));
    0
}

pub(super) async fn rollback(io: &Io<'_>, mut values: Values) -> u8 {
    if !values.contains_key("version") {
        let releases = match call::send(io, OperationId::ListReleases, &values).await {
            Ok(releases) => releases,
            Err(error) => return report(io, &error),
        };
        let Some(version) = releases.get(1).and_then(|release| release.get("version")) else {
            return io.fail("There is no earlier release to roll back to.");
        };
        values.insert("version".to_owned(), version.clone());
    }
    match call::send(io, OperationId::RollbackRelease, &values).await {
        Ok(data) => {
            crate::programs::cli::show_json(io, &data);
            0
        }
        Err(error) => report(io, &error),
    }
}

/// Shows the log as it arrives. A log in a pipe cannot be interrupted, so there it ends
/// after the existing lines.
pub(super) async fn logs(io: &Io<'_>, values: &Values) -> u8 {
    let wanted = values.get("follow").and_then(Value::as_bool).unwrap_or(true);
    let follow = wanted && io.is_watched();
    let mut values = values.clone();
    values.insert("follow".to_owned(), follow.into());
    let mut stream = match io.shell.stream(OperationId::StreamLogs, values).await {
        Ok(stream) => stream,
        Err(error) => return report(io, &error),
    };
    if follow {
        io.shell.show(Event::Follows);
    }
    // A chunk may end in the middle of a character.
    let mut rest: Vec<u8> = Vec::new();
    while let Some(chunk) = stream.next().await {
        match chunk {
            Ok(chunk) => rest.extend(chunk),
            Err(error) => return report(io, &error),
        }
        let whole = rest.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let lines: Vec<u8> = rest.drain(..whole).collect();
        io.write(&String::from_utf8_lossy(&lines));
    }
    io.write(&String::from_utf8_lossy(&rest));
    0
}
