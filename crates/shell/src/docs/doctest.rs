//! Runs the commands of a page, in its order, on a fresh sandbox in virtual time.

mod clock;
mod engine;
mod reader;
mod tokens;

pub use reader::Reader;

use crate::docs::snippets::{Format, Snippet, SnippetKind, snippets};
use crate::event::Event;

/// How to run a page.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Determines names and ids.
    pub seed: u64,
    /// Run only the blocks of this tab, where there are tabs; without a name, run all.
    pub tab: Option<String>,
}

/// The result of a page.
#[derive(Debug, Default)]
pub struct Report {
    /// The texts that ran: their lines on the page, and the results.
    pub runs: Vec<(usize, Run)>,
    /// The snippets that cannot be run: their lines, and what they are.
    pub examples: Vec<(usize, &'static str)>,
    /// The first command that failed, after which nothing ran.
    pub failure: Option<Failure>,
}

/// A command that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Its line on the page, counted from one.
    pub line: usize,
    /// The command.
    pub command: String,
    /// Its exit code.
    pub status: u8,
    /// What it printed.
    pub output: String,
}

/// Runs a page with a reader, who can be asked about the world afterwards.
///
/// # Errors
/// If the fresh world cannot be created.
pub fn run(page: &str, format: Format, options: &Options) -> Result<(Report, Reader), String> {
    let reader = Reader::new(options.seed)?;
    let mut report = Report::default();
    for snippet in snippets(page, format) {
        let wanted = match (&options.tab, &snippet.tab) {
            (Some(wanted), Some(tab)) => wanted == tab,
            _ => true,
        };
        if wanted && report.failure.is_none() {
            run_snippet(&reader, &snippet, &mut report);
        }
    }
    Ok((report, reader))
}

fn run_snippet(reader: &Reader, snippet: &Snippet, report: &mut Report) {
    // Readers take time to read a page between its snippets.
    reader.pause();
    reader.next_block();
    match &snippet.kind {
        SnippetKind::Example(what) => report.examples.push((snippet.line, what)),
        SnippetKind::File(path) => {
            if let Err(error) = reader.shell().write_file(path, &snippet.text) {
                report.failure = Some(Failure {
                    line: snippet.line,
                    command: format!("(writing {path})"),
                    status: 1,
                    output: error.to_owned(),
                });
            }
        }
        SnippetKind::Commands => {
            for (line, command) in snippet.statements() {
                let run = reader.run(&command);
                let failed = !run.succeeded();
                if failed {
                    let output = run.text();
                    report.failure = Some(Failure { line, command, status: run.status, output });
                }
                report.runs.push((line, run));
                if failed {
                    return;
                }
            }
        }
    }
}

/// The result of one text.
#[derive(Debug)]
pub struct Run {
    /// The exit code.
    pub status: u8,
    /// Everything that happened.
    pub events: Vec<Event>,
    /// Whether it ran without end, and was interrupted as a reader would do.
    pub interrupted: bool,
}

impl Run {
    /// Whether it succeeded; an interrupted command that follows something counts as
    /// success.
    #[must_use]
    pub fn succeeded(&self) -> bool {
        self.status == 0 || (self.interrupted && self.events.contains(&Event::Follows))
    }

    /// The output.
    #[must_use]
    pub fn stdout(&self) -> String {
        let text = |event: &Event| match event {
            Event::Stdout(text) => Some(text.clone()),
            _ => None,
        };
        self.events.iter().filter_map(text).collect()
    }

    /// All events except the exit code, as a terminal would show them.
    #[must_use]
    pub fn text(&self) -> String {
        let text = |event: &Event| match event {
            Event::Input { prompt, text } => Some(format!("{prompt}{text}\n")),
            Event::Stdout(text) | Event::Stderr(text) => Some(text.clone()),
            Event::Note(text) => Some(format!("({text})\n")),
            Event::Request { method, target, status, .. } => {
                let status = status.map_or_else(|| "no answer".to_owned(), |code| code.to_string());
                Some(format!("({method} {target}: {status})\n"))
            }
            Event::Wait { why, .. } => Some(format!("(Waits: {why})\n")),
            Event::Open(url) => Some(format!("(Opens {url})\n")),
            Event::Follows | Event::Clear | Event::Exit(_) => None,
        };
        self.events.iter().filter_map(text).collect()
    }
}
