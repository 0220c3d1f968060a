//! Runs the commands of a page, in its order, on a fresh sandbox in virtual time.

mod clock;
mod engine;
mod reader;
mod tokens;

pub use reader::Reader;

use crate::docs::snippets::{Format, Snippet, SnippetKind, snippets};
use crate::event::Event;

/// How a page is run.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Decides about names and ids.
    pub seed: u64,
    /// Of blocks in tabs, only those of this tab; all without one.
    pub tab: Option<String>,
}

/// What came of a page.
#[derive(Debug, Default)]
pub struct Report {
    /// What ran: its line on the page, and what came of it.
    pub runs: Vec<(usize, Run)>,
    /// The snippets that are nothing to run: their line, and what they are.
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
/// When there is no fresh world to run it on.
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
    // A page is read between its snippets, which takes its time.
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

/// What came of one text.
#[derive(Debug)]
pub struct Run {
    /// The exit code.
    pub status: u8,
    /// Everything that was told.
    pub events: Vec<Event>,
    /// Whether it would have gone on for ever, and was interrupted as a reader would.
    pub interrupted: bool,
}

impl Run {
    /// Whether it went well; following something until one has seen enough does.
    #[must_use]
    pub fn succeeded(&self) -> bool {
        self.status == 0 || (self.interrupted && self.events.contains(&Event::Follows))
    }

    /// What it printed to where output goes.
    #[must_use]
    pub fn stdout(&self) -> String {
        let text = |event: &Event| match event {
            Event::Stdout(text) => Some(text.clone()),
            _ => None,
        };
        self.events.iter().filter_map(text).collect()
    }

    /// All that it told but the exit code, as a terminal would show it.
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
