//! Building the native sandbox server.

use std::path::PathBuf;

use crate::error::Result;
use crate::process;
use crate::progress;
use crate::project::Project;

/// The package, and its server program.
const PACKAGE: &str = "backoffice-sandbox";

/// Builds the server, and returns the path of its program.
pub(crate) fn build(project: &Project) -> Result<PathBuf> {
    let usually = "2 minutes on 2 cores the first time, then seconds";
    progress::step("Building the sandbox server", usually, || {
        process::run(
            project
                .cargo()
                .args(["build", "--release", "--locked", "--quiet"])
                .args(["--package", PACKAGE, "--features", "server"])
                .args(["--bin", PACKAGE]),
        )
    })?;
    Ok(project.target.join("release").join(PACKAGE))
}
