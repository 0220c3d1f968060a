//! The compiler for `wasm32-unknown-unknown`.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{distribution, installed};
use crate::error::{Error, Result};
use crate::process;
use crate::project::Project;

/// The target's name.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Which compiler builds for WebAssembly.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum WasmTarget {
    /// The one that runs everything else too.
    Selected,
    /// The distribution's, with a standard library it builds itself; the folder makes it the
    /// first `cargo` and `rustc` on the search path.
    Distribution(PathBuf),
}

/// Finds a compiler for WebAssembly, or installs one.
pub(crate) fn ensure(project: &Project) -> Result<WasmTarget> {
    if has_target() || add_target() {
        return Ok(WasmTarget::Selected);
    }
    if distribution::is_possible() {
        return distribution::ensure(project).map(WasmTarget::Distribution);
    }
    Err(Error::new(format!(
        "this compiler cannot build for WebAssembly: run `rustup target add {WASM}` \
         (rustup is at https://rustup.rs), or `{}`",
        distribution::by_hand()
    )))
}

impl WasmTarget {
    /// Cargo, set up to build for WebAssembly.
    pub(crate) fn cargo(&self, project: &Project) -> Result<Command> {
        let mut command = match self {
            Self::Selected => project.cargo(),
            Self::Distribution(folder) => {
                let mut command = Command::new(folder.join("cargo"));
                command.current_dir(&project.root);
                command
            }
        };
        self.configure(&mut command, Vec::new())?;
        Ok(command)
    }

    /// Makes a program that runs cargo use this compiler, with more folders on its search path.
    pub(crate) fn configure(&self, command: &mut Command, folders: Vec<PathBuf>) -> Result<()> {
        let compiler = match self {
            Self::Selected => None,
            Self::Distribution(folder) => {
                distribution::configure(command);
                Some(folder.clone())
            }
        };
        let inherited = env::var_os("PATH").unwrap_or_default();
        let path = compiler.into_iter().chain(folders).chain(env::split_paths(&inherited));
        let joined = env::join_paths(path)
            .map_err(|cause| Error::new(format!("cannot extend the search path: {cause}")))?;
        command.env("PATH", joined);
        Ok(())
    }
}

fn has_target() -> bool {
    process::capture(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]))
        .is_ok_and(|folder| Path::new(folder.trim()).is_dir())
}

/// Asks rustup, which may be absent or unable to download.
fn add_target() -> bool {
    if installed::on_path("rustup").is_none() {
        return false;
    }
    eprintln!("Adding the target {WASM} (usually 5 seconds)…");
    match process::succeeds(Command::new("rustup").args(["target", "add", WASM])) {
        Ok(true) => has_target(),
        _ => false,
    }
}
