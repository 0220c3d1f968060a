//! The shell of a view and what it has shown, as signals.

use std::rc::Rc;

use backoffice_contract::Secret;
use backoffice_shell::{Event, INTERRUPTED, Question, QuestionKind, Shell, Terminal, secrets};
use futures_channel::oneshot;
use futures_util::FutureExt as _;
use futures_util::future::{AbortHandle, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::block::{Block, Piece};
use crate::api::{PlaygroundApi, ShellStore};
use backoffice_web_client::LocalBoxFuture;
use backoffice_web_client::demo;

/// Whether something runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Activity {
    /// Nothing does.
    #[default]
    Idle,
    /// A command does.
    Runs,
    /// A command goes on until it is interrupted.
    Follows,
}

/// The shell and what it has shown. `Copy`, as long as the view is there.
#[derive(Clone, Copy)]
pub struct ShellSession {
    /// What is called.
    pub api: PlaygroundApi,
    shell: StoredValue<Option<Rc<Shell>>, LocalStorage>,
    store: StoredValue<Rc<ShellStore>, LocalStorage>,
    /// Whether the world has to be made a fresh one before anything runs in it.
    stale: StoredValue<bool>,
    waiting: StoredValue<Option<AbortHandle>>,
    /// Whether another shell of this page has to come to its end first.
    pub waits: RwSignal<bool>,
    answer: StoredValue<Option<oneshot::Sender<Option<Secret>>>, LocalStorage>,
    /// What was run, oldest first.
    pub blocks: RwSignal<Vec<Block>>,
    /// Whether something runs.
    pub activity: RwSignal<Activity>,
    /// What is asked right now.
    pub question: RwSignal<Option<Question>>,
    /// What stands before the cursor.
    pub prompt: RwSignal<String>,
    /// Whether anything was run that a link could lead to.
    pub ran: RwSignal<bool>,
    /// Counts what was shown.
    pub changes: RwSignal<u64>,
    next_id: StoredValue<usize>,
}

impl ShellSession {
    /// A shell that goes on where the others of its page have come to. What was typed by
    /// somebody else is `replayed` in a world that is fresh.
    #[must_use]
    pub fn new(api: PlaygroundApi, replayed: bool) -> Self {
        let session = Self {
            api,
            shell: StoredValue::new_local(None),
            store: StoredValue::new_local(Rc::new(api.shell_store())),
            stale: StoredValue::new(replayed),
            waiting: StoredValue::new(None),
            waits: RwSignal::new(false),
            answer: StoredValue::new_local(None),
            blocks: RwSignal::default(),
            activity: RwSignal::default(),
            question: RwSignal::default(),
            prompt: RwSignal::default(),
            ran: RwSignal::default(),
            changes: RwSignal::default(),
            next_id: StoredValue::new(0),
        };
        let shell = api.shell(Rc::new(Screen(session)));
        session.shell.set_value(Some(shell));
        if !replayed {
            session.catch_up();
        }
        session.look();
        on_cleanup(move || session.interrupt());
        session
    }

    /// Whether it shares nothing with the other shells of its page.
    pub fn is_alone(self) -> bool {
        self.store.with_value(|store| store.is_alone())
    }

    /// The shell, while the view is there.
    fn shell(self) -> Option<Rc<Shell>> {
        self.shell.try_get_value().flatten()
    }

    /// Asks the shell something.
    pub fn ask_shell<T: Default>(self, question: impl FnOnce(&Shell) -> T) -> T {
        self.shell().map(|shell| question(&shell)).unwrap_or_default()
    }

    /// Runs texts one after the other, unless something runs already. One that fails, or
    /// is interrupted, is the last.
    pub fn run(self, texts: Vec<String>) {
        if self.activity.get_untracked() != Activity::Idle {
            return;
        }
        self.activity.set(Activity::Runs);
        spawn_local(async move {
            let last = texts.len().saturating_sub(1);
            for (at, text) in texts.into_iter().enumerate() {
                let status = self.run_text(&text).await;
                if status != 0 {
                    if at < last && status != INTERRUPTED {
                        self.push(Piece::Note("The lines after this one were not run.".into()));
                    }
                    break;
                }
            }
            self.end_turn();
            let _ = self.activity.try_set(Activity::Idle);
            self.look();
        });
    }

    /// Waits until no other shell of this page runs anything, and goes on from there;
    /// `false` when that was given up. A turn goes on until it is ended.
    async fn begin_turn(self) -> bool {
        let Some(store) = self.store.try_get_value() else { return false };
        if store.has_turn() {
            return true;
        }
        let turn = {
            let store = Rc::clone(&store);
            async move { store.take_turn().await }
        };
        let (turn, handle) = abortable(turn);
        self.waiting.set_value(Some(handle));
        let mut turn = std::pin::pin!(turn);
        let taken = match turn.as_mut().now_or_never() {
            Some(taken) => taken.is_ok(),
            None => {
                let _ = self.waits.try_set(true);
                let taken = turn.await.is_ok();
                let _ = self.waits.try_set(false);
                taken
            }
        };
        if !taken {
            return false;
        }
        if self.stale.try_get_value() == Some(true) {
            return self.begin_anew().await;
        }
        self.catch_up();
        true
    }

    /// Takes over what the shell before it remembers; nothing when all was forgotten.
    fn catch_up(self) {
        let (Some(store), Some(shell)) = (self.store.try_get_value(), self.shell()) else { return };
        match store.load() {
            Some(snapshot) if shell.restore(&snapshot) => {}
            _ if store.is_alone() => {}
            _ => shell.start_over(self.api.seed()),
        }
    }

    /// Keeps what the shell remembers, and lets others run.
    fn end_turn(self) {
        if let (Some(store), Some(shell)) = (self.store.try_get_value(), self.shell()) {
            store.end_turn(&shell.snapshot());
        }
    }

    /// A fresh shell in a fresh world; `false` when there is none to be had.
    async fn begin_anew(self) -> bool {
        let reset = self.api.reset_world().await;
        let (Some(store), Some(shell)) = (self.store.try_get_value(), self.shell()) else {
            return false;
        };
        if let Err(why) = reset {
            store.give_back();
            self.begin(String::new(), String::new());
            self.push(Piece::Note(format!("There is no fresh world: {why}").into()));
            self.end(1);
            return false;
        }
        self.stale.set_value(false);
        shell.start_over(self.api.seed());
        store.clear();
        true
    }

    /// Starts over, for all shells of this page.
    pub fn start_over(self) {
        if self.activity.get_untracked() != Activity::Idle {
            return;
        }
        self.stale.set_value(true);
        self.activity.set(Activity::Runs);
        spawn_local(async move {
            if self.begin_turn().await {
                self.end_turn();
                let _ = self.blocks.try_update(Vec::clear);
                let _ = self.ran.try_set(false);
            }
            let _ = self.activity.try_set(Activity::Idle);
            self.look();
        });
    }

    /// The one place where a text is run.
    async fn run_text(self, text: &str) -> u8 {
        // What went on and on has let the others run meanwhile.
        if !self.begin_turn().await {
            return INTERRUPTED;
        }
        let Some(shell) = self.shell() else { return INTERRUPTED };
        let _ = self.activity.try_set(Activity::Runs);
        shell.run(text).await
    }

    /// Shows where the shell is.
    fn look(self) {
        if let Some(shell) = self.shell() {
            // The view may be gone by the time that a command has ended.
            let _ = self.prompt.try_set(shell.prompt());
        }
    }

    /// Ends what runs, as Ctrl-C does.
    pub fn interrupt(self) {
        if let Some(handle) = self.waiting.try_update_value(Option::take).flatten() {
            handle.abort();
        }
        if let Some(shell) = self.shell() {
            shell.interrupt();
        }
    }

    /// Empties the transcript.
    pub fn clear(self) {
        let running = self.activity.get_untracked() != Activity::Idle;
        // What runs goes on showing below.
        self.blocks.update(|blocks| match blocks.pop().filter(|_| running) {
            Some(last) => *blocks = vec![last],
            None => blocks.clear(),
        });
    }

    /// Answers the question, or gives it up.
    pub fn answer(self, text: Option<Secret>) {
        let asked = self.question.try_update(Option::take).flatten();
        let sender = self.answer.try_update_value(Option::take).flatten();
        if let (Some(asked), Some(text)) = (&asked, &text) {
            let seen = if asked.hidden || is_secret(asked.kind) {
                String::new()
            } else {
                secrets::shown(text.expose())
            };
            self.push(Piece::Answered(format!("{}{seen}\n", asked.text).into()));
        }
        if let Some(sender) = sender {
            // The command may have been interrupted meanwhile.
            let _ = sender.send(text);
        }
    }

    fn push(self, piece: Piece) {
        if let Some(Some(block)) = self.blocks.try_with_untracked(|blocks| blocks.last().cloned()) {
            block.push(piece);
            let _ = self.changes.try_update(|count| *count += 1);
        }
    }

    fn begin(self, prompt: String, text: String) {
        let id = self.next_id.try_update_value(|next| {
            *next += 1;
            *next
        });
        let _ = self.ran.try_set(true);
        let block = Block::new(id.unwrap_or_default(), prompt, text);
        let _ = self.blocks.try_update(|blocks| blocks.push(block));
        let _ = self.changes.try_update(|count| *count += 1);
    }

    fn end(self, status: u8) {
        if let Some(Some(block)) = self.blocks.try_with_untracked(|blocks| blocks.last().cloned()) {
            block.status.set(Some(status));
            let _ = self.changes.try_update(|count| *count += 1);
        }
    }

    /// What the answer may be where the command does not know it: in a sandbox, whoever
    /// signs in may be its demo user.
    fn suggestion(self, kind: QuestionKind) -> Option<Secret> {
        let signs_in = self
            .blocks
            .try_with_untracked(|blocks| {
                blocks.last().is_some_and(|block| block.text.contains("login"))
            })
            .unwrap_or_default();
        if !signs_in || !self.api.place().is_simulated() {
            return None;
        }
        match kind {
            QuestionKind::Email => Some(Secret::new(demo::EMAIL)),
            QuestionKind::Password => Some(Secret::new(demo::PASSWORD)),
            _ => None,
        }
    }
}

/// Whether an answer is not to be seen in the transcript although it is typed openly.
fn is_secret(kind: QuestionKind) -> bool {
    matches!(kind, QuestionKind::Code | QuestionKind::MfaToken | QuestionKind::Card)
}

/// Where the shell is seen.
struct Screen(ShellSession);

impl Terminal for Screen {
    fn show(&self, event: Event) {
        let session = self.0;
        match event {
            Event::Input { prompt, text } => session.begin(prompt, text),
            Event::Exit(status) => session.end(status),
            Event::Clear => session.clear(),
            Event::Follows => {
                let _ = session.activity.try_set(Activity::Follows);
                session.end_turn();
            }
            event => {
                if let Some(piece) = Piece::of(event) {
                    session.push(piece);
                }
            }
        }
    }

    fn ask(&self, mut question: Question) -> LocalBoxFuture<'static, Option<Secret>> {
        let session = self.0;
        question.suggestion =
            question.suggestion.take().or_else(|| session.suggestion(question.kind));
        let (sender, receiver) = oneshot::channel();
        let _ = session.answer.try_update_value(|answer| *answer = Some(sender));
        let _ = session.question.try_set(Some(question));
        // An interrupted command stops waiting, and its question goes with it.
        let asked = AskedGuard(session);
        Box::pin(async move {
            let answer = receiver.await.ok().flatten();
            drop(asked);
            answer
        })
    }
}

/// Takes a question away when nobody waits for its answer any more.
struct AskedGuard(ShellSession);

impl Drop for AskedGuard {
    fn drop(&mut self) {
        let _ = self.0.question.try_update(|question| {
            if question.is_some() {
                *question = None;
            }
        });
    }
}
