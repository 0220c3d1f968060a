//! What can be run: the platform's client, git, curl and the builtins.

pub mod api;
pub mod builtins;
pub mod cli;
pub mod curl;
pub mod git;
pub mod http;
