//! Building the page that puts the client under load in browser tests, see
//! `tests/e2e/pressure`.

use std::fs;
use std::path::PathBuf;

use crate::console;
use crate::error::{Error, Result};
use crate::process;
use crate::progress;
use crate::project::{self, Project};
use crate::tools::WebTools;
use crate::tools::wasm_target::WASM;

/// Builds the page and returns its folder. It is compiled like the console, so that only
/// the page itself needs compiling.
pub(crate) fn build(project: &Project, tools: &WebTools) -> Result<PathBuf> {
    let folder = project.target.join("xtask/pressure");
    project::create_folder(&folder)?;
    progress::step("Building the page for load tests", "a minute", || {
        console::compile(project, tools, &["pressure"])
    })?;
    let wasm = project.target.join(WASM).join("wasm-release/pressure.wasm");
    let mut bindgen = tools.wasm_bindgen();
    bindgen.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(&folder).arg(wasm);
    process::run(&mut bindgen)?;
    for (from, to) in
        [("tests/e2e/pressure/index.html", "index.html"), ("public/_headers", "_headers")]
    {
        let (from, to) = (project.path(from), folder.join(to));
        fs::copy(&from, &to).map_err(|cause| Error::file("copy", &from, &cause))?;
    }
    Ok(folder)
}
