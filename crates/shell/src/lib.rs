//! The guide shell: the platform's command line as a page of documentation runs it.
//!
//! [`Shell`] reads lines as a POSIX shell does. It has the platform's client, git, curl, a
//! few small tools, and a small tree of files. It makes its calls through the client, so
//! budget, waits and retries are those of the console. It reads no clock, does not depend
//! on a browser and spawns nothing: see [`Host`]. It reports everything that happens as
//! [`Event`]s. [`snippets`] finds the commands of a page, and the feature `doctest` runs
//! them on a fresh sandbox.

mod api;
mod builtins;
mod cli;
mod complete;
mod curl;
#[cfg(feature = "doctest")]
pub mod doctest;
mod event;
mod exec;
mod expand;
mod files;
mod git;
mod history;
mod host;
mod http;
mod io;
#[cfg(test)]
mod known;
mod lexer;
mod nearest;
mod parser;
mod pasted;
pub mod permalink;
pub mod secrets;
mod shell;
mod snapshot;
mod snippets;
mod sorted;
mod state;
mod token;

pub use cli::operations;
pub use complete::{Candidate, Completion};
pub use event::Event;
pub use host::{Host, Question, QuestionKind, Terminal};
pub use parser::statements;
pub use pasted::commands as pasted_commands;
pub use shell::{INTERRUPTED, Shell};
pub use snippets::{Format, Snippet, SnippetKind, snippets};
