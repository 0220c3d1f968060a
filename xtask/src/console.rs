//! Building the console, and the sandbox that runs in a browser, into a folder of static files.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::thread;

use crate::error::{Error, Result};
use crate::fingerprint::Fingerprint;
use crate::process;
use crate::progress;
use crate::project::{self, Project};
use crate::styles;
use crate::tools::WebTools;
use crate::tools::wasm_target::{self, WASM, WasmTarget};

/// What decides what `dist/` holds; the lock file and Trunk.toml also name the tools' versions.
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

/// What a build is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Build {
    /// What ships, in `dist/`: small and fast, which takes the compiler long.
    Release,
    /// To look at while working on it: soon there, large and slow, with the gallery.
    Quick,
}

impl Build {
    /// Where the files are.
    fn folder(self, project: &Project) -> PathBuf {
        match self {
            Self::Release => project.dist(),
            Self::Quick => project.target.join("xtask/quick"),
        }
    }

    /// Cargo's profile, as index.html names it for Trunk.
    fn profile(self) -> &'static str {
        match self {
            Self::Release => "wasm-release",
            Self::Quick => "dev",
        }
    }

    /// Trunk's name for it, in its own folder.
    fn mode(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Quick => "debug",
        }
    }

    fn usually(self) -> &'static str {
        match self {
            Self::Release => "10 minutes on 2 cores the first time, then 6",
            Self::Quick => "4 minutes on 2 cores the first time, then 1",
        }
    }
}

/// Whether the files are what the sources say.
pub(crate) fn is_current(project: &Project, build: Build) -> Result<bool> {
    let Ok(stamp) = fs::read_to_string(stamp(project, build)) else {
        return Ok(false);
    };
    // There is one, since it has made the files.
    let inputs = inputs(project, &wasm_target::ensure(project)?)?;
    Ok(stamp == claim(&inputs, &build.folder(project))?)
}

/// Builds the files, unless they are what the sources say already.
pub(crate) fn build(project: &Project, build: Build) -> Result<PathBuf> {
    let folder = build.folder(project);
    if is_current(project, build)? {
        return Ok(folder);
    }
    let compiler = wasm_target::ensure(project)?;
    let inputs = inputs(project, &compiler)?;
    fetch(project, &compiler)?;
    styles::join(project)?;
    progress::step("Building the console", build.usually(), || {
        // The compiler needs none of the tools that take what it makes.
        let tools = thread::scope(|scope| {
            let tools = scope.spawn(|| WebTools::ensure(project));
            // Trunk would have one made after the other, each by a single thread.
            let compiled = compile(project, &compiler, build, &PROGRAMS);
            let tools = tools.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault));
            compiled.and(tools)
        })?;
        remove_old_snippets(project, build)?;
        let mut trunk = tools.trunk(project)?;
        trunk.env("RUSTFLAGS", flags()).arg("build").arg("--dist").arg(&folder);
        if build == Build::Release {
            trunk.arg("--release");
        }
        process::run(&mut trunk)
    })?;
    project::write_text(&stamp(project, build), &claim(&inputs, &folder)?)?;
    Ok(folder)
}

/// Compiles programs of the console's package at once, from the same packages as Trunk, which
/// names none, so that it finds them made.
pub(crate) fn compile(
    project: &Project,
    compiler: &WasmTarget,
    build: Build,
    programs: &[&str],
) -> Result<()> {
    let mut cargo = compiler.cargo(project)?;
    cargo.env("RUSTFLAGS", flags());
    cargo.args(["build", "--quiet", "--locked", "--profile", build.profile(), "--target", WASM]);
    process::run(cargo.args(programs.iter().flat_map(|program| ["--bin", program])))
}

/// The file that says from which sources the files were made.
fn stamp(project: &Project, build: Build) -> PathBuf {
    project.target.join(format!("xtask/console-{}.stamp", build.mode()))
}

fn flags() -> String {
    format!("{} {ERASE_COMPONENTS}", env::var("RUSTFLAGS").unwrap_or_default())
}

/// What the stamp says: from these inputs came this output.
fn claim(inputs: &str, dist: &Path) -> Result<String> {
    let mut output = Fingerprint::default();
    output.add_path(dist)?;
    Ok(format!("{inputs} {}", output.text()))
}

fn inputs(project: &Project, compiler: &WasmTarget) -> Result<String> {
    let mut inputs = Fingerprint::default();
    for path in INPUTS {
        inputs.add_path(&project.path(path))?;
    }
    let mut version = compiler.cargo(project)?;
    inputs.add(&process::capture(version.arg("--version"))?);
    inputs.add(&env::var("RUSTFLAGS").unwrap_or_default());
    Ok(inputs.text())
}

/// Downloads the crates, since Trunk then works offline and so never fetches a tool by itself.
fn fetch(project: &Project, compiler: &WasmTarget) -> Result<()> {
    process::run(
        compiler
            .cargo(project)?
            .args(["fetch", "--locked", "--quiet", "--target", WASM])
            .args(["--target", "host-tuple"]),
    )
}

/// Trunk copies every snippet that any earlier build left there, and makes the page load it.
fn remove_old_snippets(project: &Project, build: Build) -> Result<()> {
    let folder = project.target.join(format!("wasm-bindgen/{}/snippets", build.mode()));
    match fs::remove_dir_all(&folder) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => {
            Err(Error::file("delete", &folder, &cause))
        }
        _ => Ok(()),
    }
}
