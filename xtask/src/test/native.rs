//! The tests that need no browser: `cargo test` over the whole workspace.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use super::counts::Counts;
use crate::error::{Error, Result};
use crate::process;
use crate::project::Project;

/// Features that are off by default and have tests.
pub(crate) const FEATURES: &str =
    "backoffice-sandbox/server,backoffice-contract/openapi,backoffice-playground/doctest";

/// Runs the tests, showing their output as it comes, and counts them.
pub(crate) fn run(project: &Project, args: &[OsString]) -> Result<Counts> {
    eprintln!("Running the native tests…");
    let mut command = project.cargo();
    command
        .args(["test", "--workspace", "--locked", "--no-fail-fast"])
        .args(["--features", FEATURES])
        .args(args)
        .stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|cause| process::cannot_start(&command, &cause))?;
    let mut counts = Counts::default();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n').map_while(|line| line.ok()) {
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            if let Some(more) = Counts::from_cargo_line(&line) {
                counts += more;
            }
        }
    }
    let status =
        child.wait().map_err(|cause| Error::new(format!("cannot wait for cargo test: {cause}")))?;
    Ok(counts.given(status.success()))
}
