//! The world of a server, in step with its file.
//!
//! The world is behind a plain mutex, and SQLite runs on the thread that answers: a request
//! takes well under a millisecond, including its commit, and requests must take turns
//! anyway. Moving each one to a thread for blocking work would cost more than the work
//! itself.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

use crate::engine::{Config, LogChunk, LogCursor, Millis, Request, Response, World};
use crate::server::store::Store;

/// The world, and its store.
#[derive(Debug)]
pub(super) struct Host {
    state: Mutex<State>,
    config: Config,
    changed: watch::Sender<()>,
}

#[derive(Debug)]
struct State {
    world: World,
    store: Store,
}

impl Host {
    pub(super) fn new(world: World, store: Store, config: Config) -> Self {
        Self { state: Mutex::new(State { world, store }), config, changed: watch::Sender::new(()) }
    }

    /// Answers a request, after storing its changes.
    ///
    /// # Errors
    /// If the changes could not be stored. The world has changed all the same, and the next
    /// successful commit also stores these changes.
    pub(super) fn handle(&self, request: &Request) -> rusqlite::Result<Response> {
        let answer = self.with(|world| world.handle(request, &self.config, now()));
        if request.method != "GET" {
            self.changed.send_replace(());
        }
        answer
    }

    /// Continues to read a log.
    ///
    /// # Errors
    /// As [`Self::handle`].
    pub(super) fn read_logs(&self, cursor: &mut LogCursor) -> rusqlite::Result<LogChunk> {
        self.with(|world| world.read_logs(cursor, now()))
    }

    /// Signals that a log may have new lines: after a change, or a step of the clock.
    pub(super) fn changes(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    fn with<T>(&self, act: impl FnOnce(&mut World) -> T) -> rusqlite::Result<T> {
        let mut state = self.lock();
        let result = act(&mut state.world);
        let changes = state.world.take_changes();
        state.store.commit(changes)?;
        Ok(result)
    }

    /// A panic during a request leaves a partly changed world, which is better for its
    /// users than a world that never answers again.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Milliseconds since the epoch.
pub(super) fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX)
}
