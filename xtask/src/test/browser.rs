//! The browser tests: Playwright, against the release build of console and server.

use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::process::Command;

use super::counts::Counts;
use crate::console;
use crate::error::{Error, Result};
use crate::pressure;
use crate::process;
use crate::project::{self, Project};
use crate::sandbox;
use crate::tools::{WebTools, chromium, npm};

/// Builds what they need, runs the tests and counts them.
pub(crate) fn run(project: &Project, args: &[OsString]) -> Result<Counts> {
    let folder = project.browser_tests();
    let browser = chromium::ensure()?;
    npm::install(&folder)?;
    let tools = WebTools::ensure(project)?;
    let dist = console::build(project, &tools)?;
    let pressure = pressure::build(project, &tools)?;
    let server = sandbox::build(project)?;

    let report = folder.join("results/report.json");
    match fs::remove_file(&report) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => {
            return Err(Error::file("delete", &report, &cause));
        }
        _ => {}
    }
    eprintln!("Running the browser tests…");
    let succeeded = process::succeeds(
        Command::new(folder.join("node_modules/.bin/playwright"))
            .current_dir(&folder)
            .arg("test")
            .args(args)
            .env("CHROMIUM", browser)
            .env("SANDBOX_BIN", server)
            .env("CONSOLE_DIST", dist)
            .env("PRESSURE_DIST", pressure),
    )?;
    let counts = Counts::from_playwright_report(&project::read_text(&report)?)
        .ok_or_else(|| Error::new(format!("{} counts no tests", report.display())))?;
    Ok(counts.given(succeeded))
}
