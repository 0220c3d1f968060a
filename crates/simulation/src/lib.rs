//! The client's real pipeline in a world of its own: virtual time, tabs of a
//! browser, a network with a tail, and a server that limits calls.
//!
//! A [`World`] holds all of it. Time advances only when nothing else can run, so a
//! run takes as long as its events take to compute, and the same seed gives the same
//! run.

pub mod baselines;
pub mod chance;
pub mod clock;
pub mod consumer;
pub mod executor;
pub mod line;
mod locks;
pub mod measure;
pub mod memory;
pub mod minimum;
pub mod peers;
pub mod report;
pub mod scenario;
pub mod server;
pub mod story;
pub mod tab;
mod translate;
pub mod verdict;
pub mod world;

pub use executor::{TabId, Task};
pub use tab::{Tab, TabOptions};
pub use world::{World, WorldOptions};
