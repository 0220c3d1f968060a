//! The only module that talks to the client pipeline: transports for fetch and for the
//! sandbox worker, what the pipeline needs from a browser, and the reactive state that
//! pages read.

mod account;
mod cache;
pub mod config;
mod context;
mod ended_calls;
mod error;
mod fetch;
mod headless;
mod invalidate;
mod listener;
mod memory;
mod mutation;
mod page_wakes;
mod peers;
mod playground;
mod poll;
mod query;
mod query_rules;
mod runtime;
mod sandbox;
mod session_store;
mod shared_journal;
mod shell_store;
mod tap;
mod waiting;
mod worker;

pub use account::use_account;
pub use backoffice_client::{
    Attempt, AttemptOutcome, BudgetView, CallError, Entry, EntryState, Held, Hold, LocalBoxFuture,
    LocalBoxStream, MonthLevel, MonthView, Parts as CallParts, PastWait, Priority, QueuedCall,
    SessionState, Stage, Usage, WaitKind, Why, sentences,
};
pub use backoffice_contract::Method;
pub use config::{ApiChoice, ConsoleConfig};
pub use context::{Api, provide_api, use_api};
pub use error::explain;
pub use headless::headless_client;
pub use mutation::{Mutation, use_mutation};
pub use playground::{Place, PlaygroundApi, send_elsewhere};
pub use poll::{Pace, use_poll, use_poll_at};
pub use query::{Query, use_query, use_query_within};
pub use runtime::now;
pub use sandbox::{Mail, PushOutcome, PushRequest};
pub use shared_journal::PastRequest;
pub use shell_store::ShellStore;
pub use tap::Heard;
pub use waiting::Waiting;
pub use worker::World;
