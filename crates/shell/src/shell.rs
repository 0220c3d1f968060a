//! The shell: takes typed text, runs it, and reports what happens.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::{Poll, Waker};

use futures_util::future::{Either, select};

use crate::complete::{self, Completion};
use crate::docs::pasted;
use crate::event::Event;
use crate::host::Host;
use crate::language::exec;
use crate::language::files::HOME;
use crate::language::io::{Io, Sink};
use crate::language::parser;
use crate::language::token::SyntaxError;
use crate::programs::api::Calls;
use crate::secrets;
use crate::state::State;

/// The exit code of an interrupted command: 128 plus the number of SIGINT.
pub const INTERRUPTED: u8 = 130;

/// A shell with its files, variables and history.
pub struct Shell {
    pub(crate) host: Host,
    pub(crate) state: RefCell<State>,
    pub(crate) calls: Calls,
    interrupted: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl Shell {
    /// A fresh shell. The seed determines made-up values, such as commit ids.
    #[must_use]
    pub fn new(host: Host, seed: u64) -> Self {
        Self {
            host,
            state: RefCell::new(State::new(seed)),
            calls: Calls::default(),
            interrupted: Cell::new(false),
            waker: RefCell::default(),
        }
    }

    /// Runs typed or pasted text; it may have several lines, and prompts in front of them.
    /// Returns the exit code. One text at a time: the host waits for the end, or
    /// interrupts. Dropping the future also ends it.
    pub async fn run(&self, text: &str) -> u8 {
        self.interrupted.set(false);
        let text = pasted::commands(text);
        let shown = secrets::shown(&text);
        self.show(Event::Input { prompt: self.prompt(), text: shown.clone() });
        self.state.borrow_mut().history.add(&shown);
        let status = match parser::parse(&text) {
            Ok(script) => {
                let io = Io { shell: self, stdin: None, out: Sink::Stdout, err: Sink::Stderr };
                let running = std::pin::pin!(exec::script(&io, &script));
                let interrupted = std::pin::pin!(self.interruption());
                match select(interrupted, running).await {
                    Either::Left(((), _)) => {
                        self.calls.forget();
                        self.show(Event::Stderr("^C\n".into()));
                        INTERRUPTED
                    }
                    Either::Right((status, _)) => status,
                }
            }
            Err(error) => {
                self.show(Event::Stderr(format!("{error}\n")));
                2
            }
        };
        self.state.borrow_mut().status = status;
        self.show(Event::Exit(status));
        status
    }

    /// Interrupts the running command, as Ctrl-C does.
    pub fn interrupt(&self) {
        self.interrupted.set(true);
        if let Some(waker) = self.waker.borrow_mut().take() {
            waker.wake();
        }
    }

    async fn interruption(&self) {
        poll_fn(|cx| {
            if self.interrupted.get() {
                return Poll::Ready(());
            }
            self.waker.replace(Some(cx.waker().clone()));
            Poll::Pending
        })
        .await;
    }

    /// Receives the client's events, so that waits are shown. The host passes on every
    /// event of [`Host::client`].
    pub fn heard(&self, event: backoffice_client::Event) {
        if let backoffice_client::Event::Journal(id) = event
            && let Some(entry) = self.host.client.entry(id)
            && let Some(wait) = self.calls.news(&entry)
        {
            self.show(wait);
        }
    }

    /// The prompt.
    #[must_use]
    pub fn prompt(&self) -> String {
        let state = self.state.borrow();
        match state.folder.strip_prefix(HOME) {
            Some("") => "~ $ ".to_owned(),
            Some(rest) if rest.starts_with('/') => format!("~{rest} $ "),
            _ => format!("{} $ ", state.folder),
        }
    }

    /// Whether a text is incomplete, so that the host asks for more lines.
    #[must_use]
    pub fn wants_more(text: &str) -> bool {
        matches!(parser::parse(text), Err(SyntaxError::Unfinished(_)))
    }

    /// The candidates for completion at the cursor, which is a position in bytes.
    #[must_use]
    pub fn complete(&self, line: &str, cursor: usize) -> Completion {
        complete::complete(&self.state.borrow(), line, cursor)
    }

    /// The lines typed so far, oldest first, with their secrets replaced.
    #[must_use]
    pub fn history(&self) -> Vec<String> {
        self.state.borrow().history.lines().map(str::to_owned).collect()
    }

    /// Writes a file, and creates the folders above it, as an editor would. The path is
    /// relative to the shell's folder.
    ///
    /// # Errors
    /// If the path cannot be written, or there is no room; the reason in the words of the
    /// usual programs.
    pub fn write_file(&self, path: &str, text: &str) -> Result<(), &'static str> {
        let mut state = self.state.borrow_mut();
        let path = state.path(path);
        state.files.put(&path, text)
    }

    pub(crate) fn show(&self, event: Event) {
        self.host.terminal.show(event);
    }
}
