//! Runs all cases, prints the page, and fails when a bound is missed.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use backoffice_simulation::report;
use backoffice_simulation::story::Story;
use lexopt::{Arg, Parser, ValueExt as _};

const HELP: &str = "\
simulation [--seeds N] [--write FILE]

  --seeds N     how often each case runs, every time with another seed (default: 5)
  --write FILE  writes the page there, besides printing it
";

/// How often each case runs unless told.
const SEEDS: u64 = 5;

struct Settings {
    seeds: u64,
    write: Option<PathBuf>,
}

fn main() -> ExitCode {
    match settings().and_then(|settings| settings.map_or(Ok(true), |settings| run(&settings))) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("error: not every case keeps its bounds");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Reads the command line; `None` when it asks for help, which it then has.
fn settings() -> Result<Option<Settings>, Box<dyn Error>> {
    let mut settings = Settings { seeds: SEEDS, write: None };
    let mut parser = Parser::from_env();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Long("seeds") => settings.seeds = parser.value()?.parse::<u64>()?.max(1),
            Arg::Long("write") => settings.write = Some(parser.value()?.into()),
            Arg::Short('h') | Arg::Long("help") => {
                print!("{HELP}");
                return Ok(None);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some(settings))
}

/// Says whether every bound is kept.
fn run(settings: &Settings) -> Result<bool, Box<dyn Error>> {
    let client = report::run(&report::client_cases(), settings.seeds)?;
    let baselines = report::run(&report::baseline_cases(), settings.seeds)?;
    let stories = report::tell(&Story::ALL, settings.seeds)?;
    let page = report::page(&client, &baselines, &stories);
    print!("{page}");
    if let Some(path) = &settings.write {
        std::fs::write(path, &page)
            .map_err(|cause| format!("cannot write {}: {cause}", path.display()))?;
    }
    Ok(report::is_good(&client, &stories))
}
