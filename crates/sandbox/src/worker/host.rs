//! The world of this worker, in step with its stored rows.

use web_sys::WorkerGlobalScope;

use crate::engine::{Config, LogChunk, LogCursor, Millis, Request, Response, World};
use crate::worker::lock;
use crate::worker::place::Place;
use crate::worker::storage::{Storage, StorageError};
use crate::worker::warn;

/// The world, and its storage.
#[derive(Debug)]
pub(super) struct Host {
    scope: WorkerGlobalScope,
    place: Place,
    config: Config,
    world: World,
    /// `None` if this browser stores nothing.
    storage: Option<Storage>,
    /// The name of the stored state that `world` equals; `None` if there is no such state.
    version: Option<String>,
}

impl Host {
    /// The stored world, or a new one.
    pub(super) async fn start(scope: WorkerGlobalScope, place: Place) -> Self {
        let storage = Storage::open(&scope, &place.key()).await;
        let storage = storage
            .map_err(|error| {
                warn(&format!(
                    "the browser cannot store the world, so it ends with this worker: {error}"
                ))
            })
            .ok();
        let world = fresh(&scope, &place);
        let config = Config::default();
        let mut host = Self { scope, place, config, world, storage, version: None };
        host.with(|_| ()).await;
        host
    }

    /// Whether the world survives this worker.
    pub(super) fn is_persistent(&self) -> bool {
        self.storage.is_some()
    }

    /// Answers a request, after storing its changes.
    pub(super) async fn handle(&mut self, request: &Request) -> Response {
        let config = self.config.clone();
        self.with(|world| world.handle(request, &config, now())).await
    }

    /// Continues to read a log.
    pub(super) async fn read_logs(&mut self, cursor: &mut LogCursor) -> LogChunk {
        self.with(|world| world.read_logs(cursor, now())).await
    }

    async fn with<T>(&mut self, act: impl FnOnce(&mut World) -> T) -> T {
        let _lock = match self.storage {
            Some(_) => lock::acquire(&self.place.key()).await,
            None => None,
        };
        self.catch_up().await;
        let result = act(&mut self.world);
        self.store().await;
        result
    }

    /// Reads the world again if another tab has changed it.
    async fn catch_up(&mut self) {
        if self.try_catch_up().await.is_ok() {
            return;
        }
        // Browsers close a connection when the user clears the site's data.
        self.storage = Storage::open(&self.scope, &self.place.key()).await.ok();
        if self.try_catch_up().await.is_err() {
            self.storage = None;
        }
        if self.storage.is_none() {
            warn("the stored world can no longer be read; this tab continues with its own copy");
        }
    }

    async fn try_catch_up(&mut self) -> Result<(), StorageError> {
        let Some(storage) = &self.storage else { return Ok(()) };
        match (storage.version().await?, &self.version) {
            // Nothing was ever stored: this world will be.
            (None, None) => {}
            (Some(stored), Some(known)) if stored == *known => {}
            (None, Some(_)) => self.begin_anew(),
            (Some(_), _) => {
                let (rows, version) = storage.read().await?;
                match World::restore(rows) {
                    Ok(world) => {
                        self.world = world;
                        self.version = version;
                    }
                    // Users of a browser could not repair it.
                    Err(error) => {
                        warn(&format!(
                            "the stored world was invalid and has been replaced: {error}"
                        ));
                        self.begin_anew();
                    }
                }
            }
        }
        Ok(())
    }

    fn begin_anew(&mut self) {
        self.world = fresh(&self.scope, &self.place);
        self.version = None;
    }

    async fn store(&mut self) {
        let changes = self.world.take_changes();
        let Some(storage) = &self.storage else { return };
        if changes.is_empty() {
            return;
        }
        let version = format!("{:016x}", random(&self.scope));
        match storage.write(&changes, &version, self.version.is_none()).await {
            Ok(()) => self.version = Some(version),
            Err(error) => {
                warn(&format!(
                    "the world cannot be stored; this tab continues with its own copy: {error}"
                ));
                self.storage = None;
            }
        }
    }
}

fn fresh(scope: &WorkerGlobalScope, place: &Place) -> World {
    World::new(place.seed.unwrap_or_else(|| random(scope)), now())
}

fn random(scope: &WorkerGlobalScope) -> u64 {
    let mut bytes = [0; 8];
    if let Ok(crypto) = scope.crypto() {
        // The browser fails only for more than 65,536 bytes at once.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    u64::from_le_bytes(bytes)
}

/// Milliseconds since the epoch.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is a date of today"
)]
pub(super) fn now() -> Millis {
    js_sys::Date::now() as Millis
}
