//! Runs the commands of documentation pages, each page on its own fresh sandbox, and
//! reports the first line that fails.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use backoffice_shell::Format;
use backoffice_shell::doctest::{self, Options};
use lexopt::{Arg, ValueExt as _};

const HELP: &str = "\
doctest [--seed N] [--tab NAME] [--show] FILE…

  FILE…       pages in reStructuredText (.rst) or Markdown (.md)
  --seed N    determines made-up names and ids (default 0)
  --tab NAME  of blocks in tabs, runs only those of this tab
  --show      prints the output of every command
";

struct Arguments {
    options: Options,
    files: Vec<PathBuf>,
    show: bool,
    help: bool,
}

fn main() -> ExitCode {
    let arguments = match arguments(std::env::args_os().skip(1)) {
        Ok(arguments) => arguments,
        Err(error) => {
            eprintln!("error: {error}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    if arguments.help || arguments.files.is_empty() {
        print!("{HELP}");
        return ExitCode::from(if arguments.help { 0 } else { 2 });
    }
    let mut failed = false;
    for file in &arguments.files {
        if let Err(report) = check(file, &arguments) {
            eprintln!("{report}");
            failed = true;
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn arguments(words: impl IntoIterator<Item = OsString>) -> Result<Arguments, lexopt::Error> {
    let mut parser = lexopt::Parser::from_args(words);
    let mut arguments =
        Arguments { options: Options::default(), files: Vec::new(), show: false, help: false };
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("seed") => arguments.options.seed = parser.value()?.parse()?,
            Arg::Long("tab") => arguments.options.tab = Some(parser.value()?.string()?),
            Arg::Long("show") => arguments.show = true,
            Arg::Long("help") | Arg::Short('h') => arguments.help = true,
            Arg::Value(file) => arguments.files.push(file.into()),
            other => return Err(other.unexpected()),
        }
    }
    Ok(arguments)
}

/// Runs one page; the error describes its failure completely.
fn check(file: &Path, arguments: &Arguments) -> Result<(), String> {
    let shown = file.display();
    let format = file.to_str().and_then(Format::of);
    let format = format.ok_or_else(|| format!("{shown}: is neither .rst nor .md"))?;
    let page = fs::read_to_string(file).map_err(|error| format!("{shown}: {error}"))?;
    let (report, _) = doctest::run(&page, format, &arguments.options)?;
    for (_, run) in report.runs.iter().filter(|_| arguments.show) {
        println!("{}", run.text());
    }
    for (line, what) in &report.examples {
        println!("{shown}:{line}: not run: {what}");
    }
    match report.failure {
        None => {
            println!("{shown}: {} commands ran", report.runs.len());
            Ok(())
        }
        Some(failure) => Err(format!(
            "{shown}:{}: exit code {}: {}\n{}",
            failure.line, failure.status, failure.command, failure.output
        )),
    }
}
