//! The three streams of a command.

use std::cell::RefCell;
use std::rc::Rc;

use backoffice_contract::Secret;

use crate::event::Event;
use crate::host::{Question, QuestionKind};
use crate::shell::Shell;

/// Where output goes.
#[derive(Debug, Clone)]
pub(crate) enum Sink {
    Stdout,
    Stderr,
    Buffer(Rc<RefCell<String>>),
    Nowhere,
}

/// The input and output of a command.
#[derive(Clone)]
pub(crate) struct Io<'a> {
    pub(crate) shell: &'a Shell,
    /// The input; `None` for the terminal.
    pub(crate) stdin: Option<String>,
    pub(crate) out: Sink,
    pub(crate) err: Sink,
}

impl Io<'_> {
    fn send(&self, sink: &Sink, text: &str) {
        if text.is_empty() {
            return;
        }
        match sink {
            Sink::Stdout => self.shell.show(Event::Stdout(text.to_owned())),
            Sink::Stderr => self.shell.show(Event::Stderr(text.to_owned())),
            Sink::Buffer(buffer) => buffer.borrow_mut().push_str(text),
            Sink::Nowhere => {}
        }
    }

    /// Writes text unchanged.
    pub(crate) fn write(&self, text: &str) {
        self.send(&self.out, text);
    }

    /// Writes a line.
    pub(crate) fn line(&self, text: impl AsRef<str>) {
        self.send(&self.out, &format!("{}\n", text.as_ref()));
    }

    /// Writes a line to the error output.
    pub(crate) fn notice(&self, text: impl AsRef<str>) {
        self.send(&self.err, &format!("{}\n", text.as_ref()));
    }

    /// Writes a line to the error output; returns the exit code 1.
    pub(crate) fn fail(&self, text: impl AsRef<str>) -> u8 {
        self.notice(text);
        1
    }

    /// Whether the user sees the output as it comes.
    pub(crate) fn is_watched(&self) -> bool {
        matches!(self.out, Sink::Stdout)
    }

    /// Asks the user, or takes the next line of the piped input. Only the user can answer
    /// hidden questions: piped input was typed openly.
    pub(crate) async fn ask(
        &mut self,
        kind: QuestionKind,
        text: &str,
        suggestion: Option<Secret>,
    ) -> Option<Secret> {
        if let Some(stdin) = self.stdin.as_mut().filter(|_| !kind.is_hidden()) {
            let (line, rest) = stdin.split_once('\n').unwrap_or((stdin.as_str(), ""));
            let (line, rest) = (line.to_owned(), rest.to_owned());
            *stdin = rest;
            return (!line.is_empty()).then(|| line.into());
        }
        let question =
            Question { kind, text: text.to_owned(), hidden: kind.is_hidden(), suggestion };
        self.shell.host.terminal.ask(question).await
    }

    /// Asks a yes-or-no question.
    pub(crate) async fn confirm(&mut self, text: &str) -> bool {
        let answer = self.ask(QuestionKind::Confirm, &format!("{text} [y/N]: "), None).await;
        answer.is_some_and(|answer| {
            let answer = answer.expose().trim().to_ascii_lowercase();
            answer == "y" || answer == "yes"
        })
    }
}
