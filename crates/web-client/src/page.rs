//! What a page gives a client: its clock, its life and the other tabs.

pub mod page_wakes;
pub mod peers;
pub mod runtime;
