//! `cargo xtask docs`: the sample site, whose commands run in a playground.

use crate::error::Result;
use crate::process;
use crate::progress;
use crate::project::Project;
use crate::tools::python::Python;

/// The pages.
const SAMPLE: &str = "docs/sphinx/sample";

/// Builds the site for the console at this address, and prints where it is.
pub(crate) fn run(project: &Project, console_url: &str) -> Result<()> {
    let python = Python::ensure(project)?;
    let folder = project.target.join("docs");
    let site = folder.join("site");
    progress::step("Building the sample site", "5 seconds", || {
        process::run(
            python
                .module("sphinx")
                .args(["--quiet", "--fail-on-warning", "--fresh-env", "--builder", "html"])
                .arg("--define")
                .arg(format!("backoffice_playground_url={console_url}"))
                .arg("--doctree-dir")
                .arg(folder.join("doctrees"))
                .arg(project.path(SAMPLE))
                .arg(&site),
        )
    })?;
    println!("{}", site.display());
    Ok(())
}
