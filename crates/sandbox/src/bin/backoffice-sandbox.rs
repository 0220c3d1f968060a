//! The sandbox as a program: a Backoffice API on this machine.

use std::process::ExitCode;

use backoffice_sandbox::server::{self, Options};
use clap::Parser as _;

#[tokio::main]
async fn main() -> ExitCode {
    match server::run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
