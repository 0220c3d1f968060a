//! The one error of these commands: a sentence for the person who ran them.

use std::fmt;
use std::io;
use std::path::Path;

/// What went wrong and, if something can be done about it, what to do.
#[derive(Debug)]
pub(crate) struct Error(String);

/// The error of a command whose output has already said what went wrong.
pub(crate) const REPORTED: Error = Error(String::new());

/// The result of anything that can fail here.
pub(crate) type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error that reads as `message`.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// Whether there is nothing left to say.
    pub(crate) fn is_reported(&self) -> bool {
        self.0.is_empty()
    }

    /// A file or folder that could not be used; `doing` is a verb such as "read".
    pub(crate) fn file(doing: &str, path: &Path, cause: &io::Error) -> Self {
        Self(format!("cannot {doing} {}: {cause}", path.display()))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
