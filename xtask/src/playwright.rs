//! Playwright against the release build of console and server: for tests, screenshots
//! and measurements.

use std::process::Command;

use crate::console;
use crate::docs;
use crate::error::Result;
use crate::pressure;
use crate::project::Project;
use crate::sandbox;
use crate::tools::chromium::Chromium;
use crate::tools::{WebTools, descriptions, npm};

/// Builds what the browser needs, and returns a command that runs Playwright in the
/// folder of the browser tests.
pub(crate) fn prepare(project: &Project) -> Result<Command> {
    let mut playwright = prepare_without_builds(project)?;
    let tools = WebTools::ensure(project)?;
    playwright
        .env("CONSOLE_DIST", console::build(project, &tools)?)
        .env("SANDBOX_BIN", sandbox::build(project)?);
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

/// The same, with what only tests need: the page that puts the client under load,
/// descriptions of other APIs, and the sample documentation.
pub(crate) fn prepare_tests(project: &Project) -> Result<Command> {
    let mut playwright = prepare(project)?;
    let pressure = pressure::build(project, &WebTools::ensure(project)?)?;
    playwright
        .env("PRESSURE_DIST", pressure)
        .env("DESCRIPTIONS", descriptions::ensure(project)?)
        // Tests replace this address with that of their console.
        .env("DOCS_SITE", docs::build(project, "https://console.example", "docs-for-tests")?);
    Ok(playwright)
}
