//! Third-party tools that documentation uses. They make their changes to the shell's files;
//! of what they would install or compile, they only print the names.

use backoffice_contract::json;

use crate::event::Event;
use crate::language::io::Io;
use crate::programs::git::sample;
use crate::state::State;

pub(super) fn apt(io: &Io<'_>, words: &[String]) -> u8 {
    let bare: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !word.starts_with('-')).collect();
    match bare.as_slice() {
        ["update" | "upgrade"] => {
            io.line("Nothing to update: this shell has what the guide needs.")
        }
        ["install", packages @ ..] if !packages.is_empty() => {
            io.line(format!("Already installed: {}.", packages.join(", ")));
        }
        _ => {
            return io.fail("This shell only supports apt-get update and apt-get install PACKAGE.");
        }
    }
    0
}

pub(super) fn brew(io: &Io<'_>, words: &[String]) -> u8 {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["tap", name] => io.line(format!("Tapped {name}.")),
        ["install" | "upgrade", packages @ ..] if !packages.is_empty() => {
            io.line(format!("Already installed: {}.", packages.join(", ")));
        }
        ["update"] => io.line("Already up-to-date."),
        _ => {
            return io
                .fail("This shell only supports brew tap, brew update and brew install PACKAGE.");
        }
    }
    0
}

pub(super) fn pip(io: &Io<'_>, words: &[String]) -> u8 {
    let bare: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !word.starts_with('-')).collect();
    match bare.as_slice() {
        ["install", packages @ ..] if !packages.is_empty() => {
            for package in packages {
                io.line(format!("Requirement already satisfied: {package}"));
            }
            0
        }
        _ => io.fail("This shell only supports pip install PACKAGE."),
    }
}

pub(super) fn npm(io: &Io<'_>, words: &[String]) -> u8 {
    match words.first().map(String::as_str) {
        Some("install" | "i" | "ci") => {
            io.line("up to date");
            0
        }
        _ => io.fail("This shell only supports npm install: it cannot run JavaScript."),
    }
}

pub(super) fn mix(io: &Io<'_>, words: &[String]) -> u8 {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["phx.new", rest @ ..] => phx_new(io, rest),
        ["phx.gen.release", ..] => in_project(io, |state| {
            let folder = state.folder.clone();
            let release = "#!/bin/sh\nexec ./bin/migrate\n";
            state
                .files
                .put(&format!("{folder}/rel/overlays/bin/migrate"), release)
                .map(|()| "* creating rel/overlays/bin/migrate\nYour app is ready for releases.")
        }),
        ["deps.get" | "deps.compile", ..] => {
            in_project(io, |_| Ok("All dependencies are up to date"))
        }
        [
            "compile" | "assets.deploy" | "release" | "local.hex" | "local.rebar"
            | "archive.install",
            ..,
        ] => in_project(io, |_| {
            Ok("This shell compiles nothing; the platform builds your code when you push.")
        }),
        [task, ..] => io.fail(format!(
            "This shell cannot run Elixir, so mix {task} does not work here. On the platform, use \
             gigalixir run mix {task}."
        )),
        [] => io.fail("Usage: mix TASK"),
    }
}

/// Runs a function in a project's folder.
fn in_project(
    io: &Io<'_>,
    run: impl FnOnce(&mut State) -> Result<&'static str, &'static str>,
) -> u8 {
    let mut state = io.shell.state.borrow_mut();
    let project = state.path("mix.exs");
    let outcome = match state.files.get(&project) {
        Some(_) => run(&mut state),
        None => Err("There is no mix.exs here. cd into a project, or create one with mix phx.new."),
    };
    drop(state);
    match outcome {
        Ok(text) => {
            io.line(text);
            0
        }
        Err(text) => io.fail(text),
    }
}

fn phx_new(io: &Io<'_>, words: &[&str]) -> u8 {
    let Some(name) = words.iter().find(|word| !word.starts_with('-')) else {
        return io.fail("Usage: mix phx.new PATH");
    };
    let mut state = io.shell.state.borrow_mut();
    let path = state.path(name);
    if state.files.get(&path).is_some() {
        drop(state);
        return io.fail(format!("{name} already exists."));
    }
    let mut made = Vec::new();
    for (file, text) in sample::files(crate::language::files::name(&path)) {
        if state.files.put(&format!("{path}/{file}"), &text).is_ok() {
            made.push(file);
        }
    }
    drop(state);
    made.iter().for_each(|file| io.line(format!("* creating {name}/{file}")));
    io.line(format!("\nNext:\n\n    $ cd {name}\n    $ git init"));
    0
}

pub(super) fn editor(io: &Io<'_>, words: &[String]) -> u8 {
    let name = words.first().map_or("FILE", String::as_str);
    io.fail(format!(
        "This shell has no editor. Write the file with echo '…' > {name}, or with cat > {name} \
         <<'END', its lines, and END."
    ))
}

pub(super) fn open(io: &Io<'_>, words: &[String]) -> u8 {
    match words.first() {
        Some(url) if url.starts_with("https://") || url.starts_with("http://") => {
            io.shell.show(Event::Open(url.clone()));
            0
        }
        _ => io.fail("This shell only opens addresses that begin with https:// or http://."),
    }
}

pub(super) fn psql(io: &Io<'_>, _: &[String]) -> u8 {
    io.fail(
        "This shell cannot connect to databases. In your terminal, run psql \"$DATABASE_URL\"; \
         gigalixir pg shows the address of the database.",
    )
}

pub(super) fn exit(io: &Io<'_>, _: &[String]) -> u8 {
    io.notice("This shell stays open as long as its page.");
    0
}

/// Waits, at most a day.
pub(super) async fn sleep(io: &Io<'_>, words: &[String]) -> u8 {
    const DAY: f64 = 86_400.0;
    let seconds = words.first().and_then(|word| json::number(word.trim_end_matches('s')));
    match seconds.filter(|seconds| (0.0..=DAY).contains(seconds)) {
        Some(seconds) => {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it is within a day"
            )]
            let ms = (seconds * 1_000.0) as u64;
            io.shell.host.runtime.sleep(ms).await;
            0
        }
        None => io.fail("Usage: sleep SECONDS"),
    }
}
