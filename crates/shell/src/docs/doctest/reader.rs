//! A simulated reader, who types the commands of a page into a shell over a fresh world.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use backoffice_client::{
    Client, LocalBoxFuture, Millis, NoMemory, NoPeers, Options, Runtime, Transport,
};
use backoffice_contract::Secret;
use futures_util::future::{Either, select};
use futures_util::{FutureExt as _, future};

use crate::docs::doctest::Run;
use crate::docs::doctest::clock::Clock;
use crate::docs::doctest::engine::Engine;
use crate::docs::doctest::tokens::Tokens;
use crate::event::Event;
use crate::host::{Host, Question, QuestionKind, Terminal};
use crate::shell::Shell;

/// When every run starts: 2026-11-24 18:08:18 UTC.
const START: Millis = 1_795_543_698_000;

/// How long a reader reads between two snippets.
const PAUSE: Millis = 60_000;

/// How long a reader watches a command that runs without end.
const PATIENCE: Millis = 30_000;

/// How long a command may take that should end without an interruption.
const LIMIT: Millis = 15 * 60_000;

/// The answer to questions for a password.
const PASSWORD: &str = "made-up-for-this-page";

/// A shell over a fresh world, and the reader who uses it.
pub struct Reader {
    shell: Rc<Shell>,
    clock: Clock,
    hands: Rc<Hands>,
}

/// Keeps everything that is shown, and answers questions.
#[derive(Default)]
struct Hands {
    events: RefCell<Vec<Event>>,
    follows: Cell<bool>,
}

impl Terminal for Hands {
    fn show(&self, event: Event) {
        if event == Event::Follows {
            self.follows.set(true);
        }
        self.events.borrow_mut().push(event);
    }

    fn ask(&self, question: Question) -> LocalBoxFuture<'static, Option<Secret>> {
        let answer = question.suggestion.or_else(|| match question.kind {
            QuestionKind::Confirm => Some("y".into()),
            QuestionKind::Email => Some("reader@backoffice.example".into()),
            QuestionKind::Password | QuestionKind::NewPassword => Some(PASSWORD.into()),
            QuestionKind::Card => Some("tok_visa".into()),
            QuestionKind::Code | QuestionKind::MfaToken | QuestionKind::Text => None,
        });
        future::ready(answer).boxed_local()
    }
}

impl Reader {
    /// A reader with a fresh world and no session.
    ///
    /// # Errors
    /// If the client cannot be created.
    pub fn new(seed: u64) -> Result<Self, String> {
        Self::over(seed, true)
    }

    /// The same, with a shell that treats the world as a real API: it simulates nothing
    /// beside it.
    ///
    /// # Errors
    /// If the client cannot be created.
    pub fn live(seed: u64) -> Result<Self, String> {
        Self::over(seed, false)
    }

    fn over(seed: u64, simulated: bool) -> Result<Self, String> {
        let clock = Clock::new(START);
        let engine: Rc<dyn Transport> = Rc::new(Engine::new(seed, clock.clone()));
        let runtime: Rc<dyn Runtime> = Rc::new(clock.clone());
        let hands = Rc::new(Hands::default());
        let tokens = Rc::new(Tokens::default());
        let ears: Rc<RefCell<Weak<Shell>>> = Rc::default();
        let hears = Rc::clone(&ears);
        let client = Client::new(Options {
            base_url: String::new(),
            shown_url: "https://api.gigalixir.com".into(),
            transport: Rc::clone(&engine),
            runtime: Rc::clone(&runtime),
            sessions: Rc::clone(&tokens) as _,
            peers: Rc::new(NoPeers),
            memory: Rc::new(NoMemory),
            on_event: Box::new(move |event| {
                let shell = hears.borrow().upgrade();
                if let Some(shell) = shell {
                    shell.heard(event);
                }
            }),
        })
        .map_err(|error| error.to_string())?;
        let host = Host {
            client,
            transport: engine,
            runtime,
            terminal: Rc::clone(&hands) as Rc<dyn Terminal>,
            base_url: String::new(),
            shown_url: "https://api.gigalixir.com".into(),
            simulated,
            access_token: Rc::new(move || tokens.access_token()),
        };
        let shell = Rc::new(Shell::new(host, seed));
        ears.replace(Rc::downgrade(&shell));
        Ok(Self { shell, clock, hands })
    }

    /// The shell.
    #[must_use]
    pub fn shell(&self) -> &Shell {
        &self.shell
    }

    /// Lets a minute pass.
    pub fn pause(&self) {
        self.clock.run(self.clock.sleep(PAUSE));
    }

    /// Continues in another block of the page, with a new shell that takes over this one's
    /// memory; `false` if it cannot.
    pub fn next_block(&self) -> bool {
        let snapshot = self.shell.snapshot();
        self.shell.start_over(0);
        self.shell.restore(&snapshot)
    }

    /// Types a text and waits for its end, or long enough.
    #[must_use]
    pub fn run(&self, text: &str) -> Run {
        self.hands.follows.set(false);
        self.hands.events.borrow_mut().clear();
        let interrupted = Cell::new(false);
        let status = self.clock.run(async {
            let running = std::pin::pin!(self.shell.run(text));
            let watching = std::pin::pin!(self.watch());
            match select(running, watching).await {
                Either::Left((status, _)) => status,
                Either::Right(((), running)) => {
                    interrupted.set(true);
                    self.shell.interrupt();
                    running.await
                }
            }
        });
        // A command that waits for something that never comes ends when it is dropped.
        let status = status.unwrap_or(crate::shell::INTERRUPTED);
        Run { status, events: self.hands.events.take(), interrupted: interrupted.get() }
    }

    async fn watch(&self) {
        let mut passed = 0;
        let mut followed = 0;
        while passed < LIMIT && followed < PATIENCE {
            self.clock.sleep(1_000).await;
            passed += 1_000;
            followed += if self.hands.follows.get() { 1_000 } else { 0 };
        }
    }
}
