//! The draft of an app's config, while its page is open.

use std::sync::Arc;

use backoffice_contract::Secret;
use backoffice_contract::config::Configs;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::pages::app::config::draft::{Conflict, Draft, Stage, Typing};
use backoffice_ui::{Reveal, use_reveal};
use backoffice_web_client::Query;
use backoffice_web_client::tab_memory;

/// The state that the tab remembers. It contains secrets.
#[derive(Deserialize)]
struct Remembered {
    draft: Draft,
    typing: Option<Typing>,
}

/// The same by reference, so that writing needs no copy.
#[derive(Serialize)]
struct Remembering<'a> {
    draft: &'a Draft,
    typing: &'a Option<Typing>,
}

/// The draft and the state derived from it. `Copy`, so that every part of the page can
/// have it.
#[derive(Clone, Copy)]
pub(super) struct Editor {
    /// The app.
    pub(super) app: StoredValue<String>,
    /// The read of the config on the server.
    pub(super) configs: Query<Configs>,
    /// The draft.
    pub(super) draft: RwSignal<Draft>,
    /// Text in the dialog for one variable that is not in the draft yet.
    pub(super) typing: RwSignal<Option<Typing>>,
    /// The rows, faults and size that the draft results in.
    pub(super) stage: Memo<Arc<Stage>>,
    /// Variables that were changed both here and on the server.
    pub(super) conflicts: RwSignal<Vec<Conflict>>,
    /// Variables that were changed only on the server and merged into the draft.
    pub(super) merged: RwSignal<Vec<String>>,
    /// Whether the user is typing in the raw text, which nothing else changes meanwhile.
    pub(super) typing_raw: RwSignal<bool>,
    /// Set between applying and the next read of the config: the time (epoch milliseconds)
    /// of the last read before applying, which is too old to show the result.
    pub(super) settling: RwSignal<Option<Option<u64>>>,
    /// Whether all values are shown.
    pub(super) reveal: Reveal,
    /// Raw text that the user is typing; it goes into the draft when they pause.
    typed: StoredValue<Option<String>>,
    /// The key under which the tab remembers the draft.
    key: StoredValue<String>,
    kept: RwSignal<bool>,
}

impl Editor {
    /// Restores the draft that the tab remembers, or starts one without changes.
    pub(super) fn new(app: String, configs: Query<Configs>, data: Signal<Configs>) -> Self {
        // Drafts are deleted with the session, so this finds no other user's draft.
        let key = StoredValue::new(format!("config.{app}"));
        let base = data.get_untracked();
        let remembered = key
            .with_value(|key| tab_memory::recall::<Remembered>(key))
            .filter(|remembered| {
                // Skip a draft that was applied while the page was closed.
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
                // Delete applied or discarded secrets immediately.
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

    /// Writes the state that the tab remembers.
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
        // The page may already be closing.
        if let Some(kept) = kept.flatten().flatten() {
            let _ = self.kept.try_set(kept);
        }
    }

    /// Writes pending state now instead of later.
    fn settle(self) {
        self.key.with_value(|key| tab_memory::settle(key));
    }

    /// Stores raw text while it is typed. Parsing 2,000 lines takes longer than a keystroke
    /// may take, so it waits for [`take_typed`](Self::take_typed).
    pub(super) fn type_raw(self, text: String) {
        self.typed.set_value(Some(text));
        self.keep_soon();
    }

    /// Moves the typed raw text into the draft.
    pub(super) fn take_typed(self) {
        let typed = self.typed.try_update_value(Option::take).flatten();
        let Some(typed) = typed else { return };
        if self.draft.try_with_untracked(|draft| draft.text() != typed) == Some(true) {
            let _ = self.draft.try_update(|draft| draft.set_text(typed));
        }
    }

    /// Merges the server's current config, and settles a draft that was applied.
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

    /// Why the rows cannot be edited now; reactive.
    pub(super) fn unreadable(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.stage.with(|stage| {
                let first = stage.faults.first()?;
                Some(format!("Fix line {} of the raw text first.", first.line))
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
                return Some("Resolve the conflicts with the server first.".to_owned());
            }
            let fits = self.stage.with(|stage| stage.fits());
            (!fits).then(|| "Names and values exceed 32 kB in total.".to_owned())
        })
    }

    /// Whether there are unapplied changes; reactive.
    pub(super) fn is_dirty(self) -> bool {
        self.settling.get().is_none()
            && self.stage.with(|stage| stage.is_dirty() || !stage.faults.is_empty())
    }

    /// Whether the draft is kept when the user leaves the page; reactive.
    pub(super) fn is_kept(self) -> bool {
        self.kept.get()
    }

    /// Whether leaving the page would lose changes.
    pub(super) fn would_be_lost(self) -> bool {
        self.take_typed();
        self.settle();
        !self.kept.get_untracked()
    }

    /// Starts a new variable.
    pub(super) fn add(self) {
        self.typing.set(Some(Typing::default()));
    }

    /// Starts editing a variable.
    pub(super) fn edit(self, name: &str, value: &Secret) {
        let typing =
            Typing { original: Some(name.to_owned()), name: name.to_owned(), value: value.clone() };
        self.typing.set(Some(typing));
    }

    /// Discards all unapplied changes.
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
