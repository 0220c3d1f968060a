//! `cargo xtask ci`: formatting, lints, the file rules and the size budgets, then every test.

use std::process::Command;

use crate::cli::TestOptions;
use crate::error::{Error, REPORTED, Result};
use crate::process;
use crate::project::Project;
use crate::sizes;
use crate::test::{self, FEATURES};
use crate::tidy;
use crate::tools::wasm_target::{self, WASM, WasmTarget};
use crate::tools::{components, npm};

type Check = fn(&Project) -> Result<()>;

/// Everything that costs little, so that one run reports all of it before the tests start.
const CHECKS: [(&str, Check); 8] = [
    ("tidy", tidy::run),
    ("formatting", formatting),
    ("lints, native", native_lints),
    ("lints, console", console_lints),
    ("lints, sandbox worker", worker_lints),
    ("lints, guide shell", shell_lints),
    ("lints, extension for Sphinx", test::python::lint),
    ("types of the browser tests", browser_test_types),
];

/// Runs all checks, then all tests.
pub(crate) fn run(project: &Project) -> Result<()> {
    components::ensure(project)?;
    let mut failed = Vec::new();
    for (name, check) in CHECKS {
        eprintln!("Checking: {name}…");
        if let Err(error) = check(project) {
            eprintln!("error: {error}");
            failed.push(name);
        }
    }
    if !failed.is_empty() {
        return Err(Error::new(format!("failed: {}", failed.join("; "))));
    }
    // Not the end either: how many tests fail is worth knowing too.
    let sizes = sizes::run(project).map_err(|error| {
        eprintln!("error: {error}");
        REPORTED
    });
    test::run(project, &TestOptions::everything()).and(sizes)
}

fn formatting(project: &Project) -> Result<()> {
    process::run(project.cargo().args(["fmt", "--all", "--check"]))
}

fn native_lints(project: &Project) -> Result<()> {
    process::run(
        project
            .cargo()
            .args(["clippy", "--workspace", "--all-targets", "--locked"])
            .args(["--features", FEATURES])
            .args(["--", "--deny", "warnings"]),
    )
}

fn console_lints(project: &Project) -> Result<()> {
    wasm_lints(project, &["--package", "backoffice-console"])
}

fn worker_lints(project: &Project) -> Result<()> {
    let worker = "--package backoffice-sandbox --no-default-features --features worker \
                  --lib --bin sandbox-worker";
    wasm_lints(project, &worker.split_whitespace().collect::<Vec<_>>())
}

fn shell_lints(project: &Project) -> Result<()> {
    wasm_lints(project, &["--package", "backoffice-playground", "--lib"])
}

fn wasm_lints(project: &Project, selection: &[&str]) -> Result<()> {
    let compiler = wasm_target::ensure(project)?;
    let mut cargo = compiler.cargo(project)?;
    match compiler {
        WasmTarget::Selected => cargo.arg("clippy"),
        // The distribution's packages bring no clippy of the version the code is held to.
        WasmTarget::Distribution(_) => cargo.arg("check"),
    };
    cargo.args(["--locked", "--target", WASM]).args(selection);
    if compiler == WasmTarget::Selected {
        cargo.args(["--", "--deny", "warnings"]);
    }
    process::run(&mut cargo)
}

fn browser_test_types(project: &Project) -> Result<()> {
    let folder = project.browser_tests();
    npm::install(&folder)?;
    process::run(
        Command::new(folder.join("node_modules/.bin/tsc")).current_dir(&folder).arg("--noEmit"),
    )
}
