//! What each command does; `cli.rs` says how it is typed.

pub(crate) mod bench;
mod ci;
pub(crate) mod docs;
mod serve;
mod shots;
mod sizes;
mod test;
mod tidy;

use crate::cli::{Bench, Command};
use crate::error::Result;
use crate::project::Project;
use crate::tools;

/// Runs a command.
pub(crate) fn run(command: Command) -> Result<()> {
    let project = Project::find()?;
    match command {
        Command::Serve(options) => serve::run(&project, &options),
        Command::Build => sizes::run(&project),
        Command::Test(args) => test::run(&project, &args.options()?),
        Command::Ci => ci::run(&project),
        Command::Tidy => tidy::run(&project),
        Command::Doctest { args } => docs::test(&project, &args),
        Command::Docs { console_url } => docs::run(&project, &console_url),
        Command::Bench(Bench::Client) => bench::client(&project),
        Command::Bench(Bench::Console { runs }) => bench::console(&project, runs),
        Command::Bench(Bench::Playground { runs, only }) => {
            bench::playground(&project, runs, &only)
        }
        Command::Shots { readme: true, .. } => shots::readme(&project),
        Command::Shots { readme: false, args } => shots::run(&project, &args),
        Command::Setup => tools::setup(&project),
        Command::Watch { server } => serve::watch(&project, server),
    }
}
