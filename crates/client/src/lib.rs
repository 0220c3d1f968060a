//! Session, rate budget, backoff, retry and journal over a one-method transport.
//!
//! Every call takes one way: equal reads in flight are coalesced; at the gate the call waits for
//! its backoff, session, connection, budget and the user's consent; it is sent; and what its
//! outcome means leads to an answer, a failure or back to the gate. Nothing here knows a browser,
//! reads a clock, sleeps, draws a random number or logs by itself: see [`Runtime`],
//! [`Transport`], [`SessionStore`] and [`Event`]. Nothing is spawned either: a call moves only
//! while somebody polls it, and dropping it cancels it.

mod budget;
mod client;
mod core;
mod error;
mod host;
mod journal;
mod pipeline;
pub mod sentences;
mod session;
mod share;
mod why;

pub use crate::budget::priority::Priority;
pub use crate::budget::view::{
    BudgetView, Connection, Hold, MonthLevel, MonthView, QueuedCall, Usage,
};
pub use crate::host::base_url::BaseUrlError;
pub use crate::host::memory::{Memory, NoMemory};
pub use crate::host::peers::{Lock, Member, NoPeers, Peers};
pub use crate::host::runtime::{Millis, Runtime};
pub use crate::host::transport::{HttpRequest, HttpResponse, Transport, TransportError};
pub use crate::journal::har;
pub use crate::pipeline::call::Idempotency;
pub use crate::pipeline::classify;
pub use crate::pipeline::pending::{Held, Stage};
pub use crate::pipeline::prepared::Parts;
pub use client::{Client, Event, Options, UntypedCall};
pub use error::CallError;
pub use futures_util::future::LocalBoxFuture;
pub use futures_util::stream::LocalBoxStream;
pub use journal::{Attempt, AttemptOutcome, Entry, EntryId, EntryState, Note, PastWait, Wait};
pub use session::{SessionState, SessionStore, StoredSession};
pub use why::{Failure, Source, WaitKind, Why};
