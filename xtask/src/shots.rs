//! `cargo xtask shots`: screenshots of all pages and their states, into `target/shots/`.

use std::ffi::OsString;

use crate::error::Result;
use crate::playwright;
use crate::process;
use crate::project::Project;

/// Takes all screenshots again; `args` go to Playwright.
pub(crate) fn run(project: &Project, args: &[OsString]) -> Result<()> {
    let folder = project.target.join("shots");
    let mut playwright = playwright::prepare(project)?;
    playwright.args(["--config", "shots.config.ts"]).args(args).env("SHOTS", &folder);
    process::run(&mut playwright)?;
    println!("All pages side by side: {}", folder.join("index.html").display());
    Ok(())
}
