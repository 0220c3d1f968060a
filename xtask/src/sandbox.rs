//! Building the native sandbox server.

use std::path::PathBuf;

use crate::console::Build;
use crate::error::Result;
use crate::process;
use crate::progress;
use crate::project::Project;

/// The package, and its server program.
const PACKAGE: &str = "backoffice-sandbox";

/// Builds the server; the answer is the path of its program.
pub(crate) fn build(project: &Project, build: Build) -> Result<PathBuf> {
    let usually = "a minute on 2 cores the first time, then seconds";
    progress::step("Building the sandbox server", usually, || {
        let mut cargo = project.cargo();
        cargo.args(["build", "--locked", "--quiet", "--package", PACKAGE]);
        cargo.args(["--features", "server", "--bin", PACKAGE]);
        if build == Build::Release {
            cargo.arg("--release");
        }
        process::run(&mut cargo)
    })?;
    Ok(program(project, build))
}

/// Where the server's program is, once it is built.
pub(crate) fn program(project: &Project, build: Build) -> PathBuf {
    let folder = match build {
        Build::Release => "release",
        Build::Quick => "debug",
    };
    project.target.join(folder).join(PACKAGE)
}
