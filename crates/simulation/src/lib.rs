//! The client's real pipeline in a world of its own: virtual time, tabs of a
//! browser, a network with a tail, and a server that limits calls.
//!
//! A [`World`] holds all of it. Time advances only when nothing else can run, so a
//! run takes as long as its events take to compute, and the same seed gives the same
//! run.

pub mod consumer;
mod machine;
pub mod report;
pub mod scenario;
pub mod server;
pub mod story;
pub mod world;

pub use crate::machine::executor::{TabId, Task};
pub use crate::machine::tab::{Tab, TabOptions};
pub use crate::machine::{chance, clock, executor, line, memory, peers, tab};
pub use crate::report::{baselines, measure, minimum, verdict};
pub use world::{World, WorldOptions};
