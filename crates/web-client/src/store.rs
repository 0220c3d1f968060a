//! What a tab and a browser remember.

pub mod memory;
pub mod remembered;
pub mod session_store;
pub mod tab_memory;
