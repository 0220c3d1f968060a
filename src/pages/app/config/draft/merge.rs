//! Updates a draft to the server's current values: a three-way merge by variable.

use std::collections::BTreeSet;

use backoffice_contract::Secret;
use backoffice_contract::config::Configs;
use backoffice_contract::dotenv::{Document, can_name};

use crate::pages::app::config::draft::Draft;

/// A variable that was changed in the draft and, differently, on the server. `None` means
/// that it does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Its name.
    pub name: String,
    /// The value both started from.
    pub base: Option<Secret>,
    /// The draft's value.
    pub yours: Option<Secret>,
    /// The server's value.
    pub theirs: Option<Secret>,
}

/// Which side of a conflict wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The draft's.
    Yours,
    /// The server's.
    Theirs,
}

/// The result of a merge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rebase {
    /// Variables that changed on the server only; the draft now has the server's value.
    pub merged: Vec<String>,
    /// Variables for which the user has to decide.
    pub conflicts: Vec<Conflict>,
}

impl Draft {
    /// Takes over variables that changed on the server only. Where both sides changed, the
    /// draft's value stays until [`pick`](Self::pick). Does nothing while the text has
    /// errors.
    pub fn rebase(&mut self, theirs: &Configs) -> Rebase {
        if self.base == *theirs {
            return Rebase::default();
        }
        let mut document = Document::parse(self.text.expose());
        if !document.faults(|_| true).is_empty() {
            return Rebase::default();
        }
        if self.is_pristine() {
            // The user has changed nothing: start over from the server's values.
            *self = Self::of(theirs.clone());
            return Rebase::default();
        }
        let yours = document.values();
        let mut rebase = Rebase::default();
        let names: BTreeSet<String> = self.base.keys().chain(theirs.keys()).cloned().collect();
        for name in names {
            let base = self.base.get(&name).cloned();
            let there = theirs.get(&name).cloned();
            let here = yours.get(&name).cloned();
            if base == there {
                continue;
            }
            if can_name(&name) && here != base && here != there {
                rebase.conflicts.push(Conflict { name, base, yours: here, theirs: there });
                continue;
            }
            if can_name(&name) && here != there {
                write(&mut document, &name, there.as_ref());
                rebase.merged.push(name.clone());
            }
            self.move_base(&name, there);
        }
        if !rebase.merged.is_empty() {
            self.text = document.to_string().into();
        }
        rebase
    }

    /// Decides a conflict.
    pub fn pick(&mut self, conflict: &Conflict, side: Side) {
        if side == Side::Theirs {
            let theirs = conflict.theirs.as_ref();
            self.edit(|document| write(document, &conflict.name, theirs));
        }
        self.move_base(&conflict.name, conflict.theirs.clone());
    }

    fn move_base(&mut self, name: &str, value: Option<Secret>) {
        match value {
            Some(value) => self.base.insert(name.to_owned(), value),
            None => self.base.remove(name),
        };
    }
}

fn write(document: &mut Document, name: &str, value: Option<&Secret>) {
    match value {
        Some(value) => document.set(name, value.expose()),
        None => document.remove(name),
    }
}
