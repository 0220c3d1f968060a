//! `cargo xtask bench client`: the numbers of `docs/simulation.md`.

use crate::error::Result;
use crate::process;
use crate::progress;
use crate::project::Project;

const PACKAGE: &str = "backoffice-simulation";
const PAGE: &str = "docs/simulation.md";

/// Runs every case, writes the page, and fails when a bound is missed.
pub(crate) fn client(project: &Project) -> Result<()> {
    progress::step("Running the client in virtual time", "2 minutes on 2 cores", || {
        process::run(
            project
                .cargo()
                .args(["run", "--release", "--locked", "--quiet", "--package", PACKAGE, "--"])
                .args(["--write", PAGE]),
        )
    })
}
