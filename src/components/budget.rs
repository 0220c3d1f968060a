//! What is left of the rate limits, and what waits for them.

pub mod meter;
pub mod month;
pub mod panel;
pub mod queue;
pub mod words;
