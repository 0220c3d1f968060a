//! Debian packages, which only root can install.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::on_path;
use crate::error::{Error, Result};
use crate::process;
use crate::progress;

/// Whether this program may install packages.
fn is_usable() -> bool {
    let is_root =
        process::capture(Command::new("id").arg("-u")).is_ok_and(|user| user.trim() == "0");
    is_root && on_path("apt-get").is_some()
}

/// Finds a program, or installs the packages that bring it. `missing` says what to do where neither
/// is possible.
pub(crate) fn find_or_install(
    name: &str,
    packages: &[&str],
    find: impl Fn() -> Option<PathBuf>,
    missing: impl Fn() -> Error,
) -> Result<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    if !is_usable() {
        return Err(missing());
    }
    let title = format!("Installing {name}, once per machine");
    progress::step(&title, "half a minute", || install(packages))?;
    find().ok_or_else(missing)
}

/// Installs packages.
fn install(packages: &[&str]) -> Result<()> {
    apt_get(&["update"])?;
    apt_get(&[&["install", "--yes"], packages].concat())
}

/// The command that does by hand what [`install`] does.
pub(crate) fn by_hand(packages: &[&str]) -> String {
    format!("sudo apt-get install {}", packages.join(" "))
}

fn apt_get(args: &[&str]) -> Result<()> {
    process::run(
        Command::new("apt-get")
            .arg("--quiet=2")
            .args(args)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdin(Stdio::null())
            .stdout(Stdio::null()),
    )
}
