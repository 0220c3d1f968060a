//! The guide shell: the platform's command line as a page of documentation runs it.
//!
//! [`Shell`] reads lines as a POSIX shell does. It has the platform's client, git, curl, a
//! few small tools, and a small tree of files. It makes its calls through the client, so
//! budget, waits and retries are those of the console. It reads no clock, does not depend
//! on a browser and spawns nothing: see [`Host`]. It reports everything that happens as
//! [`Event`]s. [`snippets`] finds the commands of a page, and the feature `doctest` runs
//! them on a fresh sandbox.

mod complete;
mod docs;
mod event;
mod history;
mod host;
mod language;
mod nearest;
mod programs;
pub mod secrets;
mod shell;
mod snapshot;
mod sorted;
mod state;

#[cfg(feature = "doctest")]
pub use crate::docs::doctest;
pub use crate::docs::pasted::commands as pasted_commands;
pub use crate::docs::permalink;
pub use crate::docs::snippets::{Format, Snippet, SnippetKind, snippets};
pub use crate::language::parser::statements;
pub use crate::programs::cli::operations;
pub use complete::{Candidate, Completion};
pub use event::Event;
pub use host::{Host, Question, QuestionKind, Terminal};
pub use shell::{INTERRUPTED, Shell};
