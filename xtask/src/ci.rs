//! `cargo xtask ci`: formatting, lints, the file rules and the size budgets, then every test.

use std::process::Command;

use crate::cli::TestOptions;
use crate::error::{Error, Result};
use crate::process;
use crate::progress;
use crate::project::Project;
use crate::test::{self, FEATURES};
use crate::tidy;
use crate::tools::wasm_target::{self, WASM, WasmTarget};
use crate::tools::{components, npm};

type Check = fn(&Project) -> Result<()>;

/// The cheap checks: one run reports all of their findings before the tests start.
const CHECKS: [(&str, Check); 7] = [
    ("tidy", tidy::run),
    ("formatting", formatting),
    ("types of the browser tests", browser_test_types),
    ("lints, extension for Sphinx", test::python::lint),
    ("lints, native", native_lints),
    ("lints, console", console_lints),
    ("lints, sandbox worker", worker_lints),
];

/// The package whose programs run in a browser only. Its lints are those for WebAssembly, its tests
/// included: checking it natively too would take as long again and find the same.
const CONSOLE: &str = "backoffice-console";

/// Runs all checks, then all tests.
pub(crate) fn run(project: &Project) -> Result<()> {
    components::ensure(project)?;
    let mut failed = Vec::new();
    for (name, check) in CHECKS {
        if let Err(error) = progress::announce(&format!("Checking: {name}"), || check(project)) {
            eprintln!("error: {error}");
            failed.push(name);
        }
    }
    if !failed.is_empty() {
        print!("{}", progress::table());
        return Err(Error::new(format!("failed: {}", failed.join("; "))));
    }
    test::run(project, &TestOptions { sizes: true, ..TestOptions::everything() })
}

fn formatting(project: &Project) -> Result<()> {
    process::run(project.cargo().args(["fmt", "--all", "--check"]))
}

fn native_lints(project: &Project) -> Result<()> {
    let mut cargo = project.cargo();
    cargo
        .args(["clippy", "--workspace", "--all-targets", "--locked"])
        .args(["--features", FEATURES]);
    if wasm_target::ensure(project)? == WasmTarget::Selected {
        cargo.args(["--exclude", CONSOLE]);
    }
    process::run(cargo.args(["--", "--deny", "warnings"]))
}

/// The console, and with it all packages that it uses.
fn console_lints(project: &Project) -> Result<()> {
    let compiler = wasm_target::ensure(project)?;
    let targets = match compiler {
        WasmTarget::Selected => "--all-targets",
        // Its standard library comes without what tests need.
        WasmTarget::Distribution(_) => "--bins",
    };
    wasm_lints(project, &compiler, &["--package", CONSOLE, targets])
}

fn worker_lints(project: &Project) -> Result<()> {
    let worker = "--package backoffice-sandbox --no-default-features --features worker \
                  --lib --bin sandbox-worker";
    let selection: Vec<&str> = worker.split_whitespace().collect();
    wasm_lints(project, &wasm_target::ensure(project)?, &selection)
}

fn wasm_lints(project: &Project, compiler: &WasmTarget, selection: &[&str]) -> Result<()> {
    let mut cargo = compiler.cargo(project)?;
    match compiler {
        WasmTarget::Selected => cargo.arg("clippy"),
        // The distribution's packages bring no clippy of the version the code is held to.
        WasmTarget::Distribution(_) => cargo.arg("check"),
    };
    cargo.args(["--locked", "--target", WASM]).args(selection);
    if *compiler == WasmTarget::Selected {
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
