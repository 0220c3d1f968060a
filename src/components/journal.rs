//! The journal of requests.

pub mod drawer;
pub mod entry;
pub mod filter;
pub mod list;
