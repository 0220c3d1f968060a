//! `cargo xtask test`: the native tests, then those of the Sphinx extension, then the browser tests,
//! then one line that counts all of them.

mod browser;
mod counts;
mod native;
pub(crate) mod python;

use std::process::Command;
use std::thread::{self, ScopedJoinHandle};

pub(crate) use native::FEATURES;

use crate::cli::TestOptions;
use crate::commands::sizes;
use crate::error::{Error, REPORTED, Result};
use crate::playwright;
use crate::progress;
use crate::project::Project;
use crate::sandbox::{self, Profile};
use counts::Counts;

/// Runs the chosen tests. All of them run even if some fail; the last line says how many ran.
pub(crate) fn run(project: &Project, options: &TestOptions) -> Result<()> {
    let args = options.runner_args.as_slice();
    let mut total = Counts::default();
    let mut sizes = Ok(());
    thread::scope(|scope| {
        // The last steps of a release build keep only one core busy. The native tests use the other
        // cores and build into another folder, so that neither waits for the other.
        let builds = options.browser.then(|| scope.spawn(|| builds(project, options.sizes)));
        if options.native {
            let own_args = if options.browser { &[] } else { args };
            total += counted(native::run(project, &options.packages, own_args));
            // Packages and arguments choose among the tests of cargo.
            if options.packages.is_empty() && own_args.is_empty() {
                total += counted(python::run(project));
            }
        }
        if let Some(builds) = builds {
            let server = sandbox::build(project, Profile::Release);
            let playwright;
            (sizes, playwright) = ended(builds);
            total += counted(playwright.and_then(|mut playwright| {
                playwright::name_server(&mut playwright, &server?);
                browser::run(project, playwright, args)
            }));
        }
    });
    if total == Counts::default() {
        return Err(Error::new("no test ran"));
    }
    print!("{}", progress::table());
    println!("{total}");
    if total.failed == 0 { sizes } else { Err(REPORTED) }
}

/// Builds what the browser tests need, and compares it with its budgets if that is requested. An
/// exceeded budget does not stop the tests.
fn builds(project: &Project, compare: bool) -> (Result<()>, Result<Command>) {
    let sizes = if compare { sizes::run(project) } else { Ok(()) };
    let sizes = sizes.map_err(|error| {
        eprintln!("error: {error}");
        REPORTED
    });
    (sizes, playwright::prepare_tests(project))
}

/// A thread's result. A thread ends without one only if it panics; the panic message says why.
fn ended(
    builds: ScopedJoinHandle<'_, (Result<()>, Result<Command>)>,
) -> (Result<()>, Result<Command>) {
    builds.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))
}

/// A run that could not begin counts as a failed test.
fn counted(run: Result<Counts>) -> Counts {
    run.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        Counts::one_failed()
    })
}
