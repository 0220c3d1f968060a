//! The browser tests: Playwright, against the release build of console and server.

use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;

use super::counts::Counts;
use crate::error::{Error, Result};
use crate::playwright;
use crate::process;
use crate::project::{self, Project};

/// Builds what they need, runs the tests and counts them.
pub(crate) fn run(project: &Project, args: &[OsString]) -> Result<Counts> {
    let folder = project.browser_tests();
    let mut playwright = playwright::prepare_tests(project)?;

    let report = folder.join("results/report.json");
    match fs::remove_file(&report) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => {
            return Err(Error::file("delete", &report, &cause));
        }
        _ => {}
    }
    eprintln!("Running the browser tests…");
    let succeeded = process::succeeds(playwright.args(args))?;
    let counts = Counts::from_playwright_report(&project::read_text(&report)?)
        .ok_or_else(|| Error::new(format!("{} counts no tests", report.display())))?;
    Ok(counts.given(succeeded))
}
