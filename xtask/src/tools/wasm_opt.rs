//! wasm-opt, which makes WebAssembly smaller; it comes with the npm package `binaryen`.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::symlink;
use std::path::Path;

use super::installed::{self, Tool};
use super::{npm, version};
use crate::error::{Error, Result};
use crate::progress;
use crate::project::{self, Project};

/// Finds or installs the version that `Trunk.toml` asks for.
pub(crate) fn ensure(project: &Project) -> Result<Tool> {
    let version = version::in_trunk_config(project, "wasm_opt", "version_")?;
    if let Some(found) = installed::find("wasm-opt", "wasm-opt", &version)? {
        return Ok(found);
    }
    let title = format!("Installing wasm-opt {version}, once per machine");
    progress::step(&title, "10 seconds", || install(project, &version))?;
    installed::find("wasm-opt", "wasm-opt", &version)?.ok_or_else(|| {
        Error::new(format!(
            "the package in tools/package.json has no wasm-opt {version}, which Trunk.toml asks for"
        ))
    })
}

/// Installs from a copy of the lock file, so that the package is checked against its hash.
fn install(project: &Project, version: &str) -> Result<()> {
    let folder = project::tool_cache("wasm-opt", version)?;
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        let text = project.read(&format!("tools/{file}"))?;
        project::write_text(&folder.join(file), &text)?;
    }
    npm::clean_install(&folder)?;
    link(Path::new("node_modules/.bin"), &folder.join("bin"))
}

fn link(to: &Path, at: &Path) -> Result<()> {
    match fs::remove_file(at) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => {
            return Err(Error::file("replace", at, &cause));
        }
        _ => {}
    }
    symlink(to, at).map_err(|cause| Error::file("create", at, &cause))
}
