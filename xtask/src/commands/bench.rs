//! `cargo xtask bench`: the numbers of `docs/simulation.md` and `docs/bench.md`.

use std::process::Command;

use crate::error::Result;
use crate::playwright;
use crate::process;
use crate::progress;
use crate::project::Project;
use crate::tools::npm;

const PACKAGE: &str = "backoffice-simulation";
const PAGE: &str = "docs/simulation.md";
/// The page of the measurements in a browser.
const BROWSER_PAGE: &str = "docs/bench.md";

/// The playground, as `bench playground --only` calls it.
const PLAYGROUND: &str = "playground";
/// All compared products.
pub(crate) const PRODUCTS: [&str; 4] = [PLAYGROUND, "swagger", "scalar", "rapidoc"];

/// Runs every case, writes the page, and fails when a bound is missed.
pub(crate) fn client(project: &Project) -> Result<()> {
    progress::step("Running the client in virtual time", "6 minutes on 2 cores", || {
        process::run(
            project
                .cargo()
                .args(["run", "--release", "--locked", "--quiet", "--package", PACKAGE, "--"])
                .args(["--write", PAGE]),
        )
    })
}

/// Measures the console in a real browser and writes its section of the page. One warm-up
/// run of each case is discarded; the page shows the medians of `runs`.
pub(crate) fn console(project: &Project, runs: u32) -> Result<()> {
    measure(project, playwright::prepare(project)?, "console", runs)
}

/// Compares the playground with other API explorers, and writes their section of the
/// page. `only` is a selection of [`PRODUCTS`]; if it is empty, all are measured.
pub(crate) fn playground(project: &Project, runs: u32, only: &[String]) -> Result<()> {
    let peers = npm::peers(project)?;
    let with_ours = only.is_empty() || only.iter().any(|product| product == PLAYGROUND);
    let mut playwright = if with_ours {
        playwright::prepare(project)?
    } else {
        playwright::prepare_without_builds(project)?
    };
    playwright
        .env("BENCH_PEERS", peers)
        .env("BENCH_ONLY", only.join(","))
        .env("BENCH_DESCRIPTION", project.path("docs/openapi.json"));
    measure(project, playwright, "playground", runs)
}

/// Runs one file of measurements.
fn measure(project: &Project, mut playwright: Command, what: &str, runs: u32) -> Result<()> {
    playwright
        .args(["--config", "bench.config.ts"])
        .arg(format!("bench/{what}.bench.ts"))
        .env("BENCH_PAGE", project.path(BROWSER_PAGE))
        .env("BENCH_RUNS", runs.to_string());
    process::run(&mut playwright)
}
