//! Bringing a draft up to what the server has now: a three-way merge by variable.

use std::collections::BTreeSet;

use backoffice_contract::Secret;
use backoffice_contract::config::Configs;
use backoffice_contract::dotenv::{Document, can_name};

use crate::pages::app::config::draft::Draft;

/// A variable that was changed in the draft and, differently, on the server. `None`
/// stands for its absence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Its name.
    pub name: String,
    /// What both began from.
    pub base: Option<Secret>,
    /// What the draft has.
    pub yours: Option<Secret>,
    /// What the server has.
    pub theirs: Option<Secret>,
}

/// Which of two is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The draft's.
    Yours,
    /// The server's.
    Theirs,
}

/// What came of a merge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rebase {
    /// The variables that changed on the server only, and were taken over.
    pub merged: Vec<String>,
    /// What somebody has to decide.
    pub conflicts: Vec<Conflict>,
}

impl Draft {
    /// Takes over what has changed on the server and not here. What has changed in both
    /// places stays as it is here until [`pick`](Self::pick). While the text cannot be
    /// read nothing is done.
    pub fn rebase(&mut self, theirs: &Configs) -> Rebase {
        if self.base == *theirs {
            return Rebase::default();
        }
        let mut document = Document::parse(self.text.expose());
        if !document.faults(|_| true).is_empty() {
            return Rebase::default();
        }
        if self.is_pristine() {
            // Nobody has seen it change: there is no draft to speak of.
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
