//! The native server, as its own process, over real TCP.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failing test may stop where it is"
)]

mod process;

mod console;
mod cors;
mod faults;
mod guide;
mod logs;
mod persistence;
mod refusals;
mod shutdown;
