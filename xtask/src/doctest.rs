//! `cargo xtask doctest`: the commands of documentation pages, run on the sandbox.

use std::ffi::OsString;
use std::process::Command;

use crate::error::Result;
use crate::process;
use crate::progress;
use crate::project::Project;

/// The program that runs pages; it belongs to the shell's package.
const PROGRAM: &str = "doctest";

/// Builds the program that runs pages, and runs it with these arguments in the user's
/// working directory. The program itself reports the line that fails.
pub(crate) fn run(project: &Project, args: &[OsString]) -> Result<()> {
    let usually = "2 minutes on 2 cores, then seconds";
    progress::step("Building the shell and its sandbox", usually, || {
        process::run(
            project
                .cargo()
                .args(["build", "--locked", "--quiet", "--package", "backoffice-shell"])
                .args(["--features", "doctest", "--bin", PROGRAM]),
        )
    })?;
    process::run(Command::new(project.target.join("debug").join(PROGRAM)).args(args))
}
