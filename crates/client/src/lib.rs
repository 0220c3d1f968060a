//! Session, rate budget, backoff, retry and journal over a one-method transport.
//!
//! Every call takes one way: coalesce equal reads in flight, wait for budget by
//! priority, take the token, send, classify, then renew and replay, pause, back
//! off or answer. Nothing here knows a browser, reads a clock, sleeps, draws a
//! random number or logs by itself: see [`Runtime`], [`Transport`],
//! [`SessionStore`] and [`Event`]. Nothing is spawned either: a call moves only
//! while somebody polls it, and dropping it cancels it.

mod account;
mod admit;
mod attempt;
mod authorize;
mod backoff;
mod base_url;
mod breaker;
mod bucket;
mod calendar;
mod call;
pub mod classify;
mod client;
mod coalesce;
mod control;
mod core;
mod date;
mod error;
pub mod har;
mod hidden_limit;
mod journal;
pub mod limits;
mod live_session;
mod log;
mod memory;
mod month;
mod peers;
mod pipeline;
mod prepared;
mod queue;
mod retry;
mod runtime;
pub mod sentences;
mod session;
mod share;
mod streaming;
mod timeout;
mod transport;
mod view;
pub mod why;
mod words;

pub use base_url::BaseUrlError;
pub use client::{Client, Event, Options, Priority, UntypedCall};
pub use error::CallError;
pub use futures_util::future::LocalBoxFuture;
pub use futures_util::stream::LocalBoxStream;
pub use journal::{Attempt, AttemptOutcome, Entry, EntryId, EntryState, PastWait, Wait, WaitKind};
pub use memory::{Memory, NoMemory};
pub use peers::{Lock, Member, NoPeers, Peers};
pub use prepared::Parts;
pub use runtime::{Millis, Runtime};
pub use session::{SessionState, SessionStore, StoredSession};
pub use transport::{HttpRequest, HttpResponse, Transport, TransportError};
pub use view::{BudgetView, Connection, Hold, MonthLevel, MonthView, QueuedCall, Usage};
