//! `git`, as far as it is needed to deploy.

mod clone;
mod commands;
mod push;
mod repo;
pub(crate) mod sample;

use futures_util::FutureExt as _;

pub(crate) use repo::Repo;

use crate::language::io::Io;
use crate::nearest::nearest;

/// The remote that deploys.
pub(crate) const REMOTE: &str = "gigalixir";

/// The commands, with their purposes.
pub(crate) const COMMANDS: &[(&str, &str)] = &[
    ("add", "Stages files"),
    ("branch", "Lists branches, or renames one with -m"),
    ("checkout", "Switches to a branch"),
    ("clone", "Copies a repository"),
    ("commit", "Records staged changes"),
    ("config", "Sets an option"),
    ("diff", "Lists changed files"),
    ("init", "Creates a repository"),
    ("log", "Lists commits"),
    ("push", "Sends commits to a remote"),
    ("remote", "Lists, adds and removes remotes"),
    ("rev-parse", "Shows the commit of HEAD"),
    ("rm", "Removes files"),
    ("status", "Shows changes"),
    ("switch", "Switches to a branch"),
];

/// The address that deploys an app.
pub(crate) fn url_of(app: &str) -> String {
    format!("https://git.gigalixir.com/{app}.git/")
}

/// The app that an address deploys.
pub(crate) fn app_of(url: &str) -> Option<&str> {
    let (_, path) = url.split_once("git.gigalixir.com/")?;
    let app = path.trim_end_matches('/').trim_end_matches(".git");
    (!app.is_empty() && !app.contains('/')).then_some(app)
}

/// Runs a line.
pub(crate) async fn run(io: &Io<'_>, words: &[String]) -> u8 {
    let mut words = words;
    let mut settings = Vec::new();
    while let [flag, setting, rest @ ..] = words {
        if flag != "-c" {
            break;
        }
        settings.push(setting.as_str());
        words = rest;
    }
    let Some((name, rest)) = words.split_first() else {
        return help(io, 1);
    };
    match name.as_str() {
        "--version" => {
            io.line("git version 2.43.0 (of this shell)");
            0
        }
        "help" | "--help" => help(io, 0),
        "clone" => clone::run(io, rest),
        "init" => clone::init(io, rest),
        "config" => commands::config(io, rest),
        "push" => push::run(io, &settings, rest).boxed_local().await,
        name if COMMANDS.iter().any(|(known, _)| *known == name) => {
            if io.shell.state.borrow().repo().is_none() {
                io.notice("fatal: not a git repository (or any of the parent directories): .git");
                return 128;
            }
            commands::run(io, name, rest)
        }
        name => {
            io.notice(format!("git: '{name}' is not a git command in this shell."));
            if let Some(meant) = nearest(name, COMMANDS.iter().map(|(known, _)| *known)) {
                io.notice(format!("Did you mean {meant}?"));
            }
            1
        }
    }
}

fn help(io: &Io<'_>, status: u8) -> u8 {
    io.line("Git commands in this shell:\n");
    for (name, about) in COMMANDS {
        io.line(format!("  {name:<12}{about}"));
    }
    status
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_app_is_read_from_the_address() {
        assert_eq!(app_of(&url_of("my-app")), Some("my-app"));
        for (url, app) in [
            ("https://me%40x.example:key@git.gigalixir.com/my-app.git", Some("my-app")),
            ("https://git.gigalixir.com/my-app", Some("my-app")),
            ("https://github.com/you/my-app.git", None),
            ("https://git.gigalixir.com/", None),
        ] {
            assert_eq!(app_of(url), app, "{url}");
        }
    }
}
