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

/// Everything that costs little, so that one run reports all of it before the tests start.
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
    let excluded = IN_BROWSER.iter().flat_map(|package| ["--exclude", package]);
    let selection = ["--workspace", "--all-targets", "--features", FEATURES];
    lints(project, selection.into_iter().chain(excluded))
}

/// The packages for the browser, and with them all that they are made of.
fn console_lints(project: &Project) -> Result<()> {
    let packages = IN_BROWSER.iter().flat_map(|package| ["--package", package]);
    lints(project, packages.chain(["--all-targets", "--target", WASM]))
}

fn worker_lints(project: &Project) -> Result<()> {
    let selection = "--package backoffice-sandbox --no-default-features --features worker \
                     --lib --bin sandbox-worker --target";
    lints(project, selection.split_whitespace().chain([WASM]))
}

fn lints<'a>(project: &Project, selection: impl Iterator<Item = &'a str>) -> Result<()> {
    let mut cargo = project.cargo();
    cargo.args(["clippy", "--locked"]).args(selection);
    process::run(cargo.args(["--", "--deny", "warnings"]))
}

fn browser_test_types(project: &Project) -> Result<()> {
    let folder = project.browser_tests();
    npm::install(&folder)?;
    process::run(
        Command::new(folder.join("node_modules/.bin/tsc")).current_dir(&folder).arg("--noEmit"),
    )
}
