//! The shell of a view and what it has shown, as signals.

use std::rc::Rc;

use backoffice_contract::Secret;
use backoffice_playground::{Event, INTERRUPTED, Question, QuestionKind, Shell, Terminal, secrets};
use futures_channel::oneshot;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::block::{Block, Piece};
use crate::api::{LocalBoxFuture, PlaygroundApi};

/// The persona that every fresh sandbox holds.
const DEMO_EMAIL: &str = "demo@backoffice.example";
const DEMO_PASSWORD: &str = "sandbox-demo";

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
pub struct Desk {
    /// What is called.
    pub api: PlaygroundApi,
    shell: StoredValue<Option<Rc<Shell>>, LocalStorage>,
    answer: StoredValue<Option<oneshot::Sender<Option<Secret>>>, LocalStorage>,
    /// What was run, oldest first.
    pub blocks: RwSignal<Vec<Block>>,
    /// Whether something runs.
    pub activity: RwSignal<Activity>,
    /// What is asked right now.
    pub question: RwSignal<Option<Question>>,
    /// What stands before the cursor.
    pub prompt: RwSignal<String>,
    /// What was run since the view began, for a link to it.
    pub texts: RwSignal<Vec<String>>,
    /// Counts what was shown.
    pub changes: RwSignal<u64>,
    next_id: StoredValue<usize>,
}

impl Desk {
    /// A fresh shell.
    #[must_use]
    pub fn new(api: PlaygroundApi) -> Self {
        let desk = Self {
            api,
            shell: StoredValue::new_local(None),
            answer: StoredValue::new_local(None),
            blocks: RwSignal::default(),
            activity: RwSignal::default(),
            question: RwSignal::default(),
            prompt: RwSignal::default(),
            texts: RwSignal::default(),
            changes: RwSignal::default(),
            next_id: StoredValue::new(0),
        };
        let shell = api.shell(Rc::new(Screen(desk)));
        desk.prompt.set(shell.prompt());
        desk.shell.set_value(Some(shell));
        on_cleanup(move || desk.interrupt());
        desk
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
        });
    }

    /// The one place where a text is run.
    async fn run_text(self, text: &str) -> u8 {
        let Some(shell) = self.shell() else { return INTERRUPTED };
        self.activity.set(Activity::Runs);
        let status = shell.run(text).await;
        // The view may be gone by the time that a command has ended.
        if self.activity.try_set(Activity::Idle).is_none() {
            let _ = self.prompt.try_set(shell.prompt());
        }
        status
    }

    /// Ends what runs, as Ctrl-C does.
    pub fn interrupt(self) {
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
        let _ = self.texts.try_update(|texts| texts.push(text.clone()));
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
            QuestionKind::Email => Some(Secret::new(DEMO_EMAIL)),
            QuestionKind::Password => Some(Secret::new(DEMO_PASSWORD)),
            _ => None,
        }
    }
}

/// Whether an answer is not to be seen in the transcript although it is typed openly.
fn is_secret(kind: QuestionKind) -> bool {
    matches!(kind, QuestionKind::Code | QuestionKind::MfaToken | QuestionKind::Card)
}

/// Where the shell is seen.
struct Screen(Desk);

impl Terminal for Screen {
    fn show(&self, event: Event) {
        let desk = self.0;
        match event {
            Event::Input { prompt, text } => desk.begin(prompt, text),
            Event::Exit(status) => desk.end(status),
            Event::Clear => desk.clear(),
            Event::Follows => {
                let _ = desk.activity.try_set(Activity::Follows);
            }
            event => {
                if let Some(piece) = Piece::of(event) {
                    desk.push(piece);
                }
            }
        }
    }

    fn ask(&self, mut question: Question) -> LocalBoxFuture<'static, Option<Secret>> {
        let desk = self.0;
        question.suggestion = question.suggestion.take().or_else(|| desk.suggestion(question.kind));
        let (sender, receiver) = oneshot::channel();
        let _ = desk.answer.try_update_value(|answer| *answer = Some(sender));
        let _ = desk.question.try_set(Some(question));
        // An interrupted command stops waiting, and its question goes with it.
        let asked = AskedGuard(desk);
        Box::pin(async move {
            let answer = receiver.await.ok().flatten();
            drop(asked);
            answer
        })
    }
}

/// Takes a question away when nobody waits for its answer any more.
struct AskedGuard(Desk);

impl Drop for AskedGuard {
    fn drop(&mut self) {
        let _ = self.0.question.try_update(|question| {
            if question.is_some() {
                *question = None;
            }
        });
    }
}
