//! The project's commands, run as `cargo xtask <command>`; see `cargo xtask help`.

mod bench;
mod ci;
mod cli;
mod console;
mod docs;
mod error;
mod fingerprint;
mod playwright;
mod process;
mod progress;
mod project;
mod sandbox;
mod serve;
mod shots;
mod sizes;
mod test;
mod tidy;
mod tools;

use std::process::ExitCode;

use clap::Parser;

use cli::{Bench, Cli, Command};
use error::Result;
use project::Project;

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is_reported() => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
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
