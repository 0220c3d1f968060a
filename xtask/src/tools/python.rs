//! Python with the packages that build the documentation, in a separate environment.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use super::{apt, on_path};
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::process;
use crate::progress;
use crate::project::{self, Project};

/// The packages, exactly.
const REQUIREMENTS: &str = "docs/sphinx/requirements.txt";

/// Where the extension is; the environment's Python finds it here, so that it is always current.
const EXTENSION: &str = "docs/sphinx/src";

/// What Debian needs for `python3 -m venv`.
const PACKAGES: [&str; 2] = ["python3", "python3-venv"];

/// Fails if Python is older than the packages require, or cannot create environments.
const PROBE: &str = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))";

/// Locked while the environment is looked for and created: tests and the sample site both need it, at
/// the same time.
static MAKING: Mutex<()> = Mutex::new(());

/// A Python that has the packages.
pub(crate) struct Python {
    program: PathBuf,
    extension: PathBuf,
}

impl Python {
    /// Finds the environment of these packages, or creates it.
    pub(crate) fn ensure(project: &Project) -> Result<Self> {
        let _held = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
        let mut fingerprint = Fingerprint::default();
        let requirements = project.read(REQUIREMENTS)?;
        fingerprint.add(&requirements);
        let folder = project::tool_cache("python", &fingerprint.text())?;
        // Written last, so that an interrupted installation does not count.
        let stamp = folder.join(".installed");
        let program = folder.join("bin/python");
        let is_there =
            stamp.exists() && process::capture(Command::new(&program).arg("--version")).is_ok();
        if !is_there {
            let title = "Installing Sphinx and what checks its extension, once per machine";
            progress::step(title, "a minute", || install(project, &folder, &program))?;
            project::write_text(&stamp, &requirements)?;
        }
        Ok(Self { program, extension: project.path(EXTENSION) })
    }

    /// Runs a module of one of the packages, with the extension to be found.
    pub(crate) fn module(&self, name: &str) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(["-m", name])
            .env("PYTHONPATH", &self.extension)
            // The sources stay as they are.
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env_remove("PYTHONHOME");
        command
    }
}

fn install(project: &Project, folder: &Path, program: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|cause| Error::file("replace", folder, &cause))?;
    }
    let system = system_python()?;
    process::run(Command::new(system).args(["-m", "venv"]).arg(folder))?;
    process::run(
        Command::new(program)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .arg("--requirement")
            .arg(project.path(REQUIREMENTS)),
    )
}

/// A Python that can make environments, installed where that is possible.
fn system_python() -> Result<PathBuf> {
    apt::find_or_install("Python", &PACKAGES, usable, || {
        Error::new(format!(
            "documentation needs Python 3.11 or later with its module venv: run `{}`",
            apt::by_hand(&PACKAGES)
        ))
    })
}

fn usable() -> Option<PathBuf> {
    let found = on_path("python3")?;
    process::capture(Command::new(&found).args(["-c", PROBE])).ok().map(|_| found)
}
