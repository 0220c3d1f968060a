//! The draft of an app's config while its page is open.

use std::sync::Arc;

use backoffice_contract::Secret;
use backoffice_contract::config::Configs;
use leptos::prelude::*;

use crate::api::{Query, use_api};
use crate::config_draft::{Conflict, Draft, Stage, Typing};
use crate::tab_memory;
use crate::ui::{Reveal, use_reveal};

/// The draft with what follows from it. `Copy`, for every part of the page.
#[derive(Clone, Copy)]
pub(super) struct Editor {
    /// The app.
    pub(super) app: StoredValue<String>,
    /// The read that it began from.
    pub(super) configs: Query<Configs>,
    /// The draft.
    pub(super) draft: RwSignal<Draft>,
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
    kept: RwSignal<bool>,
}

impl Editor {
    /// The draft that the tab remembers, or one without changes.
    pub(super) fn new(app: String, configs: Query<Configs>, data: Signal<Configs>) -> Self {
        let email = use_api().session.with_untracked(|session| session.email().map(str::to_owned));
        let key = StoredValue::new(format!("config.{}.{app}", email.unwrap_or_default()));
        let base = data.get_untracked();
        let draft = key
            .with_value(|key| tab_memory::recall::<Draft>(key))
            .filter(|draft| {
                // What was applied while nobody looked is no draft any more.
                let mut draft = draft.clone();
                let rebase = draft.rebase(&base);
                let stage = draft.stage();
                let nothing = !stage.is_dirty() && stage.faults.is_empty() && !stage.comments;
                !nothing || draft.typing.is_some() || !rebase.conflicts.is_empty()
            })
            .unwrap_or_else(|| Draft::of(base));
        let draft = RwSignal::new(draft);
        let editor = Self {
            app: StoredValue::new(app),
            configs,
            draft,
            stage: Memo::new(move |_| Arc::new(draft.with(Draft::stage))),
            conflicts: RwSignal::new(Vec::new()),
            merged: RwSignal::new(Vec::new()),
            typing_raw: RwSignal::new(false),
            settling: RwSignal::new(None),
            reveal: use_reveal(),
            kept: RwSignal::new(true),
        };
        Effect::new(move |_| editor.bring_up_to(&data.get()));
        Effect::new(move |_| {
            let kept = draft.with(|draft| {
                key.with_value(|key| match draft.is_pristine() {
                    true => {
                        tab_memory::forget(key);
                        true
                    }
                    false => tab_memory::remember(key, draft),
                })
            });
            editor.kept.set(kept);
        });
        editor
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
        !self.kept.get_untracked() && !self.draft.with_untracked(Draft::is_pristine)
    }

    /// Begins a new variable.
    pub(super) fn add(self) {
        self.draft.update(|draft| draft.typing = Some(Typing::default()));
    }

    /// Begins to edit a variable.
    pub(super) fn edit(self, name: &str, value: &Secret) {
        let typing =
            Typing { original: Some(name.to_owned()), name: name.to_owned(), value: value.clone() };
        self.draft.update(|draft| draft.typing = Some(typing));
    }

    /// Gives up everything that is not applied.
    pub(super) fn discard(self) {
        let theirs = self.configs.data();
        self.draft.update(|draft| {
            if let Some(theirs) = theirs {
                *draft = Draft::of(theirs);
            }
        });
        self.merged.set(Vec::new());
    }
}
