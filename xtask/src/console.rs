//! Building the console, and the sandbox that runs in a browser, into `dist/`.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::process;
use crate::progress;
use crate::project::{self, Project};
use crate::styles;
use crate::tools::WebTools;
use crate::tools::wasm_target::WASM;

/// The inputs of `dist/`; the lock file and Trunk.toml also name the tools' versions.
const INPUTS: [&str; 10] = [
    "src",
    "style",
    "public",
    "docs/openapi.json",
    "crates",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    ".cargo",
];

/// Without the types of whole pages the console is an eighth smaller.
const ERASE_COMPONENTS: &str = "--cfg erase_components";

/// The programs that index.html names.
const PROGRAMS: [&str; 4] = ["backoffice-console", "entrance", "shell", "explorer"];

/// Builds `dist/`, unless it is up to date.
pub(crate) fn build(project: &Project, tools: &WebTools) -> Result<PathBuf> {
    let dist = project.dist();
    let stamp = project.target.join("xtask/console.stamp");
    let inputs = inputs(project, tools)?;
    if fs::read_to_string(&stamp).ok() == Some(claim(&inputs, &dist)?) {
        return Ok(dist);
    }
    fetch(project, tools)?;
    styles::join(project)?;
    let usually = "10 minutes on 2 cores the first time, then 6";
    progress::step("Building the console", usually, || {
        remove_old_snippets(project)?;
        // Trunk would build one after the other, each with a single thread.
        compile(project, tools, &PROGRAMS)?;
        let mut trunk = tools.trunk(project)?;
        process::run(trunk.env("RUSTFLAGS", flags()).args(["build", "--release"]))
    })?;
    project::write_text(&stamp, &claim(&inputs, &dist)?)?;
    Ok(dist)
}

/// Compiles programs of the console's package in parallel, with the same package selection as Trunk
/// (none), so that Trunk finds them built.
pub(crate) fn compile(project: &Project, tools: &WebTools, programs: &[&str]) -> Result<()> {
    let mut cargo = tools.target().cargo(project)?;
    cargo.env("RUSTFLAGS", flags());
    cargo.args(["build", "--quiet", "--locked", "--profile", "wasm-release", "--target", WASM]);
    process::run(cargo.args(programs.iter().flat_map(|program| ["--bin", program])))
}

fn flags() -> String {
    format!("{} {ERASE_COMPONENTS}", env::var("RUSTFLAGS").unwrap_or_default())
}

/// The stamp's text: these inputs produced this output.
fn claim(inputs: &str, dist: &Path) -> Result<String> {
    let mut output = Fingerprint::default();
    output.add_path(dist)?;
    Ok(format!("{inputs} {}", output.text()))
}

fn inputs(project: &Project, tools: &WebTools) -> Result<String> {
    let mut inputs = Fingerprint::default();
    for path in INPUTS {
        inputs.add_path(&project.path(path))?;
    }
    let mut version = tools.target().cargo(project)?;
    inputs.add(&process::capture(version.arg("--version"))?);
    inputs.add(&env::var("RUSTFLAGS").unwrap_or_default());
    Ok(inputs.text())
}

/// Downloads the crates, because Trunk then works offline and so never fetches a tool itself.
fn fetch(project: &Project, tools: &WebTools) -> Result<()> {
    process::run(
        tools
            .target()
            .cargo(project)?
            .args(["fetch", "--locked", "--quiet", "--target", WASM])
            .args(["--target", "host-tuple"]),
    )
}

/// Trunk copies every snippet that any earlier build left there, and makes the page load it.
fn remove_old_snippets(project: &Project) -> Result<()> {
    let folder = project.target.join("wasm-bindgen/release/snippets");
    match fs::remove_dir_all(&folder) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => {
            Err(Error::file("delete", &folder, &cause))
        }
        _ => Ok(()),
    }
}
