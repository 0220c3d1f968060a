//! Reading from the API: queries, what they share, and when they read again.

pub mod account;
pub mod cache;
pub mod invalidate;
pub mod poll;
pub mod query;
pub mod query_rules;
pub mod waiting;
