//! Session, rate budget, backoff, retry and journal over a one-method transport.
//!
//! Every call takes one way: equal reads in flight are coalesced; at the gate the call waits for
//! its backoff, session, connection, budget and the user's consent; it is sent; and what its
//! outcome means leads to an answer, a failure or back to the gate. Nothing here knows a browser,
//! reads a clock, sleeps, draws a random number or logs by itself: see [`Runtime`],
//! [`Transport`], [`SessionStore`] and [`Event`]. Nothing is spawned either: a call moves only
//! while somebody polls it, and dropping it cancels it.

mod account;
mod attempt;
mod backoff;
mod base_url;
mod breaker;
mod bucket;
mod call;
pub mod classify;
mod client;
mod coalesce;
mod consent;
mod control;
mod core;
mod error;
mod gate;
pub mod har;
mod hidden_limit;
mod journal;
mod live_session;
mod log;
mod memory;
mod month;
mod outcome;
mod peers;
mod pending;
mod permit;
mod pipeline;
mod prepared;
mod priority;
mod queue;
mod renewal;
mod running;
mod runtime;
pub mod sentences;
mod session;
mod share;
mod streaming;
mod timeout;
mod transport;
mod view;
mod why;

pub use base_url::BaseUrlError;
pub use call::Idempotency;
pub use client::{Client, Event, Options, UntypedCall};
pub use error::CallError;
pub use futures_util::future::LocalBoxFuture;
pub use futures_util::stream::LocalBoxStream;
pub use journal::{Attempt, AttemptOutcome, Entry, EntryId, EntryState, Note, PastWait, Wait};
pub use memory::{Memory, NoMemory};
pub use peers::{Lock, Member, NoPeers, Peers};
pub use pending::{Held, Stage};
pub use prepared::Parts;
pub use priority::Priority;
pub use runtime::{Millis, Runtime};
pub use session::{SessionState, SessionStore, StoredSession};
pub use transport::{HttpRequest, HttpResponse, Transport, TransportError};
pub use view::{BudgetView, Connection, Hold, MonthLevel, MonthView, QueuedCall, Usage};
pub use why::{Failure, Source, WaitKind, Why};
