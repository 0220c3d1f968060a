//! The command line: which command, with which options.

use std::ffi::OsString;

use clap::{Args, Parser, Subcommand};

use crate::commands::bench::PRODUCTS;
use crate::error::{Error, Result};

/// The project's commands.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask", arg_required_else_help = true)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// A parsed command.
#[derive(Debug, PartialEq, Eq, Subcommand)]
pub(crate) enum Command {
    /// Build and run the console and its sandbox API, and build it again when a file is saved
    Serve(ServeOptions),
    /// Release build into dist/, with file sizes against the budgets
    Build,
    /// All tests, or one kind, or those of packages or of browser specs
    Test(TestArgs),
    /// Formatting, lints, tidy and size budgets, then everything `test` does
    Ci,
    /// The project's own rules about its files
    Tidy,
    /// Run the commands of documentation pages (.rst, .md), each on a fresh sandbox in virtual time,
    /// and tell the first line that fails
    Doctest {
        /// Pages; also --tab NAME, --show and --seed N
        #[arg(value_name = "FILE", required = true, trailing_var_arg = true)]
        #[arg(allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
    /// The sample site with playgrounds, into target/docs/site
    Docs {
        /// The console that the playgrounds come from; the default is where `serve` puts it
        #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
        #[arg(value_parser = console_url)]
        console_url: String,
    },
    /// Measure the client, the console or the playground
    #[command(subcommand)]
    Bench(Bench),
    /// Pictures of all pages and their states, at three widths in both themes, into target/shots/
    Shots {
        /// Take those of which one is docs/screenshot.png, the picture of the README
        #[arg(long, conflicts_with = "args")]
        readme: bool,
        /// Arguments for Playwright
        #[arg(last = true, value_name = "ARGS")]
        args: Vec<OsString>,
    },
    /// Install what the other commands need, once per machine
    Setup,
    /// Build the console again after each change, for as long as the process that started this runs
    #[command(hide = true)]
    Watch {
        /// That process.
        server: u32,
    },
}

/// What is measured.
#[derive(Debug, PartialEq, Eq, Subcommand)]
pub(crate) enum Bench {
    /// The client's pipeline against a model of the API in virtual time; writes docs/simulation.md
    /// and fails when a bound is missed
    Client,
    /// The console in a real browser with thousands of apps, variables and releases; writes its
    /// section of docs/bench.md
    Console {
        /// Of how many runs to tell the medians
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
        runs: u32,
    },
    /// The playground against others that show an API from its description; writes its section of
    /// docs/bench.md
    Playground {
        /// Of how many runs to tell the medians
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
        runs: u32,
        /// Measure these only
        #[arg(long, value_name = "NAME,NAME", value_delimiter = ',', value_parser = PRODUCTS)]
        only: Vec<String>,
    },
}

/// Options of `serve`.
#[derive(Args, Debug, PartialEq, Eq)]
pub(crate) struct ServeOptions {
    /// Port of the console; 0 takes any free one
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
    /// Port of the API; 0 takes any free one
    #[arg(long, default_value_t = 4000)]
    pub(crate) api_port: u16,
    /// Serve what `build` makes, rather than what is compiled soon
    #[arg(long)]
    pub(crate) release: bool,
    /// Flags for the sandbox server
    #[arg(last = true, value_name = "FLAGS")]
    pub(crate) server_flags: Vec<OsString>,
}

/// What is typed after `test`.
#[derive(Args, Debug, PartialEq, Eq)]
pub(crate) struct TestArgs {
    /// Run the tests that need no browser
    #[arg(long)]
    native: bool,
    /// Run the browser tests
    #[arg(long)]
    browser: bool,
    /// Packages (client) or browser specs (tabs.spec.ts)
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Arguments for Playwright, or for cargo test when all tests are native
    #[arg(last = true, value_name = "ARGS")]
    args: Vec<OsString>,
}

/// Which tests to run.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TestOptions {
    /// Run the tests that need no browser.
    pub(crate) native: bool,
    /// Run the browser tests.
    pub(crate) browser: bool,
    /// Compare the tested build with its size budgets.
    pub(crate) sizes: bool,
    /// The packages whose native tests these are; none for all.
    pub(crate) packages: Vec<String>,
    /// More arguments for the test runner.
    pub(crate) runner_args: Vec<OsString>,
}

impl TestOptions {
    /// All tests.
    pub(crate) fn everything() -> Self {
        let (packages, runner_args) = (Vec::new(), Vec::new());
        Self { native: true, browser: true, sizes: false, packages, runner_args }
    }
}

impl TestArgs {
    /// Which tests these are.
    pub(crate) fn options(self) -> Result<TestOptions> {
        let Self { mut native, mut browser, names, args } = self;
        let (specs, packages): (Vec<String>, Vec<String>) =
            names.into_iter().partition(|name| name.ends_with(".ts"));
        if !packages.is_empty() && (browser || !specs.is_empty()) {
            return Err(Error::new(
                "`test` runs the tests of packages or of browser specs, not both",
            ));
        }
        if !specs.is_empty() && native {
            return Err(Error::new("browser specs are not native: leave out `--native`"));
        }
        native |= !packages.is_empty();
        browser |= !specs.is_empty();
        let both = native == browser;
        let packages = packages.into_iter().map(full_name).collect();
        let runner_args = specs.into_iter().map(OsString::from).chain(args).collect();
        Ok(TestOptions {
            native: native || both,
            browser: browser || both,
            sizes: false,
            packages,
            runner_args,
        })
    }
}

/// The full name of a package of the workspace, which most people write without its prefix.
fn full_name(package: String) -> String {
    if package == "xtask" || package.starts_with("backoffice-") {
        package
    } else {
        format!("backoffice-{package}")
    }
}

fn console_url(text: &str) -> std::result::Result<String, String> {
    if ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme)) {
        Ok(text.to_owned())
    } else {
        Err("the address of a console begins with http:// or https://".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn parse(line: &str) -> std::result::Result<Command, clap::Error> {
        let words = ["xtask"].into_iter().chain(line.split_whitespace());
        Cli::try_parse_from(words).map(|cli| cli.command)
    }

    fn test(line: &str) -> Result<TestOptions> {
        match parse(line) {
            Ok(Command::Test(args)) => args.options(),
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn the_definition_holds() {
        Cli::command().debug_assert();
    }

    #[test]
    fn serve_passes_flags_on() {
        let command = parse("serve --port 0 --release -- --rate-limit 5 --port 7").unwrap();
        let expected = ServeOptions {
            port: 0,
            api_port: 4000,
            release: true,
            server_flags: ["--rate-limit", "5", "--port", "7"].map(OsString::from).to_vec(),
        };
        assert_eq!(command, Command::Serve(expected));
    }

    #[test]
    fn test_without_flags_runs_everything() {
        assert_eq!(test("test").unwrap(), TestOptions::everything());
        assert_eq!(test("test --native --browser").unwrap(), TestOptions::everything());
        let browser = test("test --browser -- -g name").unwrap();
        assert!(!browser.native && browser.browser);
        assert_eq!(browser.runner_args, ["-g", "name"]);
    }

    #[test]
    fn names_choose_tests() {
        let packages = test("test client xtask -- --lib backoff").unwrap();
        assert!(packages.native && !packages.browser);
        assert_eq!(packages.packages, ["backoffice-client", "xtask"]);
        assert_eq!(packages.runner_args, ["--lib", "backoff"]);
        let specs = test("test tabs.spec.ts -- --workers 1").unwrap();
        assert!(specs.browser && !specs.native);
        assert_eq!(specs.runner_args, ["tabs.spec.ts", "--workers", "1"]);
        assert!(test("test client tabs.spec.ts").is_err());
        assert!(test("test --browser client").is_err());
        assert!(test("test --native tabs.spec.ts").is_err());
    }

    #[test]
    fn doctest_hands_everything_on() {
        let args = ["a.rst", "--tab", "Linux"].map(OsString::from).to_vec();
        assert_eq!(parse("doctest a.rst --tab Linux").unwrap(), Command::Doctest { args });
        assert!(parse("doctest --seed 3 a.rst").is_ok());
        assert!(parse("doctest").is_err());
    }

    #[test]
    fn words_without_a_meaning_are_refused() {
        for line in [
            "deploy",
            "ci now",
            "build -- now",
            "serve --port many",
            "shots now",
            "docs sample",
            "docs --console-url console.example",
            "bench",
            "bench server",
            "bench client now",
            "bench console --runs 0",
            "bench playground --only another",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
        let only = vec!["scalar".to_owned()];
        let some = Command::Bench(Bench::Playground { runs: 1, only });
        assert_eq!(parse("bench playground --only scalar --runs 1").unwrap(), some);
    }
}
