//! The whole pipeline against a scripted server, with a clock that only moves when
//! nothing else can.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

mod answers;
mod budget;
mod clock;
mod connection;
mod journal;
mod limited;
mod month;
mod pending;
mod polls;
mod reads;
mod retry;
mod secrets;
mod server;
mod session;
mod streams;
mod support;
