//! What carries requests: fetch, or messages to the sandbox in the browser.

pub mod fetch;
pub mod sandbox;
pub mod worker;
