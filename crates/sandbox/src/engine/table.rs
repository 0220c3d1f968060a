//! Keyed rows that know which of them have changed.

use std::collections::BTreeSet;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A row to store or to delete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The key, unique among all rows of a world.
    pub key: String,
    /// The row as JSON; `None` if it was removed.
    pub value: Option<String>,
}

/// Rows of one kind, in the order of their keys. A sorted list rather than a tree: tables
/// are small, and trees for every kind of row would make the code that browsers download a
/// tenth larger.
#[derive(Debug)]
pub(super) struct Table<V> {
    /// The kind, which precedes the key of every row: `kind/key`.
    kind: &'static str,
    rows: Vec<(String, V)>,
    dirty: BTreeSet<String>,
}

impl<V: Serialize + DeserializeOwned> Table<V> {
    pub(super) fn new(kind: &'static str) -> Self {
        Self { kind, rows: Vec::new(), dirty: BTreeSet::new() }
    }

    pub(super) fn get(&self, key: &str) -> Option<&V> {
        self.rows.get(self.find(key).ok()?).map(|(_, row)| row)
    }

    /// The row for a change; it counts as changed from now on.
    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        let at = self.find(key).ok()?;
        let (_, row) = self.rows.get_mut(at)?;
        self.dirty.insert(key.to_owned());
        Some(row)
    }

    pub(super) fn insert(&mut self, key: impl Into<String>, row: V) {
        let key = key.into();
        self.dirty.insert(key.clone());
        self.set(key, row);
    }

    pub(super) fn remove(&mut self, key: &str) -> Option<V> {
        let (_, row) = self.rows.remove(self.find(key).ok()?);
        self.dirty.insert(key.to_owned());
        Some(row)
    }

    pub(super) fn contains(&self, key: &str) -> bool {
        self.find(key).is_ok()
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &V)> {
        self.rows.iter().map(|(key, row)| (key.as_str(), row))
    }

    /// The rows whose keys begin with `prefix`.
    pub(super) fn with_prefix(&self, prefix: &str) -> impl DoubleEndedIterator<Item = (&str, &V)> {
        let first = self.find(prefix).unwrap_or_else(|first| first);
        let rows = self.rows.get(first..).unwrap_or_default();
        let end = rows.partition_point(|(key, _)| key.starts_with(prefix));
        rows.iter().take(end).map(|(key, row)| (key.as_str(), row))
    }

    /// Removes the rows that match `remove`.
    pub(super) fn remove_where(&mut self, remove: impl Fn(&str, &V) -> bool) {
        let keys: Vec<String> =
            self.iter().filter(|(key, row)| remove(key, row)).map(|(key, _)| key.into()).collect();
        for key in keys {
            self.remove(&key);
        }
    }

    /// Removes all rows.
    pub(super) fn clear(&mut self) {
        self.dirty.extend(self.rows.drain(..).map(|(key, _)| key));
    }

    /// Adds the changes since the last call to `changes`.
    pub(super) fn take_changes(&mut self, changes: &mut Vec<Change>) {
        for key in std::mem::take(&mut self.dirty) {
            // Rows are plain structs with text keys, which always become JSON.
            let value = self.get(&key).and_then(|row| serde_json::to_string(row).ok());
            changes.push(Change { key: format!("{}/{key}", self.kind), value });
        }
    }

    /// Adds a stored row, if it is of this kind; it does not count as changed.
    pub(super) fn restore(&mut self, key: &str, value: &str) -> Result<bool, serde_json::Error> {
        let row_key = key.strip_prefix(self.kind).and_then(|rest| rest.strip_prefix('/'));
        let Some(row_key) = row_key else { return Ok(false) };
        self.set(row_key.to_owned(), serde_json::from_str(value)?);
        Ok(true)
    }

    /// Where the row is, or would be.
    fn find(&self, key: &str) -> Result<usize, usize> {
        self.rows.binary_search_by(|(known, _)| known.as_str().cmp(key))
    }

    fn set(&mut self, key: String, row: V) {
        match self.find(&key) {
            Ok(at) => {
                if let Some((_, known)) = self.rows.get_mut(at) {
                    *known = row;
                }
            }
            Err(at) => self.rows.insert(at, (key, row)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_each_changed_row_once() {
        let mut table = Table::new("kind");
        table.insert("a", 1);
        table.insert("b", 2);
        let mut changes = Vec::new();
        table.take_changes(&mut changes);
        assert_eq!(changes.len(), 2);
        changes.clear();
        table.get("a");
        table.remove("b");
        *table.get_mut("a").unwrap() += 4;
        table.take_changes(&mut changes);
        let expected = [
            Change { key: "kind/a".into(), value: Some("5".into()) },
            Change { key: "kind/b".into(), value: None },
        ];
        assert_eq!(changes, expected);
        changes.clear();
        table.take_changes(&mut changes);
        assert_eq!(changes, []);
    }

    #[test]
    fn finds_rows_by_prefix() {
        let mut table = Table::new("kind");
        for key in ["a", "a/1", "a/2", "ab", "b"] {
            table.insert(key, ());
        }
        let found: Vec<&str> = table.with_prefix("a/").map(|(key, ())| key).collect();
        assert_eq!(found, ["a/1", "a/2"]);
    }

    #[test]
    fn takes_in_rows_of_its_own_kind_only() {
        let mut table = Table::new("kind");
        assert!(table.restore("kind/a/b", "1").unwrap());
        assert!(!table.restore("kinds/a", "1").unwrap());
        assert!(table.restore("kind/c", "{").is_err());
        assert_eq!(table.get("a/b"), Some(&1));
        assert!(table.dirty.is_empty());
    }
}
