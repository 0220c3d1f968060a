//! Trunk, which builds the console into `dist/`.

use super::cargo_install::Recipe;
use super::version;
use crate::error::Result;
use crate::project::Project;

/// It copies, hashes and starts others, for which it need not be fast, and downloads nothing, for
/// which it would need TLS.
pub(super) const RECIPE: Recipe<'_> = Recipe {
    tool: "trunk",
    package: "trunk",
    program: "trunk",
    args: &["--locked", "--no-default-features"],
    opt_level: "0",
    usually: "3 minutes on 2 cores",
};

/// The version that `Trunk.toml` asks for.
pub(super) fn version(project: &Project) -> Result<String> {
    version::in_trunk_config(project, "trunk-version", "=")
}
