//! Changes of config variables that are not applied yet.
//!
//! There is one draft for both views of it: the raw text, which rows are read from and
//! written to. Beside it stands what the server had when the draft was made from it, so
//! that a change on the server can be told from a change in the draft.

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
    /// What the server had.
    base: Configs,
    /// The raw text.
    text: Secret,
}

/// What is typed into the dialog for one variable.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typing {
    /// The variable that is edited; none for a new one.
    pub original: Option<String>,
    /// Its name as it is typed.
    pub name: String,
    /// Its value as it is typed.
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
    /// It goes.
    Removed,
}

/// A variable with what applying would do to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Its value in the draft; the server's for one that goes.
    pub value: Secret,
    /// Its value on the server, if it is there.
    pub was: Option<Secret>,
    /// What applying would do.
    pub change: Change,
}

/// What a draft comes down to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// All variables by name, those that go included.
    pub rows: BTreeMap<String, Row>,
    /// What is wrong with the text. Nothing can be applied while there is something.
    pub faults: Vec<DotenvError>,
    /// Names that come more than once, with their lines; the last one counts.
    pub duplicates: Vec<(String, Vec<usize>)>,
    /// What names and values would take together, in bytes.
    pub bytes: usize,
    /// Whether the text has comments, which the platform does not keep.
    pub comments: bool,
}

/// What applying asks of the API: one request for all that is set, and one for each
/// variable that goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// What is set.
    pub sets: Configs,
    /// What is removed.
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

    /// Takes a raw text over.
    pub fn set_text(&mut self, text: String) {
        self.text = text.into();
    }

    /// Whether nothing would be lost without it.
    #[must_use]
    pub fn is_pristine(&self) -> bool {
        dotenv::text_of(&self.base) == self.text.expose()
    }

    /// Whether this is what it began from.
    #[must_use]
    pub fn began_from(&self, configs: &Configs) -> bool {
        self.base == *configs
    }

    /// What it comes down to.
    #[must_use]
    pub fn stage(&self) -> Stage {
        if self.is_pristine() {
            return Stage::of(&self.base);
        }
        let document = Document::parse(self.text());
        // The platform took a name that is there already.
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
                // What no line can name is out of the draft's reach, and stays as it is.
                let change = if can_name(name) { Change::Removed } else { Change::Unchanged };
                rows.insert(name.clone(), Row::of(name, was, change));
            }
        }
        Stage { bytes: bytes_of(&rows), rows, faults, duplicates, comments }
    }

    /// Gives a variable a value, adding it where it is not there.
    pub fn set(&mut self, name: &str, value: &str) {
        self.edit(|document| document.set(name, value));
    }

    /// Gives a variable another name and value.
    pub fn replace(&mut self, original: &str, name: &str, value: &str) {
        self.edit(|document| {
            document.rename(original, name);
            document.set(name, value);
        });
    }

    /// Takes a variable out.
    pub fn remove(&mut self, name: &str) {
        self.edit(|document| document.remove(name));
    }

    /// Takes what was done to a variable back.
    pub fn undo(&mut self, name: &str) {
        match self.base.get(name).cloned() {
            Some(was) => self.set(name, was.expose()),
            None => self.remove(name),
        }
    }

    /// Takes an import over: its variables over those that are here or, with `whole`,
    /// instead of them.
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
    /// A variable of the server's.
    fn of(name: &str, was: &Secret, change: Change) -> Self {
        Self { name: name.to_owned(), value: was.clone(), was: Some(was.clone()), change }
    }
}

/// What names and values that stay take together, in bytes.
fn bytes_of(rows: &BTreeMap<String, Row>) -> usize {
    let staying = rows.values().filter(|row| row.change != Change::Removed);
    staying.map(|row| row.name.len() + row.value.len()).sum()
}

impl Stage {
    /// Variables that nobody has changed.
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

    /// What applying asks of the API.
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

    /// How many variables a change happens to.
    #[must_use]
    pub fn count(&self, change: Change) -> usize {
        self.rows.values().filter(|row| row.change == change).count()
    }

    /// Whether applying would do something.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.rows.values().any(|row| row.change != Change::Unchanged)
    }

    /// Whether the platform would take it.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.bytes <= MAX_TOTAL_BYTES
    }

    /// The variables that stand in front of what the platform sets by itself.
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

    /// How often the app restarts: with each request, but not for what is set when that
    /// is to wait. Removing cannot wait.
    #[must_use]
    pub fn restarts(&self, avoid: bool) -> usize {
        self.requests() - usize::from(avoid && !self.sets.is_empty())
    }
}

impl Typing {
    /// What is wrong with the name, as a sentence.
    ///
    /// # Errors
    /// When it is none, or another variable of the stage has it.
    pub fn check_name(&self, stage: &Stage) -> Result<(), String> {
        let name = self.name.trim();
        if self.original.as_deref() == Some(name) {
            return Ok(());
        }
        rules::config_key(name).map_err(|rule| format!("The name {rule}"))?;
        match stage.rows.get(name) {
            Some(row) if row.change != Change::Removed => {
                Err(format!("There is a variable {name} already. Edit that one."))
            }
            _ => Ok(()),
        }
    }
}

/// How much of the limit is used, in words.
#[must_use]
pub fn usage(bytes: usize) -> String {
    let tenths = (bytes * 10).div_ceil(1_024);
    format!("{}.{} of {} kB", tenths / 10, tenths % 10, MAX_TOTAL_BYTES / 1_024)
}

#[cfg(test)]
mod tests;
