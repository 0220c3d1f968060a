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
    /// What RFC 8259 allows there, with its article.
    pub expected: &'static str,
    /// What the text has there; `None` at its end.
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
                    "Invalid JSON at line {line}, column {column}: text follows a complete value."
                )
            }
            _ if *expected == Self::SHALLOWER => {
                write!(f, "At line {line}, column {column}, JSON is nested more than 1,000 deep.")
            }
            None => write!(
                f,
                "Invalid JSON at line {line}, column {column}: it ends before {expected}."
            ),
            Some(found) if found.is_control() => write!(
                f,
                "Invalid JSON at line {line}, column {column}: expected {expected}, found U+{:04X}",
                u32::from(found)
            ),
            Some(found) => write!(
                f,
                "Invalid JSON at line {line}, column {column}: expected {expected}, found {found}"
            ),
        }
    }
}

impl Broken {
    /// A complete value has ended.
    pub(crate) const NOTHING: &'static str = "the end";
    /// The limit of levels is reached.
    pub(crate) const SHALLOWER: &'static str = "fewer levels";
}
