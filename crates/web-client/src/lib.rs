//! The client pipeline in a page: transports for fetch and for the sandbox worker, what
//! the pipeline needs from a browser, and the reactive state that pages read. Nothing
//! else in the page talks to the pipeline.
//!
//! Begin with [`use_query`] and [`use_mutation`], which pages read and write with, and
//! [`Api`], which they share.

mod account;
mod cache;
pub mod config;
mod context;
pub mod demo;
mod error;
pub mod fetch;
mod headless;
mod invalidate;
mod load_config;
mod memory;
mod mutation;
mod page_wakes;
pub mod peers;
mod poll;
mod query;
mod query_rules;
pub mod remembered;
pub mod runtime;
mod sandbox;
mod session_store;
mod sign_in;
mod signals;
pub mod tab_memory;
mod waiting;
mod worker;

pub use account::use_account;
pub use backoffice_client::{
    Attempt, AttemptOutcome, BudgetView, CallError, Entry, EntryState, Held, Hold, LocalBoxFuture,
    LocalBoxStream, MonthLevel, MonthView, Parts as CallParts, PastWait, Priority, QueuedCall,
    SessionState, Stage, Usage, Wait, WaitKind, Why, sentences,
};
pub use backoffice_contract::Method;
pub use config::{ApiChoice, ConsoleConfig};
pub use context::{Api, Surroundings, browser_client, provide_api, use_api};
pub use error::explain;
pub use headless::headless_client;
pub use load_config::load_config;
pub use mutation::{Mutation, use_mutation};
pub use poll::{Pace, use_poll, use_poll_at};
pub use query::{Query, use_query, use_query_within};
pub use runtime::now;
pub use sandbox::{Control, Mail, PushOutcome, PushRequest};
pub use session_store::{BrowserSessionStore, available};
pub use sign_in::{SignIn, use_sign_in};
pub use signals::ClientSignals;
pub use waiting::Waiting;
pub use worker::{WorkerTransport, World};
