//! The browser of the browser tests.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use super::{apt, on_path};
use crate::error::{Error, Result};

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The same engine without the rest of the browser, which takes half of the processor's time.
const SHELLS: [&str; 2] = ["chromium-headless-shell", "chrome-headless-shell"];

/// The browser in which the tests run.
pub(crate) struct Chromium {
    whole: PathBuf,
    /// Missing on some machines.
    shell: Option<PathBuf>,
}

impl Chromium {
    /// Finds Chromium, or installs it where that is possible. `CHROMIUM` overrides the search.
    pub(crate) fn ensure() -> Result<Self> {
        if let Some(chosen) = env::var_os("CHROMIUM") {
            return Ok(Self { whole: PathBuf::from(chosen), shell: None });
        }
        let whole = bring("Chromium", &NAMES, |by_hand| {
            format!(
                "the browser tests need Chromium: run `{by_hand}`, or set CHROMIUM to the path of one"
            )
        })?;
        let shell = bring("Chromium's headless shell", &SHELLS, |by_hand| {
            format!("the browser tests take half the time after `{by_hand}`")
        });
        let shell = shell.inspect_err(|error| eprintln!("{error}")).ok();
        Ok(Self { whole, shell })
    }

    /// Sets the variables that tell a command which browser to run.
    pub(crate) fn name_to(&self, command: &mut Command) {
        command.env("CHROMIUM", &self.whole);
        if let Some(shell) = &self.shell {
            command.env("CHROMIUM_SHELL", shell);
        }
    }
}

/// Finds one of these programs, or installs the package that is named after the first of them.
fn bring(name: &str, programs: &[&str], missing: fn(&str) -> String) -> Result<PathBuf> {
    let packages = programs.get(..1).unwrap_or_default();
    let find = || programs.iter().copied().find_map(on_path);
    apt::find_or_install(name, packages, find, || Error::new(missing(&apt::by_hand(packages))))
}
