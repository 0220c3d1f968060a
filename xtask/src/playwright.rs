//! Playwright against the release build of console and server: for tests, screenshots
//! and measurements.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::commands::docs;
use crate::console;
use crate::error::{Error, Result};
use crate::progress;
use crate::project::{self, Project};
use crate::sandbox::{self, Profile};
use crate::tools::chromium::Chromium;
use crate::tools::npm;

/// Builds what the browser needs, and returns a command that runs Playwright in the
/// folder of the browser tests.
pub(crate) fn prepare(project: &Project) -> Result<Command> {
    let mut playwright = prepare_console(project)?;
    name_server(&mut playwright, &sandbox::build(project, Profile::Release)?);
    Ok(playwright)
}

/// Says where the sandbox server is.
pub(crate) fn name_server(playwright: &mut Command, program: &Path) {
    playwright.env("SANDBOX_BIN", program);
}

/// The same as [`prepare`] without the server.
fn prepare_console(project: &Project) -> Result<Command> {
    let mut playwright = prepare_without_builds(project)?;
    playwright.env("CONSOLE_DIST", console::build(project)?);
    Ok(playwright)
}

/// The same for pages that do not belong to this project.
pub(crate) fn prepare_without_builds(project: &Project) -> Result<Command> {
    let folder = project.browser_tests();
    let browser = Chromium::ensure()?;
    npm::install(&folder)?;
    let mut playwright = Command::new(folder.join("node_modules/.bin/playwright"));
    playwright.current_dir(&folder).arg("test");
    browser.name_to(&mut playwright);
    Ok(playwright)
}

/// The console, with what only tests need: the page that puts the client under load,
/// descriptions of other APIs, and the sample documentation. The server is still to be named.
pub(crate) fn prepare_tests(project: &Project) -> Result<Command> {
    let mut playwright = prepare_console(project)?;
    playwright
        .env("PRESSURE_DIST", load_page(project)?)
        .env("DESCRIPTIONS", npm::descriptions(project)?)
        // Tests replace this address with that of their console.
        .env("DOCS_SITE", docs::build(project, "https://console.example", "docs-for-tests")?);
    Ok(playwright)
}

/// Builds the page that puts the client under load, see `tests/e2e/pressure`; the answer is its
/// folder. It is compiled as the console is, so that only the page itself is new.
fn load_page(project: &Project) -> Result<PathBuf> {
    let folder = project.target.join("xtask/pressure");
    project::create_folder(&folder)?;
    progress::step("Building the page for load tests", "a minute", || {
        console::build_module(project, "pressure", &folder)
    })?;
    for (from, to) in
        [("tests/e2e/pressure/index.html", "index.html"), ("public/_headers", "_headers")]
    {
        let (from, to) = (project.path(from), folder.join(to));
        fs::copy(&from, &to).map_err(|cause| Error::file("copy", &from, &cause))?;
    }
    Ok(folder)
}
