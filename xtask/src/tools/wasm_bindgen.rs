//! wasm-bindgen, which writes the JavaScript beside a WebAssembly file.

use super::cargo_install::Recipe;
use super::installed::Tool;
use super::version;
use crate::error::Result;
use crate::project::Project;

/// Finds or installs the version in `Cargo.lock`: the program and the crate must be equal.
pub(crate) fn ensure(project: &Project) -> Result<Tool> {
    Recipe {
        tool: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        // Without --locked: its lock file can name versions that the registry no longer has.
        args: &[],
        usually: "1.5 minutes on 2 cores",
    }
    .ensure(project, &version::locked(project, "wasm-bindgen")?)
}
