//! `cargo xtask bench`: the numbers of `docs/simulation.md` and `docs/bench.md`.

use crate::error::Result;
use crate::playwright;
use crate::process;
use crate::progress;
use crate::project::Project;

const PACKAGE: &str = "backoffice-simulation";
const PAGE: &str = "docs/simulation.md";

/// Runs every case, writes the page, and fails when a bound is missed.
pub(crate) fn client(project: &Project) -> Result<()> {
    progress::step("Running the client in virtual time", "2 minutes on 2 cores", || {
        process::run(
            project
                .cargo()
                .args(["run", "--release", "--locked", "--quiet", "--package", PACKAGE, "--"])
                .args(["--write", PAGE]),
        )
    })
}

/// Measures the console in a real browser and writes the page. A run of each case is
/// thrown away first, and medians of `runs` are told.
pub(crate) fn console(project: &Project, runs: u32) -> Result<()> {
    let mut playwright = playwright::prepare(project)?;
    playwright
        .args(["--config", "bench.config.ts"])
        .env("BENCH_PAGE", project.path("docs/bench.md"))
        .env("BENCH_RUNS", runs.to_string());
    process::run(&mut playwright)
}
