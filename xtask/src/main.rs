//! The project's commands, run as `cargo xtask <command>`; see `cargo xtask help`.

mod cli;
mod commands;
mod console;
mod error;
mod fingerprint;
mod playwright;
mod process;
mod progress;
mod project;
mod sandbox;
mod tools;

use std::process::ExitCode;

use clap::Parser;

use cli::Cli;

fn main() -> ExitCode {
    match commands::run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is_reported() => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
