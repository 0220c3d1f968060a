//! A stateful Backoffice API for development and documentation.

pub mod engine;
#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "worker")]
pub mod worker;
