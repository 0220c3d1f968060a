//! The browser tests: Playwright, against the release build of console and server.

use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::process::Command;

use super::counts::Counts;
use crate::error::{Error, Result};
use crate::process;
use crate::progress;
use crate::project::{self, Project};

/// Runs the tests against the build, and counts them.
pub(crate) fn run(project: &Project, mut playwright: Command, args: &[OsString]) -> Result<Counts> {
    let report = project.browser_tests().join("results/report.json");
    match fs::remove_file(&report) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => {
            return Err(Error::file("delete", &report, &cause));
        }
        _ => {}
    }
    let succeeded = progress::announce("Running the browser tests", || {
        process::succeeds(playwright.args(args))
    })?;
    let counts = Counts::from_playwright_report(&project::read_text(&report)?)
        .ok_or_else(|| Error::new(format!("{} counts no tests", report.display())))?;
    Ok(counts.given(succeeded))
}
