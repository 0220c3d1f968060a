//! The form of the open operation and its values.

use std::collections::{BTreeMap, BTreeSet};

use backoffice_explorer::{Draft, Field, Form, Path, Problem};
use leptos::prelude::*;

/// The values entered so far, by the position of the operation, so that opening another
/// operation loses nothing.
#[derive(Clone, Copy)]
pub struct Drafts(StoredValue<BTreeMap<usize, Draft>>);

impl Default for Drafts {
    fn default() -> Self {
        Self(StoredValue::new(BTreeMap::new()))
    }
}

/// A form being filled in. `Copy`; valid while its operation is open.
#[derive(Clone, Copy)]
pub struct FormState {
    form: StoredValue<Form, LocalStorage>,
    /// The entered values.
    pub draft: RwSignal<Draft>,
    /// The problems with the values.
    pub problems: Memo<Vec<Problem>>,
    /// Whether the user has tried to send it; every problem is shown from then on.
    pub attempted: RwSignal<bool>,
    left: RwSignal<BTreeSet<Path>>,
}

impl FormState {
    /// The form of the operation at a position, with its values from before.
    #[must_use]
    pub fn new(form: Form, at: usize, drafts: Drafts) -> Self {
        let known = drafts.0.with_value(|drafts| drafts.get(&at).cloned());
        let draft = RwSignal::new(known.unwrap_or_else(|| form.draft()));
        let form = StoredValue::new_local(form);
        let problems =
            Memo::new(move |_| draft.with(|draft| form.with_value(|form| form.problems(draft))));
        on_cleanup(move || {
            if let Some(draft) = draft.try_get_untracked() {
                drafts.0.try_update_value(|drafts| drafts.insert(at, draft));
            }
        });
        let left = RwSignal::default();
        Self { form, draft, problems, attempted: RwSignal::new(false), left }
    }

    /// Reads from the form.
    pub fn ask<T>(self, question: impl FnOnce(&Form) -> T) -> T {
        self.form.with_value(question)
    }

    /// Reads from form and draft; reactive to changes of the draft.
    pub fn with<T>(self, question: impl FnOnce(&Form, &Draft) -> T) -> T {
        self.draft.with(|draft| self.form.with_value(|form| question(form, draft)))
    }

    /// Changes the entered values.
    pub fn change(self, change: impl FnOnce(&mut Draft)) {
        self.draft.update(change);
    }

    /// Enters a suggestion into a field.
    pub fn fill(self, field: &Field, json: &str) {
        self.draft.update(|draft| self.form.with_value(|form| form.fill(draft, field, json)));
    }

    /// Notes that the user has left a field; its problem is shown from then on.
    pub fn leave(self, path: &Path) {
        if !self.left.with_untracked(|left| left.contains(path)) {
            self.left.update(|left| _ = left.insert(path.clone()));
        }
    }

    /// The problem of a field, once it should be shown.
    #[must_use]
    pub fn problem(self, path: &Path) -> Option<String> {
        if !self.attempted.get() && !self.left.with(|left| left.contains(path)) {
            return None;
        }
        self.problems.with(|problems| {
            problems.iter().find(|problem| problem.path == *path).map(|it| it.sentence.clone())
        })
    }

    /// Clears all values.
    pub fn reset(self) {
        self.draft.set(self.ask(Form::draft));
        self.attempted.set(false);
        self.left.update(BTreeSet::clear);
    }
}
