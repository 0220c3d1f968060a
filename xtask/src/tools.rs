//! The tools a build or a test needs. Each is looked for first and installed once per machine.

mod apt;
pub(crate) mod chromium;
pub(crate) mod npm;
pub(crate) mod pinned;
pub(crate) mod python;
pub(crate) mod rust;

use std::env;
use std::path::PathBuf;

use crate::error::Result;
use crate::project::Project;

/// The first program of this name on the search path.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}

/// Installs everything the other commands need.
pub(crate) fn setup(project: &Project) -> Result<()> {
    rust::ensure_components(project)?;
    rust::ensure_wasm()?;
    for tool in [&pinned::TRUNK, &pinned::WASM_BINDGEN, &pinned::WASM_OPT] {
        tool.ensure(project)?;
    }
    npm::install(&project.browser_tests())?;
    npm::descriptions(project)?;
    chromium::Chromium::ensure()?;
    python::Python::ensure(project)?;
    println!("Everything is installed.");
    Ok(())
}
