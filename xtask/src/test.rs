//! `cargo xtask test`: the native tests, then those of the extension for Sphinx, then the browser
//! tests, then one line that counts all.

mod browser;
mod counts;
mod native;
pub(crate) mod python;

pub(crate) use native::FEATURES;

use crate::cli::TestOptions;
use crate::error::{Error, REPORTED, Result};
use crate::project::Project;
use counts::Counts;

/// Runs the chosen tests. All of them run, whatever fails, and the last line says how many did.
pub(crate) fn run(project: &Project, options: &TestOptions) -> Result<()> {
    let args = options.runner_args.as_slice();
    let mut total = Counts::default();
    if options.native {
        let own_args = if options.browser { &[] } else { args };
        total += native::run(project, own_args)?;
        // Arguments choose among the tests of cargo.
        if own_args.is_empty() {
            total += python::run(project).unwrap_or_else(|error| {
                eprintln!("error: {error}");
                Counts::one_failed()
            });
        }
    }
    if options.browser {
        total += browser::run(project, args).unwrap_or_else(|error| {
            eprintln!("error: {error}");
            Counts::one_failed()
        });
    }
    if total == Counts::default() {
        return Err(Error::new("no test ran"));
    }
    println!("{total}");
    if total.failed == 0 { Ok(()) } else { Err(REPORTED) }
}
