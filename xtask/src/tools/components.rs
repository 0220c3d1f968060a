//! rustfmt and clippy, which a minimal tool chain lacks.

use std::process::Command;

use crate::error::{Error, Result};
use crate::process;
use crate::project::Project;

/// Makes sure that `cargo fmt` and `cargo clippy` run.
pub(crate) fn ensure(project: &Project) -> Result<()> {
    [("fmt", "rustfmt"), ("clippy", "clippy")]
        .into_iter()
        .try_for_each(|(subcommand, component)| {
            let mut probe = project.cargo();
            if process::capture(probe.args([subcommand, "--version"])).is_ok() {
                return Ok(());
            }
            process::run(Command::new("rustup").args(["component", "add", component])).map_err(
                |cause| {
                    Error::new(format!(
                        "{cause}\n`cargo {subcommand}` is missing: run `rustup component add {component}`"
                    ))
                },
            )
        })
}
