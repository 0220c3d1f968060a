//! What a tab lives in: time, chance, storage, locks and the line to the server.

pub mod chance;
pub mod clock;
pub mod executor;
pub mod line;
pub mod locks;
pub mod memory;
pub mod peers;
pub mod tab;
pub mod translate;
