//! The project's commands, run as `cargo xtask <command>`; see `cargo xtask help`.

mod bench;
mod ci;
mod cli;
mod console;
mod docs;
mod doctest;
mod error;
mod fingerprint;
mod playwright;
mod pressure;
mod process;
mod progress;
mod project;
mod sandbox;
mod serve;
mod shots;
mod sizes;
mod styles;
mod test;
mod tidy;
mod tools;

use std::process::ExitCode;

use cli::Command;
use error::Result;
use project::Project;

fn main() -> ExitCode {
    match cli::parse(std::env::args_os().skip(1)).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is_reported() => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Help => {
            print!("{}", cli::HELP);
            Ok(())
        }
        Command::Serve(options) => serve::run(&Project::find()?, &options),
        Command::Build => sizes::run(&Project::find()?),
        Command::Test(options) => test::run(&Project::find()?, &options),
        Command::Ci => ci::run(&Project::find()?),
        Command::Tidy => tidy::run(&Project::find()?),
        Command::Doctest(args) => doctest::run(&Project::find()?, &args),
        Command::Docs { console_url } => docs::run(&Project::find()?, &console_url),
        Command::BenchClient => bench::client(&Project::find()?),
        Command::BenchConsole { runs } => bench::console(&Project::find()?, runs),
        Command::BenchPlayground { runs, only } => {
            bench::playground(&Project::find()?, runs, &only)
        }
        Command::Shots(args) => shots::run(&Project::find()?, &args),
        Command::Setup => tools::setup(&Project::find()?),
    }
}
