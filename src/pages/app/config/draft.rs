//! Changes to config variables that have not been applied yet.
//!
//! Both views edit one draft, the raw text: rows are read from it and written to it. The
//! draft also keeps the server's values it started from, to tell changes on the server from
//! changes in the draft.

mod import;
mod merge;

use std::collections::BTreeMap;

use backoffice_contract::config::{Configs, INJECTED, MAX_TOTAL_BYTES};
use backoffice_contract::dotenv::{self, Document, DotenvError, can_name};
use backoffice_contract::{Secret, rules};
use serde::{Deserialize, Serialize};

pub use import::{Imported, read_import, to_json};
pub use merge::{Conflict, Side};

/// A draft. It holds secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The server's values that the draft started from.
    base: Configs,
    /// The raw text.
    text: Secret,
}

/// The text in the dialog for one variable.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typing {
    /// The variable being edited; `None` for a new one.
    pub original: Option<String>,
    /// Its name as typed.
    pub name: String,
    /// Its value as typed.
    pub value: Secret,
}

/// What applying would do to a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    Unchanged,
    /// It is new.
    Added,
    /// It has another value.
    Changed,
    /// It is removed.
    Removed,
}

/// A variable with what applying would do to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Its value in the draft; if it is removed, the server's value.
    pub value: Secret,
    /// Its value on the server, if it has one.
    pub was: Option<Secret>,
    /// What applying would do.
    pub change: Change,
}

/// What a draft amounts to, compared with the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// All variables by name, including removed ones.
    pub rows: BTreeMap<String, Row>,
    /// Errors in the text. Nothing can be applied while there are any.
    pub faults: Vec<DotenvError>,
    /// Duplicate names, with their lines; the last one is used.
    pub duplicates: Vec<(String, Vec<usize>)>,
    /// Total size of names and values, in bytes.
    pub bytes: usize,
    /// Whether the text has comments, which the platform does not keep.
    pub comments: bool,
}

/// The requests that applying takes: one for all values that are set, and one for each
/// variable that is removed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Variables to set.
    pub sets: Configs,
    /// Names of variables to remove.
    pub removals: Vec<String>,
}

impl Draft {
    /// A draft without changes.
    #[must_use]
    pub fn of(base: Configs) -> Self {
        let text = dotenv::text_of(&base).into();
        Self { base, text }
    }

    /// The raw text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.expose()
    }

    /// Replaces the raw text.
    pub fn set_text(&mut self, text: String) {
        self.text = text.into();
    }

    /// Whether the draft has no changes, so that discarding it loses nothing.
    #[must_use]
    pub fn is_pristine(&self) -> bool {
        dotenv::text_of(&self.base) == self.text.expose()
    }

    /// Whether the draft started from `configs`.
    #[must_use]
    pub fn began_from(&self, configs: &Configs) -> bool {
        self.base == *configs
    }

    /// The draft compared with the server.
    #[must_use]
    pub fn stage(&self) -> Stage {
        if self.is_pristine() {
            return Stage::of(&self.base);
        }
        let document = Document::parse(self.text());
        // The platform has accepted names that exist already.
        let faults = document.faults(|name| self.base.contains_key(name));
        let duplicates = document.duplicates();
        let comments = document.has_comments();
        let row = |(name, value): (String, Secret)| {
            let was = self.base.get(&name);
            let change = match was {
                None => Change::Added,
                Some(was) if *was == value => Change::Unchanged,
                Some(_) => Change::Changed,
            };
            (name.clone(), Row { name, value, was: was.cloned(), change })
        };
        let mut rows: BTreeMap<String, Row> = document.into_values().into_iter().map(row).collect();
        for (name, was) in &self.base {
            if !rows.contains_key(name) {
                // The draft cannot express a name that no line can hold: leave it alone.
                let change = if can_name(name) { Change::Removed } else { Change::Unchanged };
                rows.insert(name.clone(), Row::of(name, was, change));
            }
        }
        Stage { bytes: bytes_of(&rows), rows, faults, duplicates, comments }
    }

    /// Sets a variable, adding it if it does not exist.
    pub fn set(&mut self, name: &str, value: &str) {
        self.edit(|document| document.set(name, value));
    }

    /// Changes a variable's name and value.
    pub fn replace(&mut self, original: &str, name: &str, value: &str) {
        self.edit(|document| {
            document.rename(original, name);
            document.set(name, value);
        });
    }

    /// Removes a variable.
    pub fn remove(&mut self, name: &str) {
        self.edit(|document| document.remove(name));
    }

    /// Undoes the changes to a variable.
    pub fn undo(&mut self, name: &str) {
        match self.base.get(name).cloned() {
            Some(was) => self.set(name, was.expose()),
            None => self.remove(name),
        }
    }

    /// Applies an import: merges its variables into the draft or, with `whole`, replaces
    /// the draft.
    pub fn import(&mut self, imported: &Imported, whole: bool) {
        if whole {
            self.text = imported.text.clone();
        } else {
            self.edit(|document| {
                for (name, value) in &imported.values {
                    document.set(name, value.expose());
                }
            });
        }
    }

    fn edit(&mut self, change: impl FnOnce(&mut Document)) {
        let mut document = Document::parse(self.text.expose());
        change(&mut document);
        self.text = document.to_string().into();
    }
}

impl Row {
    /// A row for a variable on the server.
    fn of(name: &str, was: &Secret, change: Change) -> Self {
        Self { name: name.to_owned(), value: was.clone(), was: Some(was.clone()), change }
    }
}

/// Total size of the names and values that remain, in bytes.
fn bytes_of(rows: &BTreeMap<String, Row>) -> usize {
    let staying = rows.values().filter(|row| row.change != Change::Removed);
    staying.map(|row| row.name.len() + row.value.len()).sum()
}

impl Stage {
    /// A stage of unchanged variables.
    fn of(base: &Configs) -> Self {
        let row =
            |(name, was): (&String, &Secret)| (name.clone(), Row::of(name, was, Change::Unchanged));
        let rows = base.iter().map(row).collect();
        Self {
            bytes: bytes_of(&rows),
            rows,
            faults: Vec::new(),
            duplicates: Vec::new(),
            comments: false,
        }
    }

    /// The requests that applying takes.
    #[must_use]
    pub fn plan(&self) -> Plan {
        let with = |wanted: &'static [Change]| {
            self.rows.values().filter(move |row| wanted.contains(&row.change))
        };
        Plan {
            sets: with(&[Change::Added, Change::Changed])
                .map(|row| (row.name.clone(), row.value.clone()))
                .collect(),
            removals: with(&[Change::Removed]).map(|row| row.name.clone()).collect(),
        }
    }

    /// Number of variables with this change.
    #[must_use]
    pub fn count(&self, change: Change) -> usize {
        self.rows.values().filter(|row| row.change == change).count()
    }

    /// Whether there is anything to apply.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.rows.values().any(|row| row.change != Change::Unchanged)
    }

    /// Whether it is within the platform's size limit.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.bytes <= MAX_TOTAL_BYTES
    }

    /// The variables that override one that the platform sets.
    #[must_use]
    pub fn shadows(&self) -> Vec<&'static str> {
        let stays =
            |name: &&&str| self.rows.get(**name).is_some_and(|row| row.change != Change::Removed);
        INJECTED.iter().filter(stays).copied().collect()
    }
}

impl Plan {
    /// How many requests it takes. Each makes a release.
    #[must_use]
    pub fn requests(&self) -> usize {
        usize::from(!self.sets.is_empty()) + self.removals.len()
    }

    /// Number of restarts: one for each request. With `avoid`, setting values causes none;
    /// removing always does.
    #[must_use]
    pub fn restarts(&self, avoid: bool) -> usize {
        self.requests() - usize::from(avoid && !self.sets.is_empty())
    }
}

impl Typing {
    /// Checks the name.
    ///
    /// # Errors
    /// A sentence, when the name is invalid or another variable of the stage has it.
    pub fn check_name(&self, stage: &Stage) -> Result<(), String> {
        let name = self.name.trim();
        if self.original.as_deref() == Some(name) {
            return Ok(());
        }
        rules::config_key(name).map_err(|rule| format!("The name {rule}"))?;
        match stage.rows.get(name) {
            Some(row) if row.change != Change::Removed => {
                Err(format!("A variable named {name} exists already. Edit that one."))
            }
            _ => Ok(()),
        }
    }
}

/// Usage of the size limit, in words.
#[must_use]
pub fn usage(bytes: usize) -> String {
    let tenths = (bytes * 10).div_ceil(1_024);
    format!("{}.{} of {} kB", tenths / 10, tenths % 10, MAX_TOTAL_BYTES / 1_024)
}

#[cfg(test)]
mod tests;
