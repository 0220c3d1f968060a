//! The world's rows in IndexedDB: one database per world, see [`crate::worker::place`], with one
//! object store `entities` from the rows' keys to their JSON.
//!
//! One more row, [`VERSION`], holds a random name of the state that all rows form together.
//! Every transaction that writes rows also writes a new name, so two states with the same
//! name are identical.

use js_sys::{Array, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, Event, IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction,
    IdbTransactionMode, WorkerGlobalScope,
};

use crate::engine::Change;

const STORE: &str = "entities";

/// The key of the row that names the state. Keys of the engine have a slash in them.
const VERSION: &str = "version";

/// The version of the rows. If it differs, the browser deletes the stored world: users
/// could not do anything with an old one.
const SCHEMA: u32 = 1;

/// An error, in the browser's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StorageError(String);

impl std::fmt::Display for StorageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<JsValue> for StorageError {
    fn from(error: JsValue) -> Self {
        let text = match error.dyn_ref::<DomException>() {
            Some(exception) => format!("{}: {}", exception.name(), exception.message()),
            None => error.dyn_ref::<js_sys::Error>().map_or_else(
                || "the browser gave no reason".to_owned(),
                |error| String::from(error.message()),
            ),
        };
        Self(text)
    }
}

/// A connection to the database.
#[derive(Debug)]
pub(super) struct Storage {
    database: IdbDatabase,
    /// Lets another version of this worker upgrade the database.
    _on_version_change: Closure<dyn FnMut()>,
}

/// A stored row: key and JSON.
pub(super) type Row = (String, String);

impl Storage {
    /// Connects to the database with this name, creating it if necessary.
    pub(super) async fn open(scope: &WorkerGlobalScope, name: &str) -> Result<Self, StorageError> {
        let factory =
            scope.indexed_db()?.ok_or_else(|| StorageError("there is no IndexedDB".into()))?;
        let request = factory.open_with_u32(name, SCHEMA)?;
        let on_upgrade = {
            let request = request.clone();
            Closure::<dyn FnMut()>::new(move || recreate(&request))
        };
        request.set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));
        let database: IdbDatabase = settled(request.into()).await?.unchecked_into();
        let on_version_change = {
            let database = database.clone();
            Closure::<dyn FnMut()>::new(move || database.close())
        };
        database.set_onversionchange(Some(on_version_change.as_ref().unchecked_ref()));
        Ok(Self { database, _on_version_change: on_version_change })
    }

    /// The name of the stored state; `None` if there is none.
    pub(super) async fn version(&self) -> Result<Option<String>, StorageError> {
        let (_, store) = self.transaction(IdbTransactionMode::Readonly)?;
        Ok(settled(store.get(&VERSION.into())?).await?.as_string())
    }

    /// All rows, with the name of their state.
    pub(super) async fn read(&self) -> Result<(Vec<Row>, Option<String>), StorageError> {
        let (_, store) = self.transaction(IdbTransactionMode::Readonly)?;
        // Both requests see the same state, since they are in one transaction, in the same
        // order.
        let keys = settled(store.get_all_keys()?);
        let values = settled(store.get_all()?);
        let keys = Array::from(&keys.await?);
        let values = Array::from(&values.await?);
        let mut rows: Vec<Row> = keys
            .iter()
            .zip(values.iter())
            .filter_map(|(key, value)| Some((key.as_string()?, value.as_string()?)))
            .collect();
        let at = rows.iter().position(|(key, _)| key == VERSION);
        let version = at.map(|at| rows.swap_remove(at).1);
        Ok((rows, version))
    }

    /// Writes changes and the name of the resulting state, all or nothing. `replace` first
    /// removes the existing rows.
    pub(super) async fn write(
        &self,
        changes: &[Change],
        version: &str,
        replace: bool,
    ) -> Result<(), StorageError> {
        let (transaction, store) = self.transaction(IdbTransactionMode::Readwrite)?;
        let completed = completed(transaction.clone());
        if let Err(error) = put(&store, changes, version, replace) {
            // Otherwise the browser would commit the writes before the failure.
            transaction.abort()?;
            return Err(error.into());
        }
        completed.await
    }

    fn transaction(
        &self,
        mode: IdbTransactionMode,
    ) -> Result<(IdbTransaction, IdbObjectStore), StorageError> {
        let transaction = self.database.transaction_with_str_and_mode(STORE, mode)?;
        let store = transaction.object_store(STORE)?;
        Ok((transaction, store))
    }
}

impl Drop for Storage {
    fn drop(&mut self) {
        self.database.set_onversionchange(None);
        self.database.close();
    }
}

fn put(
    store: &IdbObjectStore,
    changes: &[Change],
    version: &str,
    replace: bool,
) -> Result<(), JsValue> {
    if replace {
        store.clear()?;
    }
    for Change { key, value } in changes {
        match value {
            Some(value) => store.put_with_key(&value.into(), &key.into())?,
            None => store.delete(&key.into())?,
        };
    }
    store.put_with_key(&version.into(), &VERSION.into())?;
    Ok(())
}

/// Creates the database again. If this fails, the browser aborts the upgrade and reports
/// that to the code that opened the database.
fn recreate(request: &IdbRequest) {
    let Ok(database) = request.result() else { return };
    let database: IdbDatabase = database.unchecked_into();
    let _ = database.delete_object_store(STORE);
    let _ = database.create_object_store(STORE);
}

/// A request's result. It listens from the call on, not only once awaited.
fn settled(request: IdbRequest) -> impl Future<Output = Result<JsValue, StorageError>> {
    let settled = Promise::new(&mut |resolve, _| {
        request.set_onsuccess(Some(&resolve));
        // Not a rejection: browsers report one that is no longer awaited.
        request.set_onerror(Some(&resolve));
    });
    async move {
        JsFuture::from(settled).await?;
        match request.error()? {
            Some(error) => Err(JsValue::from(error).into()),
            None => Ok(request.result()?),
        }
    }
}

/// The end of a transaction. It listens from the call on, not only once awaited.
fn completed(transaction: IdbTransaction) -> impl Future<Output = Result<(), StorageError>> {
    let ended = Promise::new(&mut |resolve, _| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&resolve));
    });
    async move {
        let event: Event = JsFuture::from(ended).await?.unchecked_into();
        match event.type_().as_str() {
            "complete" => Ok(()),
            _ => Err(transaction.error().map_or(JsValue::UNDEFINED, JsValue::from).into()),
        }
    }
}
