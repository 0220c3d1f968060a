//! Choosing size and replicas of an app.

pub mod dialog;
mod effect;
pub mod form;
