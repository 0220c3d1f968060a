//! Building the native sandbox server.

use std::path::PathBuf;

use crate::error::Result;
use crate::process;
use crate::progress;
use crate::project::Project;

/// The package, and its server program.
const PACKAGE: &str = "backoffice-sandbox";

/// How it is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// For tests and for what ships.
    Release,
    /// Soon.
    Dev,
}

/// Builds the server, and returns the path of its program.
pub(crate) fn build(project: &Project, profile: Profile) -> Result<PathBuf> {
    let usually = "a minute on 2 cores the first time, then seconds";
    progress::step("Building the sandbox server", usually, || {
        let mut cargo = project.cargo();
        cargo.args(["build", "--locked", "--quiet", "--package", PACKAGE]);
        cargo.args(["--features", "server", "--bin", PACKAGE]);
        if profile == Profile::Release {
            cargo.arg("--release");
        }
        process::run(&mut cargo)
    })?;
    Ok(program(project, profile))
}

/// Where the server's program is, once it is built.
pub(crate) fn program(project: &Project, profile: Profile) -> PathBuf {
    let folder = match profile {
        Profile::Release => "release",
        Profile::Dev => "debug",
    };
    project.target.join(folder).join(PACKAGE)
}
