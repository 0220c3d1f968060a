//! The products that the playground is compared with, and the largest description for it. Only
//! `cargo xtask bench playground` needs these packages.

use std::fs;
use std::path::{Path, PathBuf};

use super::npm;
use crate::error::{Error, Result};
use crate::fingerprint::{self, Fingerprint};
use crate::progress;
use crate::project::{self, Project};

const FROM: &str = "tests/e2e/bench/peers";
const FILES: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];
const DESCRIPTIONS: &str = "node_modules/@octokit/openapi/generated";
const DESCRIPTION: &str = "api.github.com.json";

/// Installs the packages, unless they already match the lock file, and returns their
/// folder.
pub(crate) fn ensure(project: &Project) -> Result<PathBuf> {
    let mut lock = Fingerprint::default();
    lock.add(&project.read(&format!("{FROM}/package-lock.json"))?);
    let folder = project::tool_cache("bench-peers", &lock.text())?;
    let stamp = folder.join("node_modules/.installed");
    if !stamp.exists() {
        progress::step("Installing the compared products, once per machine", "a minute", || {
            for file in FILES {
                project::write_text(&folder.join(file), &project.read(&format!("{FROM}/{file}"))?)?;
            }
            npm::clean_install(&folder)?;
            keep_one(&folder.join(DESCRIPTIONS))?;
            project::write_text(&stamp, "")
        })?;
    }
    Ok(folder)
}

/// The package has a dozen other descriptions, which take up most of a gigabyte.
fn keep_one(folder: &Path) -> Result<()> {
    fingerprint::folder_entries(folder)?
        .into_iter()
        .filter(|path| !path.ends_with(DESCRIPTION))
        .try_for_each(|path| {
            fs::remove_file(&path).map_err(|cause| Error::file("delete", &path, &cause))
        })
}
