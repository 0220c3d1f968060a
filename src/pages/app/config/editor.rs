//! The draft of an app's config while its page is open.

use std::sync::Arc;

use backoffice_contract::Secret;
use backoffice_contract::config::Configs;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::pages::app::config::draft::{Conflict, Draft, Stage, Typing};
use backoffice_ui::{Reveal, use_reveal};
use backoffice_web_client::Query;
use backoffice_web_client::tab_memory;

/// What the tab remembers. It holds secrets.
#[derive(Deserialize)]
struct Remembered {
    draft: Draft,
    typing: Option<Typing>,
}

/// The same, to be written without a copy of it.
#[derive(Serialize)]
struct Remembering<'a> {
    draft: &'a Draft,
    typing: &'a Option<Typing>,
}

/// The draft with what follows from it. `Copy`, for every part of the page.
#[derive(Clone, Copy)]
pub(super) struct Editor {
    /// The app.
    pub(super) app: StoredValue<String>,
    /// The read that it began from.
    pub(super) configs: Query<Configs>,
    /// The draft.
    pub(super) draft: RwSignal<Draft>,
    /// What is typed into the dialog for one variable and not taken over yet.
    pub(super) typing: RwSignal<Option<Typing>>,
    /// What it comes down to.
    pub(super) stage: Memo<Arc<Stage>>,
    /// What was changed here and on the server.
    pub(super) conflicts: RwSignal<Vec<Conflict>>,
    /// What was changed on the server and taken over.
    pub(super) merged: RwSignal<Vec<String>>,
    /// Whether somebody is typing in the raw text, which is left alone meanwhile.
    pub(super) typing_raw: RwSignal<bool>,
    /// Since when the config is expected to be as it was applied: the time of the read
    /// that is too old for it.
    pub(super) settling: RwSignal<Option<Option<u64>>>,
    /// Whether all values are shown.
    pub(super) reveal: Reveal,
    /// A raw text that is typed right now, and in the draft once nobody types.
    typed: StoredValue<Option<String>>,
    /// The name under which the tab remembers the draft.
    key: StoredValue<String>,
    kept: RwSignal<bool>,
}

impl Editor {
    /// The draft that the tab remembers, or one without changes.
    pub(super) fn new(app: String, configs: Query<Configs>, data: Signal<Configs>) -> Self {
        // What was typed is forgotten with the session, so nobody else's is found.
        let key = StoredValue::new(format!("config.{app}"));
        let base = data.get_untracked();
        let remembered = key
            .with_value(|key| tab_memory::recall::<Remembered>(key))
            .filter(|remembered| {
                // What was applied while nobody looked is no draft any more.
                let mut draft = remembered.draft.clone();
                let rebase = draft.rebase(&base);
                let stage = draft.stage();
                let nothing = !stage.is_dirty() && stage.faults.is_empty() && !stage.comments;
                !nothing || remembered.typing.is_some() || !rebase.conflicts.is_empty()
            })
            .unwrap_or_else(|| Remembered { draft: Draft::of(base), typing: None });
        let draft = RwSignal::new(remembered.draft);
        let editor = Self {
            app: StoredValue::new(app),
            configs,
            draft,
            typing: RwSignal::new(remembered.typing),
            stage: Memo::new(move |_| Arc::new(draft.with(Draft::stage))),
            conflicts: RwSignal::new(Vec::new()),
            merged: RwSignal::new(Vec::new()),
            typing_raw: RwSignal::new(false),
            settling: RwSignal::new(None),
            reveal: use_reveal(),
            typed: StoredValue::new(None),
            key,
            kept: RwSignal::new(true),
        };
        Effect::new(move |_| {
            editor.configs.with_data(|theirs| editor.bring_up_to(theirs));
        });
        Effect::new(move |before: Option<()>| {
            let nothing =
                editor.typing.with(Option::is_none) && editor.draft.with(Draft::is_pristine);
            if nothing {
                // What was applied or discarded does not stay a moment longer.
                editor.keep();
            } else if before.is_some() {
                editor.keep_soon();
            }
        });
        on_cleanup(move || {
            editor.take_typed();
            editor.settle();
        });
        editor
    }

    fn keep_soon(self) {
        self.key.with_value(|key| tab_memory::soon(key, move || self.keep()));
    }

    /// Writes what is to be remembered.
    fn keep(self) {
        self.take_typed();
        let write = |key: &str, draft: &Draft, typing: &Option<Typing>| {
            if typing.is_none() && draft.is_pristine() {
                tab_memory::forget(key);
                return true;
            }
            tab_memory::remember(key, &Remembering { draft, typing })
        };
        let kept = self.key.try_with_value(|key| {
            self.draft.try_with_untracked(|draft| {
                self.typing.try_with_untracked(|typing| write(key, draft, typing))
            })
        });
        // The page may be about to go.
        if let Some(kept) = kept.flatten().flatten() {
            let _ = self.kept.try_set(kept);
        }
    }

    /// Writes now what is to be remembered in a while.
    fn settle(self) {
        self.key.with_value(|key| tab_memory::settle(key));
    }

    /// Notes what is being typed as raw text. To read 2,000 lines takes longer than a
    /// keystroke may, so they wait for [`take_typed`](Self::take_typed).
    pub(super) fn type_raw(self, text: String) {
        self.typed.set_value(Some(text));
        self.keep_soon();
    }

    /// Takes over what was typed as raw text.
    pub(super) fn take_typed(self) {
        let typed = self.typed.try_update_value(Option::take).flatten();
        let Some(typed) = typed else { return };
        if self.draft.try_with_untracked(|draft| draft.text() != typed) == Some(true) {
            let _ = self.draft.try_update(|draft| draft.set_text(typed));
        }
    }

    /// Takes over what the server has now, and settles what was applied.
    fn bring_up_to(self, theirs: &Configs) {
        let settled = self.settling.get().is_some_and(|before| {
            !self.configs.loading()
                && (self.configs.fetched_at() != before || self.configs.error().is_some())
        });
        if self.typing_raw.get() || (self.settling.get().is_some() && !settled) {
            self.draft.track();
            return;
        }
        self.take_typed();
        if !settled && self.draft.with(|draft| draft.began_from(theirs)) {
            if self.conflicts.with_untracked(|conflicts| !conflicts.is_empty()) {
                self.conflicts.set(Vec::new());
            }
            return;
        }
        let mut next = self.draft.get();
        let rebase = next.rebase(theirs);
        if settled {
            let stage = next.stage();
            if !stage.is_dirty() && stage.faults.is_empty() {
                next = Draft::of(theirs.clone());
            }
            self.settling.set(None);
        } else if !rebase.merged.is_empty() {
            self.merged.update(|merged| merged.extend(rebase.merged));
        }
        if self.conflicts.with_untracked(|conflicts| *conflicts != rebase.conflicts) {
            self.conflicts.set(rebase.conflicts);
        }
        if self.draft.with_untracked(|draft| *draft != next) {
            self.draft.set(next);
        }
    }

    /// Why rows cannot be changed now; reactive.
    pub(super) fn unreadable(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.stage.with(|stage| {
                let first = stage.faults.first()?;
                Some(format!("Line {} of the raw text has to be mended first.", first.line))
            })
        })
    }

    /// Why the draft cannot be applied now; reactive.
    pub(super) fn obstacle(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            if let Some(reason) = self.unreadable().get() {
                return Some(reason);
            }
            if !self.conflicts.with(Vec::is_empty) {
                return Some("Decide what was also changed on the server first.".to_owned());
            }
            let fits = self.stage.with(|stage| stage.fits());
            (!fits).then(|| "Names and values take more than 32 kB.".to_owned())
        })
    }

    /// Whether there is something that is not applied; reactive.
    pub(super) fn is_dirty(self) -> bool {
        self.settling.get().is_none()
            && self.stage.with(|stage| stage.is_dirty() || !stage.faults.is_empty())
    }

    /// Whether the draft is kept beyond this page; reactive.
    pub(super) fn is_kept(self) -> bool {
        self.kept.get()
    }

    /// Whether leaving the page would lose something.
    pub(super) fn would_be_lost(self) -> bool {
        self.take_typed();
        self.settle();
        !self.kept.get_untracked()
    }

    /// Begins a new variable.
    pub(super) fn add(self) {
        self.typing.set(Some(Typing::default()));
    }

    /// Begins to edit a variable.
    pub(super) fn edit(self, name: &str, value: &Secret) {
        let typing =
            Typing { original: Some(name.to_owned()), name: name.to_owned(), value: value.clone() };
        self.typing.set(Some(typing));
    }

    /// Gives up everything that is not applied.
    pub(super) fn discard(self) {
        self.typed.set_value(None);
        let theirs = self.configs.data();
        self.draft.update(|draft| {
            if let Some(theirs) = theirs {
                *draft = Draft::of(theirs);
            }
        });
        self.merged.set(Vec::new());
    }
}
