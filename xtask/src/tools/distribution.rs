//! The distribution's compiler, for machines where rustup cannot download the WebAssembly target.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::apt;
use crate::error::{Error, Result};
use crate::process;
use crate::progress;
use crate::project::{self, Project};

/// Debian's newest compiler, its cargo, the source of its standard library, and a linker.
const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
const COMPILER: &str = "/usr/bin/rustc";
const LIBRARY_SOURCE: &str = "/usr/lib/rustlib/src/rust/library";

/// Whether the packages are there, or could be installed.
pub(crate) fn is_possible() -> bool {
    is_installed() || apt::is_usable()
}

/// Installs the packages; the answer is a folder where its `cargo` and `rustc` are.
pub(crate) fn ensure(project: &Project) -> Result<PathBuf> {
    if !is_installed() {
        let title = "Installing the distribution's Rust compiler, once per machine";
        progress::step(title, "half a minute", || apt::install(&PACKAGES))?;
    }
    eprintln!("Building WebAssembly with the distribution's Rust compiler.");
    // Not /usr/bin itself: it holds much more that would then come first on the search path.
    let folder = project.target.join("xtask/distribution-rust");
    project::create_folder(&folder)?;
    for program in ["cargo", "rustc", "rustdoc"] {
        let link = folder.join(program);
        if !link.exists() {
            symlink(Path::new("/usr/bin").join(program), &link)
                .map_err(|cause| Error::file("create", &link, &cause))?;
        }
    }
    Ok(folder)
}

/// Makes cargo build the standard library, which the packages bring as source only.
pub(crate) fn configure(command: &mut Command) {
    command
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        // Set by the cargo that runs this program, for its own compiler.
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO")
        .env_remove("RUSTC")
        .env_remove("LD_LIBRARY_PATH");
}

/// The command that installs the packages by hand.
pub(crate) fn by_hand() -> String {
    apt::by_hand(&PACKAGES)
}

fn is_installed() -> bool {
    fs::exists(LIBRARY_SOURCE).unwrap_or(false)
        && process::capture(Command::new(COMPILER).arg("--version")).is_ok()
}
