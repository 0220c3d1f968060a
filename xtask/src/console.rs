//! Building the console, and the sandbox that runs in a browser, into a folder of static files.

pub(crate) mod quick;
mod styles;

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::process;
use crate::progress;
use crate::project::{self, Project};
use crate::tools::pinned::{TRUNK, WASM_BINDGEN, WASM_OPT};
use crate::tools::rust::{self, WASM};

/// What decides what `dist/` holds; the lock file and Trunk.toml also name the tools' versions.
pub(crate) const INPUTS: [&str; 10] = [
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

/// How the programs that ship are compiled.
const RELEASE: &str = "wasm-release";

/// Whether `dist/` is what the sources say.
pub(crate) fn is_current(project: &Project) -> Result<bool> {
    let Ok(stamp) = fs::read_to_string(stamp(project)) else {
        return Ok(false);
    };
    Ok(stamp == claim(&inputs(project)?, &project.dist())?)
}

/// Builds what ships into `dist/`, unless it is what the sources say already.
pub(crate) fn build(project: &Project) -> Result<PathBuf> {
    let folder = project.dist();
    if is_current(project)? {
        return Ok(folder);
    }
    rust::ensure_wasm()?;
    let inputs = inputs(project)?;
    fetch(project)?;
    styles::join(project)?;
    let usually = "10 minutes on 2 cores the first time, then 6";
    progress::step("Building the console", usually, || {
        // The compiler needs none of the tools that take what it makes.
        let trunk = thread::scope(|scope| {
            let trunk = scope.spawn(|| trunk(project));
            // Trunk would have one made after the other, each by a single thread.
            let compiled = process::run(&mut compiler(project, &project.root, RELEASE, &PROGRAMS));
            let trunk = trunk.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault));
            compiled.and(trunk)
        });
        remove_old_snippets(project)?;
        process::run(trunk?.env("RUSTFLAGS", flags()).args(["build", "--release"]))
    })?;
    project::write_text(&stamp(project), &claim(&inputs, &folder)?)?;
    Ok(folder)
}

/// Builds a program that is no part of the console as the console's programs are built, and what a
/// page needs to load it into a folder.
pub(crate) fn build_module(project: &Project, program: &str, folder: &Path) -> Result<()> {
    let wasm_bindgen = WASM_BINDGEN.ensure(project)?;
    process::run(&mut compiler(project, &project.root, RELEASE, &[program]))?;
    let wasm = project.target.join(WASM).join(RELEASE).join(format!("{program}.wasm"));
    bindgen(&wasm_bindgen, program, &wasm, folder)
}

/// Cargo, set up to compile programs of the package in a folder at once, from the same packages as
/// Trunk, which names none, so that it finds them made.
fn compiler(project: &Project, package: &Path, profile: &str, programs: &[&str]) -> Command {
    let mut cargo = project.cargo();
    cargo.current_dir(package).env("RUSTFLAGS", flags());
    cargo.args(["build", "--quiet", "--locked", "--profile", profile, "--target", WASM]);
    cargo.args(programs.iter().flat_map(|program| ["--bin", program]));
    cargo
}

/// Writes the module with which a page loads a program.
fn bindgen(wasm_bindgen: &Path, program: &str, wasm: &Path, folder: &Path) -> Result<()> {
    process::run(
        Command::new(wasm_bindgen)
            .args(["--target", "web", "--no-typescript", "--out-name", program, "--out-dir"])
            .arg(folder)
            .arg(wasm),
    )
}

/// Trunk, set up to find the other tools and to download nothing.
fn trunk(project: &Project) -> Result<Command> {
    let mut command = Command::new(TRUNK.ensure(project)?);
    let tools = [WASM_BINDGEN.ensure(project)?, WASM_OPT.ensure(project)?];
    let folders = tools.iter().filter_map(|tool| tool.parent()).map(Path::to_path_buf);
    let inherited = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(folders.chain(env::split_paths(&inherited)))
        .map_err(|cause| Error::new(format!("cannot extend the search path: {cause}")))?;
    command
        .current_dir(&project.root)
        .env("PATH", path)
        .env("TRUNK_OFFLINE", "true")
        // Trunk reads NO_COLOR as a boolean and stops at the usual NO_COLOR=1.
        .env_remove("NO_COLOR");
    Ok(command)
}

/// The file that says from which sources `dist/` was made.
fn stamp(project: &Project) -> PathBuf {
    project.target.join("xtask/console.stamp")
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

fn inputs(project: &Project) -> Result<String> {
    let mut inputs = Fingerprint::default();
    for path in INPUTS {
        inputs.add_path(&project.path(path))?;
    }
    inputs.add(&process::capture(project.cargo().arg("--version"))?);
    inputs.add(&env::var("RUSTFLAGS").unwrap_or_default());
    Ok(inputs.text())
}

/// Downloads the crates, since Trunk then works offline and so never fetches a tool by itself.
fn fetch(project: &Project) -> Result<()> {
    process::run(
        project
            .cargo()
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
