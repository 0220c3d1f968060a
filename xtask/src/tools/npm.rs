//! Packages from npm, always exactly those of a lock file.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::installed;
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::process;
use crate::progress;
use crate::project;

/// Installs the packages of `folder`, unless they already match its lock file.
pub(crate) fn install(folder: &Path) -> Result<()> {
    let mut fingerprint = Fingerprint::default();
    fingerprint.add_path(&folder.join("package-lock.json"))?;
    let wanted = fingerprint.text();
    // Inside node_modules, so that deleting the packages deletes the claim that they are there.
    let stamp = folder.join("node_modules/.installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    progress::step("Installing npm packages", "10 seconds", || {
        clean_install(folder)?;
        project::write_text(&stamp, &wanted)
    })
}

/// Runs `npm ci`.
pub(crate) fn clean_install(folder: &Path) -> Result<()> {
    if installed::on_path("npm").is_none() {
        return Err(Error::new(
            "npm is missing: install Node.js 20 or later, which brings it, and run this again",
        ));
    }
    process::run(Command::new("npm").current_dir(folder).args([
        "ci",
        "--no-fund",
        "--no-audit",
        "--loglevel=error",
    ]))
}
