//! The tests that need no browser: `cargo test` over the whole workspace, or over some packages.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::counts::Counts;
use crate::error::{Error, Result};
use crate::process;
use crate::progress;
use crate::project::Project;

/// Features that are off by default and have tests.
pub(crate) const FEATURES: &str =
    "backoffice-sandbox/server,backoffice-contract/openapi,backoffice-shell/doctest";

/// Runs the tests of these packages, or of all if there are none, showing their output as it comes,
/// and counts them; `args` go to cargo.
pub(crate) fn run(project: &Project, packages: &[String], args: &[OsString]) -> Result<Counts> {
    let cargo_test = |options: &[&str]| {
        let mut command = project.cargo();
        command.args(["test", "--locked"]).args(options);
        if packages.is_empty() {
            command.arg("--workspace");
        }
        command.args(packages.iter().flat_map(|package| ["--package", package]));
        let features = features(packages);
        if !features.is_empty() {
            command.arg("--features").arg(features);
        }
        command.args(args);
        command
    };
    progress::announce("Building the native tests", || {
        process::run(cargo_test(&["--no-run"]).stdout(Stdio::null()))
    })?;
    progress::announce("Running the native tests", || count(cargo_test(&["--no-fail-fast"])))
}

/// Those of [`FEATURES`] that are of these packages, or all if there are none: cargo refuses a
/// feature of a package that it does not build.
fn features(packages: &[String]) -> String {
    let is_chosen = |feature: &&str| {
        packages.is_empty()
            || packages
                .iter()
                .any(|package| feature.split_once('/').is_some_and(|(of, _)| of == package))
    };
    FEATURES.split(',').filter(is_chosen).collect::<Vec<_>>().join(",")
}

/// Runs the tests and adds up what their programs report.
fn count(mut command: Command) -> Result<Counts> {
    command.stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|cause| process::cannot_start(&command, &cause))?;
    let mut counts = Counts::default();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n').map_while(|line| line.ok()) {
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            if let Some(more) = Counts::from_cargo_line(&line) {
                counts += more;
            }
        }
    }
    let status =
        child.wait().map_err(|cause| Error::new(format!("cannot wait for cargo test: {cause}")))?;
    Ok(counts.given(status.success()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_those_of_what_is_built() {
        assert_eq!(features(&[]), FEATURES);
        let of = |packages: &[&str]| {
            features(&packages.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(of(&["backoffice-sandbox", "xtask"]), "backoffice-sandbox/server");
        assert_eq!(of(&["backoffice-client"]), "");
    }
}
