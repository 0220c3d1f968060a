//! Where things are: the project's folders and this machine's cache of tools.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{Error, Result};
use crate::process;

/// The folders every command works with.
#[derive(Debug)]
pub(crate) struct Project {
    /// The workspace's root.
    pub(crate) root: PathBuf,
    /// Cargo's target folder.
    pub(crate) target: PathBuf,
}

impl Project {
    /// Finds the workspace this program was built from.
    pub(crate) fn find() -> Result<Self> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest.parent().unwrap_or(manifest).to_path_buf();
        let target = target_folder(&root)?;
        Ok(Self { root, target })
    }

    /// A path inside the workspace.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The built console.
    pub(crate) fn dist(&self) -> PathBuf {
        self.path("dist")
    }

    /// The folder of the browser tests.
    pub(crate) fn browser_tests(&self) -> PathBuf {
        self.path("tests/e2e")
    }

    /// Cargo, run in the workspace.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = Command::new(cargo_program());
        command.current_dir(&self.root);
        command
    }

    /// The text of a file of the workspace.
    pub(crate) fn read(&self, relative: &str) -> Result<String> {
        read_text(&self.path(relative))
    }
}

/// The cargo that runs this program, so that one tool chain does everything.
pub(crate) fn cargo_program() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// The text of a file.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|cause| Error::file("read", path, &cause))
}

/// Writes a file, with the folders it needs.
pub(crate) fn write_text(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        create_folder(folder)?;
    }
    fs::write(path, text).map_err(|cause| Error::file("write", path, &cause))
}

/// Creates a folder and its parents.
pub(crate) fn create_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|cause| Error::file("create", path, &cause))
}

/// Where a tool of this version is installed, once per machine.
pub(crate) fn tool_cache(tool: &str, version: &str) -> Result<PathBuf> {
    let cache = match env::var_os("XDG_CACHE_HOME").filter(|folder| !folder.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => match env::var_os("HOME") {
            Some(home) => Path::new(&home).join(".cache"),
            None => {
                return Err(Error::new("no place to install tools: set HOME or XDG_CACHE_HOME"));
            }
        },
    };
    Ok(cache.join("backoffice-console").join(format!("{tool}-{version}")))
}

/// Asks cargo, because an environment variable or a configuration file may move it.
fn target_folder(root: &Path) -> Result<PathBuf> {
    let text = process::capture(Command::new(cargo_program()).current_dir(root).args([
        "metadata",
        "--no-deps",
        "--offline",
        "--format-version=1",
    ]))?;
    serde_json::from_str::<serde_json::Value>(&text)
        .ok()
        .and_then(|metadata| metadata.get("target_directory")?.as_str().map(PathBuf::from))
        .ok_or_else(|| Error::new("`cargo metadata` named no target_directory"))
}
