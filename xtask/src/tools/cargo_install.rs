//! Tools that are built from source by `cargo install`.

use super::installed::{self, Tool};
use crate::error::{Error, Result};
use crate::process;
use crate::progress;
use crate::project::{self, Project};

/// A tool and how it is installed.
pub(crate) struct Recipe<'a> {
    /// The name in the cache.
    pub(crate) tool: &'a str,
    /// The package in the registry.
    pub(crate) package: &'a str,
    /// The program it installs.
    pub(crate) program: &'a str,
    /// More arguments for `cargo install`.
    pub(crate) args: &'a [&'a str],
    /// How far the compiler optimises it: these tools run for seconds, so that compiling them fast
    /// is worth more than fast tools.
    pub(crate) opt_level: &'a str,
    /// How long the installation takes.
    pub(crate) usually: &'a str,
}

impl Recipe<'_> {
    /// Whether the tool is there at this version.
    pub(crate) fn is_installed(&self, version: &str) -> Result<bool> {
        Ok(installed::find(self.tool, self.program, version)?.is_some())
    }

    /// Finds the tool at this version, or builds it.
    pub(crate) fn ensure(&self, project: &Project, version: &str) -> Result<Tool> {
        if let Some(found) = installed::find(self.tool, self.program, version)? {
            return Ok(found);
        }
        let title = format!("Installing {} {version}, once per machine", self.tool);
        progress::step(&title, self.usually, || self.install(project, version))?;
        installed::find(self.tool, self.program, version)?.ok_or_else(|| {
            Error::new(format!("{} was installed but does not run as version {version}", self.tool))
        })
    }

    fn install(&self, project: &Project, version: &str) -> Result<()> {
        let root = project::tool_cache(self.tool, version)?;
        process::run(
            project
                .cargo()
                .args(["install", self.package, "--version", version, "--quiet"])
                .args(self.args)
                .arg("--force")
                .arg("--root")
                .arg(&root)
                .env("CARGO_PROFILE_RELEASE_LTO", "off")
                .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.opt_level)
                // Their build would only fill the project's target folder.
                .env_remove("CARGO_TARGET_DIR"),
        )
    }
}
