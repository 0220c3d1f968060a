//! The simulated platform: `World::handle(request, config, now) -> response`.
//!
//! Pure: no clock, no I/O, no threads, no browser. The same seed and the same
//! requests at the same times give the same bytes, natively and in a browser.
//! Time never passes on its own: the engine settles everything that is due by `now` when it
//! reads an app, and the outcome does not depend on when that is.
//!
//! Read `protocol` first (`handle`, `handlers`, `operations`), then the area of interest:
//! `account` (users, sessions, payment), `app` (apps and what belongs to them) or `running`
//! (deploys, pods, jobs, logs).

mod account;
mod app;
mod protocol;
mod running;

mod config;
mod demo;
mod hash;
mod table;
mod time;
mod world;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use crate::engine::protocol::delivery::Delivery;
pub use crate::engine::protocol::handle::MAX_BODY;
pub use crate::engine::protocol::http::{Body, Millis, Request, Response};
pub use crate::engine::running::log_cursor::{LogChunk, LogCursor};
pub use config::Config;
pub use demo::Extra;
pub use table::Change;
pub use world::{RestoreError, World};
