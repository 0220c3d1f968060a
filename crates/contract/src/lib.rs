//! Wire types, endpoint table and validation rules of the Backoffice API.
//!
//! Data only: nothing here does I/O, reads a clock, waits, or knows a browser.
//! Decoding is tolerant by design: unknown fields and unknown enum values never
//! fail, missing fields become defaults, and numbers may come as strings.

mod answer;
pub mod network;
mod percent;
pub mod prices;
pub mod region;
pub mod rules;
pub mod secret;
mod table;
mod types;

pub use crate::answer::error::ApiError;
pub use crate::answer::{envelope, error, json, lenient};
pub use crate::rules::{argv, dotenv, drain_url, fqdn, payment_token, ssh_key};
pub use crate::table::endpoint::{Auth, Effect, Endpoint, LimitClass, Method, Retry};
#[cfg(feature = "openapi")]
pub use crate::table::openapi;
pub use crate::table::operation::{Operation, OperationId, op};
pub use crate::table::{endpoint, operation, preview, route, untyped};
pub use crate::types::{account, app, billing, config, database, release, session};
pub use percent::{decode as percent_decode, encode as percent_encode};
pub use secret::Secret;
