//! The tokens of a text.

use std::fmt;

use crate::language::parser::Script;

/// A word, before anything in it is replaced.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Word(pub(crate) Vec<Part>);

/// A piece of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// Text outside quotes, where `~` and `*` have a meaning.
    Bare(String),
    /// Literal text.
    Quoted(String),
    /// The value of a variable, and its default if it is empty.
    Variable {
        /// Its name, or `?`.
        name: String,
        /// The default in `${name:-…}`.
        default: String,
        /// Whether its spaces stay inside the word.
        quoted: bool,
    },
    /// The output of a command.
    Command {
        /// The command.
        script: Script,
        /// Whether its spaces stay inside the word.
        quoted: bool,
    },
}

impl Word {
    /// The text of a word without anything to replace.
    pub(crate) fn literal(&self) -> Option<String> {
        self.0
            .iter()
            .map(|part| match part {
                Part::Bare(text) | Part::Quoted(text) => Some(text.as_str()),
                _ => None,
            })
            .collect()
    }

    /// Whether it is this text, written without quotes.
    pub(crate) fn is_bare(&self, text: &str) -> bool {
        matches!(self.0.as_slice(), [Part::Bare(bare)] if bare == text)
    }
}

/// A token, with the line that it begins on, counted from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) line: usize,
    pub(crate) kind: Kind,
}

/// The kind of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Word(Word),
    And,
    Or,
    Pipe,
    Semicolon,
    Newline,
    /// `>` and `>>` for a file descriptor; 0 means both outputs.
    Out {
        fd: u8,
        append: bool,
    },
    In,
    /// `2>&1`.
    ErrToOut,
    /// The text of a here-document.
    Here(Word),
}

/// Why a text is not a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SyntaxError {
    /// It continues in a line that is not there yet; the missing part, as a sentence.
    Unfinished(String),
    /// It is something that this shell does not support; a sentence.
    Unsupported(String),
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unfinished(text) | Self::Unsupported(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for SyntaxError {}
