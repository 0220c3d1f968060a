//! The API of a playground: its client, and what the views of one world share.

mod client;
mod ended_calls;
mod listener;
mod shared_journal;
mod shell_store;
mod tap;

pub use client::{Place, PlaygroundApi, send_elsewhere};
pub use shared_journal::PastRequest;
pub use shell_store::ShellStore;
pub use tap::Heard;
