//! The simulated platform: `World::handle(request, config, now) -> response`.
//!
//! Pure: no clock, no I/O, no threads, no browser. The same seed and the same
//! requests at the same times give the same bytes, natively and in a browser.
//! Time never passes on its own: the engine settles everything that is due by `now` when it
//! reads an app, and the outcome does not depend on when that is.
//!
//! Suggested order of reading: `handle`, `handlers`, `operations`, then the area of
//! interest.

mod handle;
mod handlers;
mod operations;

mod auth;
mod control;
mod delivery;
mod faults;
mod limits;
mod reply;

mod account;
mod billing;
mod card;
mod email_change;
mod mail;
mod meter;
mod mfa;
mod oauth;
mod password;
mod payment;
mod session;
mod signup;
mod ssh_keys;
mod totp;
mod user;

mod access;
mod activity;
mod app;
mod apps;
mod canaries;
mod config_vars;
mod database;
mod domains;
mod drains;
mod names;
mod observer;
mod release;
mod scale;
mod stats;
mod status;

mod build_output;
mod deploy;
mod job_output;
mod logs;
mod remote;
mod rollout;
mod run;

mod config;
mod demo;
mod hash;
mod http;
mod log_cursor;
mod table;
mod time;
mod world;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use config::Config;
pub use delivery::Delivery;
pub use demo::Extra;
pub use handle::MAX_BODY;
pub use http::{Body, Millis, Request, Response};
pub use log_cursor::{LogChunk, LogCursor};
pub use table::Change;
pub use world::{RestoreError, World};
