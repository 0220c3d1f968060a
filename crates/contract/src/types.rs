//! The wire types: what requests and answers of the API hold.

pub mod account;
pub mod app;
pub mod billing;
pub mod config;
pub mod database;
pub mod release;
pub mod session;
pub mod wire;
