//! `cargo xtask shots`: pictures of all pages and their states, into `target/shots/`.

use std::ffi::OsString;
use std::fs;

use crate::error::{Error, Result};
use crate::playwright;
use crate::process;
use crate::project::Project;

/// The tests that take the README's picture among others, and which of them it is.
const README: [&str; 2] = ["light, 1280 pages", "light-1280/app-overview.png"];

/// Takes all of them; `args` go to Playwright.
pub(crate) fn run(project: &Project, args: &[OsString]) -> Result<()> {
    let folder = project.target.join("shots");
    let mut playwright = playwright::prepare(project)?;
    playwright.args(["--config", "shots.config.ts"]).args(args).env("SHOTS", &folder);
    process::run(&mut playwright)?;
    println!("All pages side by side: {}", folder.join("index.html").display());
    Ok(())
}

/// Takes the picture of the README.
pub(crate) fn readme(project: &Project) -> Result<()> {
    let [tests, picture] = README;
    run(project, &["-g", tests].map(OsString::from))?;
    let from = project.target.join("shots").join(picture);
    fs::copy(&from, project.path("docs/screenshot.png"))
        .map(|_| ())
        .map_err(|cause| Error::file("copy", &from, &cause))
}
