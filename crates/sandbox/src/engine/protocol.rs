//! From a request to its answer: authority, limits, faults and how an answer is put.

pub mod auth;
pub mod control;
pub mod delivery;
pub mod faults;
pub mod handle;
pub mod handlers;
pub mod http;
pub mod limits;
pub mod operations;
pub mod reply;
