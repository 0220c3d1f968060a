//! Trunk, which builds the console into `dist/`.

use super::cargo_install::Recipe;
use super::installed::Tool;
use super::version;
use crate::error::Result;
use crate::project::Project;

/// Finds or installs the version that `Trunk.toml` asks for.
pub(crate) fn ensure(project: &Project) -> Result<Tool> {
    Recipe {
        tool: "trunk",
        package: "trunk",
        program: "trunk",
        args: &["--locked", "--no-default-features", "--features", "rustls"],
        usually: "4.5 minutes on 2 cores",
    }
    .ensure(project, &version::in_trunk_config(project, "trunk-version", "=")?)
}
