//! Packages from npm, always exactly those of a lock file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::on_path;
use crate::error::{Error, Result};
use crate::fingerprint::{self, Fingerprint};
use crate::process;
use crate::progress;
use crate::project::{self, Project};

/// Descriptions of APIs by others, which the playground is tested with.
const DESCRIPTIONS: &str = "tests/e2e/support/descriptions";
const PYTHON: &str = "python3";

/// What the playground is measured against, and the largest description it is measured with.
const PEERS: &str = "tests/e2e/bench/peers";
const PEER_DESCRIPTIONS: &str = "node_modules/@octokit/openapi/generated";
const PEER_DESCRIPTION: &str = "api.github.com.json";

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

/// Installs the packages of a folder of the project into another folder.
pub(super) fn install_copy(project: &Project, from: &Path, to: &Path) -> Result<()> {
    for entry in fingerprint::folder_entries(&project.root.join(from))? {
        if let Some(name) = entry.file_name().filter(|_| entry.is_file()) {
            project::write_text(&to.join(name), &project::read_text(&entry)?)?;
        }
    }
    clean_install(to)
}

/// Installs the descriptions, which are too large for this project's tree and which packages have
/// in versions that stay as they are. The answer is a folder with a JSON file for each.
pub(crate) fn descriptions(project: &Project) -> Result<PathBuf> {
    let what = "Installing descriptions for tests, once per machine";
    cached(project, DESCRIPTIONS, "descriptions", what, "half a minute", |folder| {
        if on_path(PYTHON).is_none() {
            return Err(Error::new(
                "python3 is missing: install Python 3.9 or later with pip, and run this again",
            ));
        }
        // The hash in the file of requirements is what pip checks the package against.
        process::run(
            Command::new(PYTHON)
                .current_dir(folder)
                .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
                .args(["--root-user-action", "ignore"])
                .args(["--no-deps", "--require-hashes", "--only-binary", ":all:"])
                .args(["--upgrade", "--target", "python", "--requirement", "requirements.txt"]),
        )?;
        process::run(Command::new("node").current_dir(folder).arg("convert.js"))?;
        // The packages are needed only until they are read.
        ["python", "node_modules"].iter().try_for_each(|packages| {
            let path = folder.join(packages);
            fs::remove_dir_all(&path).map_err(|cause| Error::file("delete", &path, &cause))
        })
    })
}

/// Installs what the playground is measured against; the answer is the folder that has it.
pub(crate) fn peers(project: &Project) -> Result<PathBuf> {
    let what = "Installing what to measure against, once per machine";
    cached(project, PEERS, "bench-peers", what, "a minute", |folder| {
        // The package has a dozen other descriptions, which take up most of a gigabyte.
        fingerprint::folder_entries(&folder.join(PEER_DESCRIPTIONS))?
            .into_iter()
            .filter(|path| !path.ends_with(PEER_DESCRIPTION))
            .try_for_each(|path| {
                fs::remove_file(&path).map_err(|cause| Error::file("delete", &path, &cause))
            })
    })
}

/// Packages in this machine's cache, installed from a folder of the project unless its files are
/// the same as then; `finish` makes of them what is needed.
fn cached(
    project: &Project,
    from: &str,
    name: &str,
    what: &str,
    usually: &str,
    finish: impl Fn(&Path) -> Result<()>,
) -> Result<PathBuf> {
    let mut wanted = Fingerprint::default();
    let mut files = fingerprint::folder_entries(&project.path(from))?;
    files.retain(|file| file.is_file());
    files.sort();
    files.iter().try_for_each(|file| {
        wanted.add(&project::read_text(file)?);
        Ok(())
    })?;
    let folder = project::tool_cache(name, &wanted.text())?;
    let stamp = folder.join(".installed");
    if !stamp.exists() {
        progress::step(what, usually, || {
            install_copy(project, Path::new(from), &folder)?;
            finish(&folder)?;
            project::write_text(&stamp, "")
        })?;
    }
    Ok(folder)
}

/// Runs `npm ci`.
fn clean_install(folder: &Path) -> Result<()> {
    if on_path("npm").is_none() {
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
