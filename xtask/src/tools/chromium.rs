//! The browser of the browser tests.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use super::{apt, installed};
use crate::error::{Error, Result};
use crate::progress;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The same engine without what is around a page, which takes half of the processor's time.
const SHELLS: [&str; 2] = ["chromium-headless-shell", "chrome-headless-shell"];

/// What pages are tried in.
pub(crate) struct Chromium {
    whole: PathBuf,
    /// Not everywhere.
    shell: Option<PathBuf>,
}

impl Chromium {
    /// Finds Chromium, or installs it where that is possible. `CHROMIUM` overrides the search.
    pub(crate) fn ensure() -> Result<Self> {
        if let Some(chosen) = env::var_os("CHROMIUM") {
            return Ok(Self { whole: PathBuf::from(chosen), shell: None });
        }
        let whole = match find(&NAMES) {
            Some(found) => found,
            None => install(&NAMES)?,
        };
        let shell = find(&SHELLS).or_else(|| {
            // Without it everything works as well, and takes longer.
            install(&SHELLS).inspect_err(|error| eprintln!("{error}")).ok()
        });
        Ok(Self { whole, shell })
    }

    /// Tells a command what to run.
    pub(crate) fn name_to(&self, command: &mut Command) {
        command.env("CHROMIUM", &self.whole);
        if let Some(shell) = &self.shell {
            command.env("CHROMIUM_SHELL", shell);
        }
    }
}

fn find(names: &[&str]) -> Option<PathBuf> {
    names.iter().copied().find_map(installed::on_path)
}

/// Installs the package that is called like the first of these programs.
fn install(names: &[&str]) -> Result<PathBuf> {
    let packages = names.get(..1).unwrap_or_default();
    let by_hand = apt::by_hand(packages);
    let missing = || {
        let names = names.join(" or ");
        Error::new(format!(
            "the browser tests need {names}: run `{by_hand}`, or set CHROMIUM to the path of a browser"
        ))
    };
    if !apt::is_usable() {
        return Err(missing());
    }
    let title = format!("Installing {}, once per machine", packages.join(" "));
    progress::step(&title, "half a minute", || apt::install(packages))?;
    find(names).ok_or_else(missing)
}
