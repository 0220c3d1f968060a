//! The programs of the shell.

mod filters;
mod folders;
mod jq;
mod ssh;
mod text;
mod tools;
mod variables;

use backoffice_client::LocalBoxFuture;
use futures_util::FutureExt as _;

use crate::language::io::Io;
use crate::programs::{cli, curl, git};

/// A program that never waits.
type Plain = fn(&Io<'_>, &[String]) -> u8;
/// A program that may wait.
type Waits = for<'a> fn(&'a Io<'a>, &'a [String]) -> LocalBoxFuture<'a, u8>;

/// How to run a program.
#[derive(Clone, Copy)]
pub(crate) enum Run {
    Plain(Plain),
    Waits(Waits),
}

/// All programs, with their purposes.
const PROGRAMS: &[(&str, &str, Run)] = &[
    (".", "Runs the commands of a file", Run::Waits(|io, words| source(io, words).boxed_local())),
    (":", "Does nothing", Run::Plain(|_, _| 0)),
    ("apt-get", "Installs packages", Run::Plain(tools::apt)),
    ("brew", "Installs packages", Run::Plain(tools::brew)),
    ("cat", "Shows files", Run::Plain(text::cat)),
    ("cd", "Changes the folder", Run::Plain(folders::cd)),
    ("clear", "Clears the screen", Run::Plain(text::clear)),
    ("cp", "Copies a file", Run::Plain(folders::cp)),
    ("curl", "Sends a request", Run::Waits(|io, words| curl::run(io, words).boxed_local())),
    ("date", "Shows the time", Run::Plain(text::date)),
    ("echo", "Shows a text", Run::Plain(text::echo)),
    ("env", "Shows the exported variables", Run::Plain(variables::env)),
    ("exit", "Ends a shell", Run::Plain(tools::exit)),
    ("export", "Exports variables to programs", Run::Plain(variables::export)),
    ("false", "Fails", Run::Plain(|_, _| 1)),
    (
        "gigalixir",
        "The platform's command-line client",
        Run::Waits(|io, words| cli::run(io, words).boxed_local()),
    ),
    ("git", "Keeps versions of files", Run::Waits(|io, words| git::run(io, words).boxed_local())),
    ("grep", "Shows the lines with a text", Run::Plain(filters::grep)),
    ("head", "Shows the first lines", Run::Plain(filters::head)),
    ("help", "Lists the programs", Run::Plain(help)),
    ("history", "Shows earlier lines", Run::Plain(text::history)),
    ("jq", "Reads JSON", Run::Plain(jq::run)),
    ("ls", "Lists a folder", Run::Plain(folders::ls)),
    ("mix", "Elixir's build tool", Run::Plain(tools::mix)),
    ("mkdir", "Creates a folder", Run::Plain(folders::mkdir)),
    ("mv", "Moves a file", Run::Plain(folders::mv)),
    ("nano", "An editor", Run::Plain(tools::editor)),
    ("npm", "Node.js's package manager", Run::Plain(tools::npm)),
    ("open", "Opens an address", Run::Plain(tools::open)),
    ("pip", "Installs Python packages", Run::Plain(tools::pip)),
    ("pip3", "Installs Python packages", Run::Plain(tools::pip)),
    ("printf", "Shows a text", Run::Plain(text::printf)),
    ("psql", "PostgreSQL's console", Run::Plain(tools::psql)),
    ("pwd", "Shows the current folder", Run::Plain(folders::pwd)),
    ("rm", "Removes files", Run::Plain(folders::rm)),
    ("sleep", "Pauses", Run::Waits(|io, words| tools::sleep(io, words).boxed_local())),
    ("sort", "Sorts lines", Run::Plain(filters::sort)),
    (
        "source",
        "Runs the commands of a file",
        Run::Waits(|io, words| source(io, words).boxed_local()),
    ),
    ("ssh", "Signs in to another machine", Run::Plain(ssh::ssh)),
    ("ssh-keygen", "Creates a key", Run::Plain(ssh::keygen)),
    ("sudo", "Runs a program as root", Run::Waits(|io, words| sudo(io, words).boxed_local())),
    ("tail", "Shows the last lines", Run::Plain(filters::tail)),
    ("touch", "Creates an empty file", Run::Plain(folders::touch)),
    ("true", "Succeeds", Run::Plain(|_, _| 0)),
    ("unset", "Removes variables", Run::Plain(variables::unset)),
    ("vi", "An editor", Run::Plain(tools::editor)),
    ("vim", "An editor", Run::Plain(tools::editor)),
    ("wc", "Counts lines", Run::Plain(filters::wc)),
    ("which", "Shows where a program is", Run::Plain(which)),
    ("xdg-open", "Opens an address", Run::Plain(tools::open)),
];

/// The program with this name.
pub(crate) fn find(name: &str) -> Option<Run> {
    let at = PROGRAMS.binary_search_by(|(known, ..)| (*known).cmp(name)).ok()?;
    PROGRAMS.get(at).map(|(_, _, run)| *run)
}

/// The names of all programs, in order.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    PROGRAMS.iter().map(|(name, ..)| *name)
}

/// All programs with their purposes.
pub(crate) fn described() -> impl Iterator<Item = (&'static str, &'static str)> {
    PROGRAMS.iter().map(|(name, about, _)| (*name, *about))
}

fn help(io: &Io<'_>, _: &[String]) -> u8 {
    io.line("Programs of this shell. You can combine them with && || ; and |.\n");
    for (name, about) in described() {
        io.line(format!("  {name:<12}{about}"));
    }
    0
}

fn which(io: &Io<'_>, words: &[String]) -> u8 {
    let mut status = 0;
    for word in words {
        match find(word) {
            Some(_) => io.line(format!("/usr/bin/{word}")),
            None => status = 1,
        }
    }
    status
}

async fn source(io: &Io<'_>, words: &[String]) -> u8 {
    let Some(name) = words.first() else { return io.fail("Usage: source FILE") };
    let text = {
        let state = io.shell.state.borrow();
        state.files.read(&state.path(name)).map(str::to_owned)
    };
    match text {
        Ok(text) => crate::language::exec::file(io, &text).await,
        Err(error) => io.fail(format!("{name}: {error}")),
    }
}

async fn sudo(io: &Io<'_>, words: &[String]) -> u8 {
    match words.split_first() {
        Some((name, rest)) => crate::language::exec::program(io, name, rest).boxed_local().await,
        None => io.fail("Usage: sudo PROGRAM"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_in_order_so_that_all_are_found() {
        assert!(PROGRAMS.is_sorted_by_key(|(name, ..)| *name));
        assert!(names().all(|name| find(name).is_some()));
        assert!(find("gigalixi").is_none());
    }
}
