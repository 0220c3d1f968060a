//! Showing what was read: its state, age, error and command.

pub mod command;
pub mod error_note;
pub mod query_card;
pub mod query_view;
pub mod stamp;
