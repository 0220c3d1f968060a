//! Looking for a tool on the search path, then in this machine's cache.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::version;
use crate::error::Result;
use crate::process;
use crate::project;

/// An installed tool.
#[derive(Debug)]
pub(crate) struct Tool {
    /// How to start it.
    pub(crate) program: PathBuf,
    /// The folder to put on the search path of programs that start it by name; none when it is
    /// there already.
    pub(crate) folder: Option<PathBuf>,
}

/// Finds `program` at exactly `version`: on the search path, or in the cache of `tool`.
pub(crate) fn find(tool: &str, program: &str, version: &str) -> Result<Option<Tool>> {
    if let Some(found) = on_path(program).filter(|found| has_version(found, version)) {
        return Ok(Some(Tool { program: found, folder: None }));
    }
    let folder = project::tool_cache(tool, version)?.join("bin");
    let cached = folder.join(program);
    Ok(has_version(&cached, version).then_some(Tool { program: cached, folder: Some(folder) }))
}

/// The first program of this name on the search path.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}

/// Running it also shows that an interrupted installation left nothing half done.
fn has_version(program: &Path, version: &str) -> bool {
    process::capture(Command::new(program).arg("--version"))
        .is_ok_and(|output| version::printed(&output) == Some(version))
}
