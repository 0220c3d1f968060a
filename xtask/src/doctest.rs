//! `cargo xtask doctest`: the commands of documentation pages, run on the sandbox.

use std::ffi::OsString;
use std::path::{Path, absolute};

use crate::error::Result;
use crate::process;
use crate::progress;
use crate::project::Project;

const PACKAGE: &str = "backoffice-playground";

/// Builds the program that runs pages, and runs it with these arguments. It says
/// itself which line fails.
pub(crate) fn run(project: &Project, args: &[OsString]) -> Result<()> {
    progress::step(
        "Building the shell and its sandbox",
        "2 minutes on 2 cores, then seconds",
        || {
            process::run(
                project
                    .cargo()
                    .args(["build", "--locked", "--quiet", "--package", PACKAGE])
                    .args(["--features", "doctest", "--bin", "doctest"]),
            )
        },
    )?;
    process::run(
        project
            .cargo()
            .args(["run", "--locked", "--quiet", "--package", PACKAGE])
            .args(["--features", "doctest", "--bin", "doctest", "--"])
            .args(args.iter().map(from_here)),
    )
}

/// The address of a file as seen from everywhere, since cargo runs in the project's
/// folder; anything that is no file stays as it is.
fn from_here(arg: &OsString) -> OsString {
    match absolute(Path::new(arg)) {
        Ok(path) if path.is_file() => path.into_os_string(),
        _ => arg.clone(),
    }
}
