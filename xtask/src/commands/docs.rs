//! Documentation whose commands run: `cargo xtask docs` builds the sample site, in which they run in
//! a playground, and `cargo xtask doctest` runs those of pages on the sandbox.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use crate::error::Result;
use crate::process;
use crate::progress;
use crate::project::Project;
use crate::tools::python::Python;

/// The pages.
const SAMPLE: &str = "docs/sphinx/sample";

/// The program that runs pages, of the package of the shell.
const DOCTEST: &str = "doctest";

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

/// Builds the program that runs pages, and runs it with these arguments from where the user is. It
/// says itself which line fails.
pub(crate) fn test(project: &Project, args: &[OsString]) -> Result<()> {
    let usually = "2 minutes on 2 cores, then seconds";
    progress::step("Building the shell and its sandbox", usually, || {
        process::run(
            project
                .cargo()
                .args(["build", "--locked", "--quiet", "--package", "backoffice-shell"])
                .args(["--features", DOCTEST, "--bin", DOCTEST]),
        )
    })?;
    process::run(Command::new(project.target.join("debug").join(DOCTEST)).args(args))
}
