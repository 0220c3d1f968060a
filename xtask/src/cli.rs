//! The command line: which command, with which options.

use std::ffi::OsString;

use lexopt::{Arg, Parser, ValueExt};

use crate::bench::PRODUCTS;
use crate::error::{Error, Result};

/// The default number of runs of a measurement, which reports medians.
const RUNS: u32 = 5;

/// What `cargo xtask help` prints.
pub(crate) const HELP: &str = "\
cargo xtask <command>

  serve [--port N] [--api-port N] [-- FLAGS]
            build and run the console and its sandbox API; FLAGS go to the
            sandbox server (defaults: console 8080, API 4000; 0 = any free port)
  build     release build into dist/, with file sizes against the budgets
  test [--native] [--browser] [NAME…] [-- ARGS]
            all tests, or one kind, or those of packages (client) or of browser specs
            (tabs.spec.ts); ARGS go to Playwright, or to cargo test if all are native
  ci        formatting, lints, tidy and size budgets, then everything `test` does
  tidy      the project's own rules about its files
  doctest FILE… [--tab NAME] [--show] [--seed N]
            run the commands of documentation pages (.rst, .md), each on a fresh sandbox
            in virtual time, and report the first line that fails
  docs [--console-url URL]
            the sample site with playgrounds of that console into target/docs/site
            (default: http://127.0.0.1:8080, where `serve` puts it)
  bench client
            the client's pipeline against a model of the API in virtual time; writes
            docs/simulation.md and fails when a bound is missed
  bench console [--runs N]
            the console in a real browser with thousands of apps, variables and releases;
            writes its section of docs/bench.md with medians of N runs (default 5)
  bench playground [--runs N] [--only NAME,NAME]
            the playground compared with other API explorers; writes its section of
            docs/bench.md; NAMEs are playground, swagger, scalar, rapidoc
  shots [-- ARGS]
            screenshots of all pages and their states, at three widths in both themes,
            into target/shots/; ARGS go to Playwright
  setup     install what the other commands need, once per machine
";

/// A parsed command line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Print the help text.
    Help,
    /// Build and run the console with its sandbox.
    Serve(ServeOptions),
    /// Release build and size table.
    Build,
    /// Native and browser tests.
    Test(TestOptions),
    /// Lints, then all tests.
    Ci,
    /// The file rules.
    Tidy,
    /// Run the commands of pages, with arguments for the program that does so.
    Doctest(Vec<OsString>),
    /// Build the sample site.
    Docs {
        /// The address of the console that provides its playgrounds.
        console_url: String,
    },
    /// Measure the client against a model of the API.
    BenchClient,
    /// Measure the console in a real browser.
    BenchConsole {
        /// The number of runs.
        runs: u32,
    },
    /// Compare the playground with others of its kind in a real browser.
    BenchPlayground {
        /// The number of runs.
        runs: u32,
        /// Which products to measure; none for all.
        only: Vec<String>,
    },
    /// Screenshots of all pages, with arguments for Playwright.
    Shots(Vec<OsString>),
    /// Install the tools.
    Setup,
}

/// Options of `serve`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ServeOptions {
    /// Port of the console.
    pub(crate) port: u16,
    /// Port of the API.
    pub(crate) api_port: u16,
    /// More flags for the sandbox server.
    pub(crate) server_flags: Vec<OsString>,
}

/// Options of `test`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TestOptions {
    /// Run the tests that need no browser.
    pub(crate) native: bool,
    /// Run the browser tests.
    pub(crate) browser: bool,
    /// Compare the tested build with its size budgets.
    pub(crate) sizes: bool,
    /// More arguments for the test runner.
    pub(crate) runner_args: Vec<OsString>,
}

impl TestOptions {
    /// All tests.
    pub(crate) fn everything() -> Self {
        Self { native: true, browser: true, sizes: false, runner_args: Vec::new() }
    }
}

/// Reads a command line, without the program's name.
pub(crate) fn parse<I>(args: I) -> Result<Command>
where
    I: IntoIterator<Item = OsString>,
{
    let (own, passed_on) = split_passed_on(args);
    let mut parser = Parser::from_args(own);
    let command = match parser.next()? {
        None | Some(Arg::Short('h') | Arg::Long("help")) => return Ok(Command::Help),
        Some(Arg::Value(name)) => name.string()?,
        Some(other) => return Err(other.unexpected().into()),
    };
    let takes_more = matches!(command.as_str(), "serve" | "shots" | "test");
    if !takes_more && !passed_on.is_empty() {
        return Err(Error::new(format!("`{command}` takes nothing after `--`")));
    }
    match command.as_str() {
        "help" => nothing_left(parser, Command::Help),
        "serve" => serve_options(parser, passed_on).map(Command::Serve),
        "build" => nothing_left(parser, Command::Build),
        "test" => test_options(parser, passed_on).map(Command::Test),
        "ci" => nothing_left(parser, Command::Ci),
        "tidy" => nothing_left(parser, Command::Tidy),
        "doctest" => doctest(parser),
        "docs" => docs(parser),
        "bench" => bench(parser),
        "shots" => nothing_left(parser, Command::Shots(passed_on)),
        "setup" => nothing_left(parser, Command::Setup),
        other => {
            Err(Error::new(format!("there is no command `{other}`: `cargo xtask help` lists them")))
        }
    }
}

/// Separates the arguments before the first `--` from those that are passed on unchanged.
fn split_passed_on<I>(args: I) -> (Vec<OsString>, Vec<OsString>)
where
    I: IntoIterator<Item = OsString>,
{
    let mut own: Vec<OsString> = args.into_iter().collect();
    let Some(at) = own.iter().position(|arg| arg == "--") else {
        return (own, Vec::new());
    };
    let passed_on = own.split_off(at).into_iter().skip(1).collect();
    (own, passed_on)
}

fn nothing_left(mut parser: Parser, command: Command) -> Result<Command> {
    match parser.next()? {
        None => Ok(command),
        Some(Arg::Short('h') | Arg::Long("help")) => Ok(Command::Help),
        Some(other) => Err(other.unexpected().into()),
    }
}

fn doctest(mut parser: Parser) -> Result<Command> {
    let args: Vec<OsString> = parser.raw_args()?.collect();
    if args.iter().any(|arg| arg == "-h" || arg == "--help") {
        return Ok(Command::Help);
    }
    if args.is_empty() {
        return Err(Error::new("`doctest` runs pages: `cargo xtask doctest FILE…`"));
    }
    Ok(Command::Doctest(args))
}

fn docs(mut parser: Parser) -> Result<Command> {
    let mut console_url = "http://127.0.0.1:8080".to_owned();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("console-url") => console_url = parser.value()?.string()?,
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    if !["http://", "https://"].iter().any(|scheme| console_url.starts_with(scheme)) {
        return Err(Error::new(format!(
            "`{console_url}` is not the address of a console: it must begin with http:// or https://"
        )));
    }
    Ok(Command::Docs { console_url })
}

fn bench(mut parser: Parser) -> Result<Command> {
    match parser.next()? {
        Some(Arg::Value(what)) if what == "client" => nothing_left(parser, Command::BenchClient),
        Some(Arg::Value(what)) if what == "console" => bench_console(parser),
        Some(Arg::Value(what)) if what == "playground" => bench_playground(parser),
        Some(Arg::Short('h') | Arg::Long("help")) => Ok(Command::Help),
        _ => Err(Error::new(
            "`bench` measures the client, the console or the playground: \
             `cargo xtask bench client`",
        )),
    }
}

fn bench_console(mut parser: Parser) -> Result<Command> {
    let mut runs = RUNS;
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("runs") => runs = some_runs(&mut parser)?,
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::BenchConsole { runs })
}

fn bench_playground(mut parser: Parser) -> Result<Command> {
    let (mut runs, mut only) = (RUNS, Vec::new());
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("runs") => runs = some_runs(&mut parser)?,
            Arg::Long("only") => only = some_products(&parser.value()?.string()?)?,
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::BenchPlayground { runs, only })
}

fn some_runs(parser: &mut Parser) -> Result<u32> {
    match parser.value()?.parse()? {
        0 => Err(Error::new("`--runs` must be at least 1")),
        runs => Ok(runs),
    }
}

fn some_products(names: &str) -> Result<Vec<String>> {
    names
        .split(',')
        .map(|name| {
            if PRODUCTS.contains(&name) {
                Ok(name.to_owned())
            } else {
                let known = PRODUCTS.join(", ");
                Err(Error::new(format!("`--only {name}`: choose from {known}")))
            }
        })
        .collect()
}

fn serve_options(mut parser: Parser, server_flags: Vec<OsString>) -> Result<ServeOptions> {
    let mut options = ServeOptions { port: 8080, api_port: 4000, server_flags };
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("port") => options.port = parser.value()?.parse()?,
            Arg::Long("api-port") => options.api_port = parser.value()?.parse()?,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(options)
}

fn test_options(mut parser: Parser, passed_on: Vec<OsString>) -> Result<TestOptions> {
    let (mut native, mut browser) = (false, false);
    let (mut packages, mut specs) = (Vec::new(), Vec::new());
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("native") => native = true,
            Arg::Long("browser") => browser = true,
            Arg::Value(name) => match name.string()? {
                spec if spec.ends_with(".ts") => specs.push(spec.into()),
                package => packages.extend(["--package".into(), full_name(package).into()]),
            },
            other => return Err(other.unexpected().into()),
        }
    }
    if !packages.is_empty() && (browser || !specs.is_empty()) {
        return Err(Error::new("name packages or browser specs, not both"));
    }
    if !specs.is_empty() && native {
        return Err(Error::new("browser specs are not native: remove `--native`"));
    }
    native |= !packages.is_empty();
    browser |= !specs.is_empty();
    let both = native == browser;
    let runner_args = [packages, specs, passed_on].concat();
    Ok(TestOptions { native: native || both, browser: browser || both, sizes: false, runner_args })
}

/// The full name of a package of the workspace, which most people write without its prefix.
fn full_name(package: String) -> String {
    if package == "xtask" || package.starts_with("backoffice-") {
        package
    } else {
        format!("backoffice-{package}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_words(line: &str) -> Result<Command> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn no_command_is_help() {
        assert_eq!(parse_words("").unwrap(), Command::Help);
        assert_eq!(parse_words("--help").unwrap(), Command::Help);
        assert_eq!(parse_words("ci --help").unwrap(), Command::Help);
    }

    #[test]
    fn serve_passes_flags_on() {
        let command = parse_words("serve --port 0 -- --rate-limit 5 --port 7").unwrap();
        let expected = ServeOptions {
            port: 0,
            api_port: 4000,
            server_flags: ["--rate-limit", "5", "--port", "7"].map(OsString::from).to_vec(),
        };
        assert_eq!(command, Command::Serve(expected));
    }

    #[test]
    fn test_without_flags_runs_everything() {
        let both = Command::Test(TestOptions::everything());
        assert_eq!(parse_words("test").unwrap(), both);
        assert_eq!(parse_words("test --native --browser").unwrap(), both);
        let Command::Test(browser) = parse_words("test --browser -- -g name").unwrap() else {
            panic!("not a test command");
        };
        assert!(!browser.native && browser.browser);
        assert_eq!(browser.runner_args, ["-g", "name"]);
    }

    #[test]
    fn names_choose_tests() {
        let test = |line: &str| match parse_words(line) {
            Ok(Command::Test(options)) => options,
            other => panic!("{line}: {other:?}"),
        };
        let packages = test("test client xtask -- --lib backoff");
        assert!(packages.native && !packages.browser);
        let expected = ["--package", "backoffice-client", "--package", "xtask", "--lib", "backoff"];
        assert_eq!(packages.runner_args, expected);
        let specs = test("test tabs.spec.ts -- --workers 1");
        assert!(specs.browser && !specs.native);
        assert_eq!(specs.runner_args, ["tabs.spec.ts", "--workers", "1"]);
        assert!(parse_words("test client tabs.spec.ts").is_err());
        assert!(parse_words("test --browser client").is_err());
        assert!(parse_words("test --native tabs.spec.ts").is_err());
    }

    #[test]
    fn bench_says_what_it_measures() {
        assert_eq!(parse_words("bench client").unwrap(), Command::BenchClient);
        assert_eq!(parse_words("bench console").unwrap(), Command::BenchConsole { runs: 5 });
        let thrice = Command::BenchConsole { runs: 3 };
        assert_eq!(parse_words("bench console --runs 3").unwrap(), thrice);
        assert!(parse_words("bench console --runs 0").is_err());
        let some = Command::BenchPlayground { runs: 1, only: vec!["scalar".to_owned()] };
        assert_eq!(parse_words("bench playground --only scalar --runs 1").unwrap(), some);
        assert!(parse_words("bench playground --only another").is_err());
        assert!(parse_words("bench").is_err());
        assert!(parse_words("bench server").is_err());
        assert!(parse_words("bench client now").is_err());
    }

    #[test]
    fn doctest_hands_everything_on() {
        let args = ["a.rst", "--tab", "Linux"].map(OsString::from).to_vec();
        assert_eq!(parse_words("doctest a.rst --tab Linux").unwrap(), Command::Doctest(args));
        assert_eq!(parse_words("doctest --help").unwrap(), Command::Help);
        assert!(parse_words("doctest").is_err());
    }

    #[test]
    fn docs_are_for_a_console() {
        let docs = |console_url: &str| Command::Docs { console_url: console_url.to_owned() };
        assert_eq!(parse_words("docs").unwrap(), docs("http://127.0.0.1:8080"));
        let given = parse_words("docs --console-url https://console.example").unwrap();
        assert_eq!(given, docs("https://console.example"));
        assert!(parse_words("docs --console-url console.example").is_err());
        assert!(parse_words("docs sample").is_err());
    }

    #[test]
    fn shots_pass_arguments_on() {
        let args = ["-g", "dark, 390"].map(OsString::from).to_vec();
        let line = ["shots", "--", "-g", "dark, 390"].map(OsString::from);
        assert_eq!(parse(line).unwrap(), Command::Shots(args));
        assert!(parse_words("shots now").is_err());
    }

    #[test]
    fn unknown_words_are_refused() {
        assert!(parse_words("deploy").is_err());
        assert!(parse_words("ci now").is_err());
        assert!(parse_words("build -- now").is_err());
        assert!(parse_words("serve --port many").is_err());
    }
}
