//! Where and how a text stops being JSON.

use std::fmt;

/// The place at which JSON breaks, and what would have been right there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The place in the body, in bytes.
    pub offset: usize,
    /// The line of the text as it was sent, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
    /// What is allowed there by RFC 8259, with its article.
    pub expected: &'static str,
    /// What is there; `None` at the end of the text.
    pub found: Option<char>,
}

impl fmt::Display for Broken {
    /// A sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, expected, .. } = self;
        match self.found {
            _ if *expected == Self::NOTHING => {
                write!(
                    f,
                    "At line {line}, column {column}, more text follows after a whole JSON value."
                )
            }
            _ if *expected == Self::SHALLOWER => {
                write!(f, "At line {line}, column {column}, JSON is nested more than 1,000 deep.")
            }
            None => write!(
                f,
                "JSON ends too early at line {line}, column {column}: {expected} is missing."
            ),
            Some(found) if found.is_control() => write!(
                f,
                "JSON breaks at line {line}, column {column}: expected {expected}, found U+{:04X}.",
                u32::from(found)
            ),
            Some(found) => write!(
                f,
                "JSON breaks at line {line}, column {column}: expected {expected}, found {found}"
            ),
        }
    }
}

impl Broken {
    /// A whole value has come to its end.
    pub(crate) const NOTHING: &'static str = "the end";
    /// The limit of levels is reached.
    pub(crate) const SHALLOWER: &'static str = "fewer levels";
}
