//! Wire types, endpoint table and validation rules of the Backoffice API.
//!
//! Data only: nothing here does I/O, reads a clock, waits, or knows a browser.
//! Decoding is tolerant by design: unknown fields and unknown enum values never
//! fail, missing fields become defaults, and numbers may come as strings.

pub mod account;
pub mod app;
pub mod argv;
pub mod billing;
mod cli;
pub mod config;
pub mod database;
pub mod dotenv;
pub mod drain_url;
pub mod endpoint;
pub mod envelope;
pub mod error;
pub mod fqdn;
pub mod json;
pub mod lenient;
pub mod network;
#[cfg(feature = "openapi")]
pub mod openapi;
pub mod operation;
pub mod payment_token;
mod percent;
pub mod preview;
pub mod prices;
pub mod region;
pub mod release;
pub mod route;
pub mod rules;
pub mod secret;
pub mod session;
pub mod ssh_key;
mod table;
pub mod untyped;
mod wire;

pub use endpoint::{Auth, Effect, Endpoint, LimitClass, Method, Retry};
pub use error::ApiError;
pub use operation::{Operation, OperationId, op};
pub use percent::{decode as percent_decode, encode as percent_encode};
pub use secret::Secret;
