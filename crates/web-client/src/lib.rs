//! The client pipeline in a page: transports for fetch and for the sandbox worker, what
//! the pipeline needs from a browser, and the reactive state that pages read. Nothing
//! else in the page talks to the pipeline.
//!
//! Begin with [`use_query`] and [`use_mutation`], which pages read and write with, and
//! [`Api`], which they share.

pub mod config;
mod context;
pub mod demo;
mod error;
mod headless;
mod load_config;
mod mutation;
mod page;
mod read;
mod sign_in;
mod signals;
mod store;
mod transport;

pub use crate::page::runtime::now;
pub use crate::page::{peers, runtime};
pub use crate::read::account::use_account;
pub use crate::read::poll::{Pace, use_poll, use_poll_at};
pub use crate::read::query::{Query, use_query, use_query_within};
pub use crate::read::waiting::Waiting;
pub use crate::store::session_store::{BrowserSessionStore, available};
pub use crate::store::{remembered, tab_memory};
pub use crate::transport::fetch;
pub use crate::transport::sandbox::{Control, Mail, PushOutcome, PushRequest};
pub use crate::transport::worker::{WorkerTransport, World};
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
pub use sign_in::{SignIn, use_sign_in};
pub use signals::ClientSignals;
