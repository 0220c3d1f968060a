//! `cargo xtask ci`: formatting, lints, the file rules and the size budgets, then every test.

use std::process::Command;

use crate::cli::TestOptions;
use crate::commands::test::{self, FEATURES};
use crate::commands::tidy;
use crate::error::{Error, Result};
use crate::process;
use crate::progress;
use crate::project::Project;
use crate::tools::npm;
use crate::tools::rust::{self, WASM};

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

/// The packages that run in a browser only. Their lints are those for WebAssembly, their tests
/// included: checking them natively too would take as long again and find the same.
const IN_BROWSER: [&str; 4] =
    ["backoffice-console", "backoffice-playground", "backoffice-ui", "backoffice-web-client"];

/// Runs all checks, then all tests.
pub(crate) fn run(project: &Project) -> Result<()> {
    rust::ensure_components(project)?;
    rust::ensure_wasm()?;
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
    cargo.args(["clippy", "--locked", "--workspace", "--all-targets", "--features", FEATURES]);
    cargo.args(IN_BROWSER.iter().flat_map(|package| ["--exclude", package]));
    process::run(cargo.args(["--", "--deny", "warnings"]))
}

fn console_lints(project: &Project) -> Result<()> {
    let mut cargo = project.cargo();
    cargo.args(["clippy", "--locked", "--all-targets", "--target", WASM]);
    cargo.args(IN_BROWSER.iter().flat_map(|package| ["--package", package]));
    process::run(cargo.args(["--", "--deny", "warnings"]))
}

fn worker_lints(project: &Project) -> Result<()> {
    let selection = "--package backoffice-sandbox --no-default-features --features worker \
                     --lib --bin sandbox-worker --target";
    let mut cargo = project.cargo();
    cargo.args(["clippy", "--locked"]).args(selection.split_whitespace()).arg(WASM);
    process::run(cargo.args(["--", "--deny", "warnings"]))
}

fn browser_test_types(project: &Project) -> Result<()> {
    let folder = project.browser_tests();
    npm::install(&folder)?;
    process::run(
        Command::new(folder.join("node_modules/.bin/tsc")).current_dir(&folder).arg("--noEmit"),
    )
}
