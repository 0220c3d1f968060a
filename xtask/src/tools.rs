//! The tools a build or a test needs. Each is looked for first and installed once per machine.

mod apt;
mod cargo_install;
pub(crate) mod chromium;
pub(crate) mod components;
pub(crate) mod descriptions;
mod distribution;
mod installed;
pub(crate) mod npm;
pub(crate) mod peers;
pub(crate) mod python;
mod trunk;
mod version;
mod wasm_bindgen;
mod wasm_opt;
pub(crate) mod wasm_target;

use std::path::PathBuf;
use std::process::Command;

use crate::error::Result;
use crate::project::Project;
use installed::Tool;
use wasm_target::WasmTarget;

/// Everything that turns the sources into the files of `dist/`.
pub(crate) struct WebTools {
    trunk: Tool,
    wasm_bindgen: Tool,
    wasm_opt: Tool,
    target: WasmTarget,
}

impl WebTools {
    /// Finds the tools, installing those that are missing.
    pub(crate) fn ensure(project: &Project) -> Result<Self> {
        Ok(Self {
            target: wasm_target::ensure(project)?,
            trunk: trunk::ensure(project)?,
            wasm_bindgen: wasm_bindgen::ensure(project)?,
            wasm_opt: wasm_opt::ensure(project)?,
        })
    }

    /// Trunk, set up to find the other tools and to download nothing.
    pub(crate) fn trunk(&self, project: &Project) -> Result<Command> {
        let mut command = Command::new(&self.trunk.program);
        command
            .current_dir(&project.root)
            .env("TRUNK_OFFLINE", "true")
            // Trunk reads NO_COLOR as a boolean and stops at the usual NO_COLOR=1.
            .env_remove("NO_COLOR");
        let folders: Vec<PathBuf> = [&self.wasm_bindgen, &self.wasm_opt]
            .into_iter()
            .filter_map(|tool| tool.folder.clone())
            .collect();
        self.target.configure(&mut command, folders)?;
        Ok(command)
    }

    /// The program that turns the compiler's output into modules for the browser.
    pub(crate) fn wasm_bindgen(&self) -> Command {
        Command::new(&self.wasm_bindgen.program)
    }

    /// The compiler for WebAssembly.
    pub(crate) fn target(&self) -> &WasmTarget {
        &self.target
    }
}

/// Installs everything the other commands need.
pub(crate) fn setup(project: &Project) -> Result<()> {
    components::ensure(project)?;
    WebTools::ensure(project)?;
    npm::install(&project.browser_tests())?;
    descriptions::ensure(project)?;
    chromium::Chromium::ensure()?;
    python::Python::ensure(project)?;
    println!("Everything is installed.");
    Ok(())
}
