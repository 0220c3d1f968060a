//! Signing in and out.

pub mod dialog;
pub mod form;
pub mod mailbox;
pub mod provider;
pub mod provider_sign_in;
pub mod provider_stand_in;
pub mod sign_out;
