//! The tests of the extension for Sphinx.

use std::path::PathBuf;
use std::process::Command;

use super::counts::Counts;
use crate::error::{Error, Result};
use crate::process;
use crate::progress;
use crate::project::{self, Project};
use crate::tools::python::Python;

/// Runs the tests, shows their output, and counts them.
pub(crate) fn run(project: &Project) -> Result<Counts> {
    let report = project.target.join("docs/pytest.xml");
    let mut runner = Python::ensure(project)?.module("pytest");
    runner
        .current_dir(extension(project))
        .arg("--quiet")
        .arg(format!("--junit-xml={}", report.display()));
    let what = "Running the tests of the extension for Sphinx";
    let succeeded = progress::announce(what, || process::succeeds(&mut runner))?;
    let counts = Counts::from_junit_report(&project::read_text(&report)?)
        .ok_or_else(|| Error::new(format!("{} counts no tests", report.display())))?;
    Ok(counts.given(succeeded))
}

/// Checks the extension's formatting, lints and types.
pub(crate) fn lint(project: &Project) -> Result<()> {
    let python = Python::ensure(project)?;
    let cache = project.target.join("docs");
    let here = |mut command: Command, args: &[&str]| {
        command.current_dir(extension(project)).args(args);
        command
    };
    let no_cache = "--no-cache";
    process::run(&mut here(
        python.module("ruff"),
        &["format", no_cache, "--check", "--quiet", "."],
    ))?;
    process::run(&mut here(python.module("ruff"), &["check", no_cache, "--quiet", "."]))?;
    process::run(
        here(python.module("mypy"), &["--no-error-summary", "--cache-dir"]).arg(cache.join("mypy")),
    )
}

fn extension(project: &Project) -> PathBuf {
    project.path("docs/sphinx")
}
