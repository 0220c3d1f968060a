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

/// Runs the tests, shows their output immediately, and counts them.
pub(crate) fn run(project: &Project, args: &[OsString]) -> Result<Counts> {
    progress::announce("Building the native tests", || {
        process::run(cargo_test(project, args, &["--no-run"]).stdout(Stdio::null()))
    })?;
    progress::announce("Running the native tests", || {
        count(cargo_test(project, args, &["--no-fail-fast"]))
    })
}

/// Cargo, set up to build only the tests that `args` select.
fn cargo_test(project: &Project, args: &[OsString], options: &[&str]) -> Command {
    let mut command = project.cargo();
    command.args(["test", "--locked"]).args(options);
    let packages = packages(args);
    if packages.is_empty() {
        command.arg("--workspace");
    }
    let features = features(&packages);
    if !features.is_empty() {
        command.arg("--features").arg(features);
    }
    command.args(args);
    command
}

/// The packages that arguments for cargo select.
fn packages(args: &[OsString]) -> Vec<&str> {
    let mut packages = Vec::new();
    let mut words = args.iter().map(|arg| arg.to_str().unwrap_or_default());
    // Later arguments are for the tests themselves.
    while let Some(word) = words.next().filter(|word| *word != "--") {
        if word == "-p" || word == "--package" {
            packages.extend(words.next());
        } else if let Some(package) =
            word.strip_prefix("--package=").or_else(|| word.strip_prefix("-p"))
        {
            packages.push(package);
        }
    }
    packages
}

/// Those of [`FEATURES`] that are of these packages, or all if there are none: cargo refuses a
/// feature of a package that it does not build.
fn features(packages: &[&str]) -> String {
    let is_chosen = |feature: &&str| {
        packages.is_empty()
            || feature.split_once('/').is_some_and(|(package, _)| packages.contains(&package))
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

    fn packages_of(line: &str) -> Vec<String> {
        let args: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        packages(&args).into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn packages_are_read_as_cargo_does() {
        assert_eq!(packages_of("-p a --package b -pc --package=d"), ["a", "b", "c", "d"]);
        assert_eq!(packages_of("-p a --lib backoff -- -p b"), ["a"]);
        assert!(packages_of("--lib backoff").is_empty());
    }

    #[test]
    fn features_are_those_of_what_is_built() {
        assert_eq!(features(&[]), FEATURES);
        assert_eq!(features(&["backoffice-sandbox", "xtask"]), "backoffice-sandbox/server");
        assert_eq!(features(&["backoffice-client"]), "");
    }
}
