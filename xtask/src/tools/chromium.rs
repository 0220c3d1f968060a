//! The browser of the browser tests.

use std::env;
use std::path::PathBuf;

use super::{apt, installed};
use crate::error::{Error, Result};
use crate::progress;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Finds Chromium, or installs it where that is possible. `CHROMIUM` overrides the search.
pub(crate) fn ensure() -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("CHROMIUM") {
        return Ok(PathBuf::from(chosen));
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    let packages = ["chromium"];
    let by_hand = format!(
        "the browser tests need Chromium: run `{}`, or set CHROMIUM to the path of one",
        apt::by_hand(&packages)
    );
    if !apt::is_usable() {
        return Err(Error::new(by_hand));
    }
    progress::step("Installing Chromium, once per machine", "half a minute", || {
        apt::install(&packages)
    })?;
    find().ok_or_else(|| Error::new(by_hand))
}

fn find() -> Option<PathBuf> {
    NAMES.into_iter().find_map(installed::on_path)
}
