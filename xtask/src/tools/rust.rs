//! What a minimal Rust tool chain lacks: rustfmt, clippy and the target for WebAssembly.

use std::path::Path;
use std::process::Command;

use crate::error::{Error, Result};
use crate::process;
use crate::project::Project;

/// The target's name.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that `cargo fmt` and `cargo clippy` run.
pub(crate) fn ensure_components(project: &Project) -> Result<()> {
    [("fmt", "rustfmt"), ("clippy", "clippy")].into_iter().try_for_each(
        |(subcommand, component)| {
            let mut probe = project.cargo();
            if process::capture(probe.args([subcommand, "--version"])).is_ok() {
                return Ok(());
            }
            rustup("component", component)
        },
    )
}

/// Makes sure that the compiler builds for WebAssembly.
pub(crate) fn ensure_wasm() -> Result<()> {
    let folder = ["--print", "target-libdir", "--target", WASM];
    if process::capture(Command::new("rustc").args(folder))
        .is_ok_and(|folder| Path::new(folder.trim()).is_dir())
    {
        return Ok(());
    }
    rustup("target", WASM)
}

/// Adds a component or a target.
fn rustup(kind: &str, name: &str) -> Result<()> {
    eprintln!("Adding the {kind} {name} (usually 5 seconds)…");
    process::run(Command::new("rustup").args([kind, "add", name])).map_err(|cause| {
        Error::new(format!(
            "{cause}\nThe {kind} {name} is missing: run `rustup {kind} add {name}` \
             (rustup is at https://rustup.rs)"
        ))
    })
}
