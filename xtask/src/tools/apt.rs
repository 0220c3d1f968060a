//! Debian packages, which only root can install.

use std::process::{Command, Stdio};

use super::installed;
use crate::error::Result;
use crate::process;

/// Whether this program may install packages.
pub(crate) fn is_usable() -> bool {
    let is_root =
        process::capture(Command::new("id").arg("-u")).is_ok_and(|user| user.trim() == "0");
    is_root && installed::on_path("apt-get").is_some()
}

/// Installs packages.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
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
