//! wasm-bindgen, which writes the JavaScript beside a WebAssembly file.

use super::cargo_install::Recipe;
use super::version;
use crate::error::Result;
use crate::project::Project;

/// It reads and writes whole programs, so that it has to be compiled with some care.
pub(super) const RECIPE: Recipe<'_> = Recipe {
    tool: "wasm-bindgen",
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    // Without --locked: its lock file can name versions that the registry no longer has.
    args: &["--bin", "wasm-bindgen", "--no-default-features"],
    opt_level: "1",
    usually: "1.5 minutes on 2 cores",
};

/// The version in `Cargo.lock`: the program and the crate must be equal.
pub(super) fn version(project: &Project) -> Result<String> {
    version::locked(project, "wasm-bindgen")
}
