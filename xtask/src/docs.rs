//! `cargo xtask docs`: the sample site, whose commands run in a playground.

use std::path::PathBuf;

use crate::error::Result;
use crate::process;
use crate::progress;
use crate::project::Project;
use crate::tools::python::Python;

/// The pages.
const SAMPLE: &str = "docs/sphinx/sample";

/// Builds the site for the console at this address, and prints its path.
pub(crate) fn run(project: &Project, console_url: &str) -> Result<()> {
    println!("{}", build(project, console_url, "docs")?.display());
    Ok(())
}

/// Builds the site into a folder of this name, and returns its path.
pub(crate) fn build(project: &Project, console_url: &str, folder: &str) -> Result<PathBuf> {
    let python = Python::ensure(project)?;
    let folder = project.target.join(folder);
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
    Ok(site)
}
