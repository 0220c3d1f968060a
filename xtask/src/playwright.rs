//! Playwright against the release build of console and server: for tests, pictures and
//! measurements alike.

use std::path::Path;
use std::process::Command;

use crate::console::{self, Build};
use crate::docs;
use crate::error::Result;
use crate::pressure;
use crate::project::Project;
use crate::sandbox;
use crate::tools::chromium::Chromium;
use crate::tools::{WebTools, descriptions, npm};

/// Builds what the browser needs. The answer runs Playwright, in the folder of the
/// browser tests.
pub(crate) fn prepare(project: &Project) -> Result<Command> {
    let mut playwright = prepare_console(project)?;
    name_server(&mut playwright, &sandbox::build(project, Build::Release)?);
    Ok(playwright)
}

/// Says where the sandbox server is.
pub(crate) fn name_server(playwright: &mut Command, program: &Path) {
    playwright.env("SANDBOX_BIN", program);
}

/// The same as [`prepare`] without the server.
fn prepare_console(project: &Project) -> Result<Command> {
    let mut playwright = prepare_without_builds(project)?;
    playwright.env("CONSOLE_DIST", console::build(project, Build::Release)?);
    Ok(playwright)
}

/// The same for pages that are not this project's.
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
    let pressure = pressure::build(project, &WebTools::ensure(project)?)?;
    playwright
        .env("PRESSURE_DIST", pressure)
        .env("DESCRIPTIONS", descriptions::ensure(project)?)
        // Tests put their own console's address in place of this one.
        .env("DOCS_SITE", docs::build(project, "https://console.example", "docs-for-tests")?);
    Ok(playwright)
}
