//! The form of the open operation and what has been entered into it.

use std::collections::{BTreeMap, BTreeSet};

use backoffice_explorer::{Draft, Field, Form, Path, Problem};
use leptos::prelude::*;

/// What has been entered so far, by the position of the operation, so that looking at
/// another one loses nothing.
#[derive(Clone, Copy)]
pub struct Drafts(StoredValue<BTreeMap<usize, Draft>>);

impl Default for Drafts {
    fn default() -> Self {
        Self(StoredValue::new(BTreeMap::new()))
    }
}

/// A form that is being filled in. `Copy`, as long as its operation is open.
#[derive(Clone, Copy)]
pub struct FormState {
    form: StoredValue<Form, LocalStorage>,
    /// What has been entered.
    pub draft: RwSignal<Draft>,
    /// What is wrong with it.
    pub problems: Memo<Vec<Problem>>,
    /// Whether somebody has tried to send it, after which every problem is shown.
    pub attempted: RwSignal<bool>,
    left: RwSignal<BTreeSet<Path>>,
}

impl FormState {
    /// The form of the operation at a position, as it was left.
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

    /// Asks the form something.
    pub fn ask<T>(self, question: impl FnOnce(&Form) -> T) -> T {
        self.form.with_value(question)
    }

    /// Asks form and draft something, again whenever the draft changes.
    pub fn with<T>(self, question: impl FnOnce(&Form, &Draft) -> T) -> T {
        self.draft.with(|draft| self.form.with_value(|form| question(form, draft)))
    }

    /// Changes what has been entered.
    pub fn change(self, change: impl FnOnce(&mut Draft)) {
        self.draft.update(change);
    }

    /// Enters a suggestion into a field.
    pub fn fill(self, field: &Field, json: &str) {
        self.draft.update(|draft| self.form.with_value(|form| form.fill(draft, field, json)));
    }

    /// Somebody has gone on from a field, whose problem is shown from then on.
    pub fn leave(self, path: &Path) {
        if !self.left.with_untracked(|left| left.contains(path)) {
            self.left.update(|left| _ = left.insert(path.clone()));
        }
    }

    /// What is wrong with a field, once it is time to say so.
    #[must_use]
    pub fn problem(self, path: &Path) -> Option<String> {
        if !self.attempted.get() && !self.left.with(|left| left.contains(path)) {
            return None;
        }
        self.problems.with(|problems| {
            problems.iter().find(|problem| problem.path == *path).map(|it| it.sentence.clone())
        })
    }

    /// Takes back everything.
    pub fn reset(self) {
        self.draft.set(self.ask(Form::draft));
        self.attempted.set(false);
        self.left.update(BTreeSet::clear);
    }
}
