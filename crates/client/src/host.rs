//! What a client is given from outside: an address, time, transport, memory and its peers.

pub mod base_url;
pub mod memory;
pub mod peers;
pub mod runtime;
pub mod transport;
