//! The world's rows in a SQLite file.
//!
//! A commit is one transaction in the write-ahead log without a sync to disk
//! (`synchronous = NORMAL`): the kernel has the written data, so it survives the end of this
//! process by any signal. Only a crash of the machine can lose the last commits, and even
//! that damages nothing. SQLite syncs when it moves the log into the main file.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use crate::engine::Change;

/// Marks a file as a sandbox's (`application_id` in the header of SQLite files):
/// "BkSb".
const APPLICATION_ID: i32 = 0x426b_5362;

/// The version of the table and of its rows.
const SCHEMA: i32 = 1;

const CREATE: &str =
    "CREATE TABLE entity (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID";
const READ: &str = "SELECT key, value FROM entity";
const WRITE: &str = "INSERT INTO entity (key, value) VALUES (?1, ?2)
                     ON CONFLICT (key) DO UPDATE SET value = excluded.value";
const DELETE: &str = "DELETE FROM entity WHERE key = ?1";

/// A stored row: key and JSON.
pub(super) type Row = (String, String);

/// Where rows are kept.
#[derive(Debug)]
pub(super) struct Store {
    /// `None` for a world that ends with the server.
    connection: Option<Connection>,
    /// Changes that are not stored yet: those of the current commit, and those of failed
    /// ones, so that the file catches up as soon as writing works again.
    pending: BTreeMap<String, Option<String>>,
}

/// Why a file cannot keep the world.
#[derive(Debug)]
pub(super) struct StoreError {
    path: PathBuf,
    reason: Reason,
}

#[derive(Debug)]
enum Reason {
    InUse,
    NotOurs,
    OtherSchema(i32),
    Sqlite(rusqlite::Error),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match &self.reason {
            Reason::InUse => write!(f, "{path} is in use by another server"),
            Reason::NotOurs => write!(f, "{path} is not a sandbox file; it was not changed"),
            Reason::OtherSchema(version) => write!(
                f,
                "{path} was written by another version of the sandbox (format {version}, this one \
                 uses format {SCHEMA}); delete it or choose another file"
            ),
            Reason::Sqlite(error) => write!(f, "{path} cannot be used: {error}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<rusqlite::Error> for Reason {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::InUse,
            Some(ErrorCode::NotADatabase) => Self::NotOurs,
            _ => Self::Sqlite(error),
        }
    }
}

impl Store {
    /// A store that keeps nothing.
    pub(super) fn none() -> Self {
        Self { connection: None, pending: BTreeMap::new() }
    }

    /// Opens the file, creating it if necessary; returns its rows, which are empty for a
    /// new file. From now on, no other process can use the file.
    pub(super) fn open(path: &Path) -> Result<(Self, Vec<Row>), StoreError> {
        let (connection, rows) =
            open(path).map_err(|reason| StoreError { path: path.to_owned(), reason })?;
        Ok((Self { connection: Some(connection), pending: BTreeMap::new() }, rows))
    }

    /// Writes changes, and all those that earlier commits failed to write.
    pub(super) fn commit(&mut self, changes: Vec<Change>) -> rusqlite::Result<()> {
        let Some(connection) = &mut self.connection else { return Ok(()) };
        self.pending.extend(changes.into_iter().map(|change| (change.key, change.value)));
        if self.pending.is_empty() {
            return Ok(());
        }
        let transaction = connection.transaction()?;
        {
            let mut write = transaction.prepare_cached(WRITE)?;
            let mut delete = transaction.prepare_cached(DELETE)?;
            for (key, value) in &self.pending {
                match value {
                    Some(value) => write.execute((key, value))?,
                    None => delete.execute((key,))?,
                };
            }
        }
        transaction.commit()?;
        self.pending.clear();
        Ok(())
    }
}

fn open(path: &Path) -> Result<(Connection, Vec<Row>), Reason> {
    let mut connection = Connection::open(path)?;
    // Another process with the file will keep it: there is nothing to wait for.
    connection.busy_timeout(std::time::Duration::ZERO)?;
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    match (number("application_id")?, number("user_version")?, number("schema_version")?) {
        (APPLICATION_ID, SCHEMA, _) | (0, 0, 0) => {}
        (APPLICATION_ID, version, _) => return Err(Reason::OtherSchema(version)),
        _ => return Err(Reason::NotOurs),
    }
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let is_new: bool =
        transaction.query_row("SELECT count(*) = 0 FROM sqlite_schema", (), |row| row.get(0))?;
    if is_new {
        transaction.execute_batch(CREATE)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", SCHEMA)?;
    }
    let rows = transaction
        .prepare(READ)?
        .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<Vec<Row>>>()?;
    transaction.commit()?;
    Ok((connection, rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(key: &str, value: Option<&str>) -> Change {
        Change { key: key.into(), value: value.map(Into::into) }
    }

    fn error(path: &Path) -> String {
        Store::open(path).unwrap_err().to_string()
    }

    #[test]
    fn rows_are_there_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("world.db");
        let (mut store, rows) = Store::open(&path).unwrap();
        assert_eq!(rows, []);
        store.commit(vec![change("a/1", Some("1")), change("a/2", Some("2"))]).unwrap();
        store.commit(vec![change("a/1", None), change("a/2", Some("3"))]).unwrap();
        drop(store);
        let (_, rows) = Store::open(&path).unwrap();
        assert_eq!(rows, [("a/2".to_owned(), "3".to_owned())]);
    }

    #[test]
    fn a_failed_commit_is_made_up_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("world.db");
        let (mut store, _) = Store::open(&path).unwrap();
        store.connection.as_ref().unwrap().pragma_update(None, "query_only", true).unwrap();
        store.commit(vec![change("a/1", Some("1"))]).unwrap_err();
        store.connection.as_ref().unwrap().pragma_update(None, "query_only", false).unwrap();
        store.commit(vec![change("a/2", Some("2"))]).unwrap();
        drop(store);
        let (_, rows) = Store::open(&path).unwrap();
        assert_eq!(rows.len(), 2);
    }

    #[test]
    fn one_server_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("world.db");
        let _store = Store::open(&path).unwrap();
        assert!(error(&path).ends_with("is in use by another server"));
    }

    #[test]
    fn leaves_other_files_alone() {
        let folder = tempfile::tempdir().unwrap();
        let text = folder.path().join("notes.txt");
        std::fs::write(&text, "remember the milk\n".repeat(1_000)).unwrap();
        assert!(error(&text).contains("is not a sandbox file"));
        let other = folder.path().join("other.db");
        Connection::open(&other).unwrap().execute_batch("CREATE TABLE cheese (name)").unwrap();
        assert!(error(&other).contains("is not a sandbox file"));
        let old = folder.path().join("old.db");
        drop(Store::open(&old).unwrap());
        Connection::open(&old).unwrap().pragma_update(None, "user_version", 99).unwrap();
        assert!(error(&old).contains("format 99"));
        let folder = folder.path().join("missing/world.db");
        assert!(error(&folder).contains("cannot be used"));
    }
}
