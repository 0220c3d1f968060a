//! The output of a text that was run, in order.

use backoffice_contract::{Method, OperationId};
use backoffice_shell::Event;
use leptos::prelude::*;
use std::sync::Arc;

/// Maximum number of pieces kept for one text: following logs never ends.
const MOST: usize = 2_000;

/// A text that was run, with its output.
#[derive(Clone)]
pub struct Block {
    /// Its unique id.
    pub id: usize,
    /// The prompt.
    pub prompt: String,
    /// The text, without secrets.
    pub text: String,
    /// Its output, each piece with its position.
    pub pieces: ArcRwSignal<Vec<(usize, Piece)>>,
    /// The exit code, once it has ended.
    pub status: ArcRwSignal<Option<u8>>,
}

/// A piece of output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Output.
    Out(Arc<str>),
    /// Notices and errors.
    Err(Arc<str>),
    /// A note to the user.
    Note(Arc<str>),
    /// An ended call to the API.
    Call(Call),
    /// A waiting call.
    Wait {
        /// Why.
        why: Arc<str>,
        /// When the wait ends, in epoch milliseconds.
        until: u64,
    },
    /// An address to open.
    Open(Arc<str>),
    /// A question with its answer; a secret answer is left out.
    Answered(Arc<str>),
}

/// A call to the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The operation.
    pub operation: OperationId,
    /// The method.
    pub method: Method,
    /// Path and query, without secrets.
    pub target: String,
    /// The status of the answer, if one came.
    pub status: Option<u16>,
    /// The number of attempts.
    pub attempts: usize,
}

impl Piece {
    /// The output of an event; `None` if it has none.
    #[must_use]
    pub fn of(event: Event) -> Option<Self> {
        Some(match event {
            Event::Stdout(text) => Self::Out(text.into()),
            Event::Stderr(text) => Self::Err(text.into()),
            Event::Note(text) => Self::Note(text.into()),
            Event::Request { operation, method, target, status, attempts } => {
                Self::Call(Call { operation, method, target, status, attempts })
            }
            Event::Wait { why, until } => Self::Wait { why: why.into(), until },
            Event::Open(address) => Self::Open(address.into()),
            Event::Input { .. } | Event::Follows | Event::Clear | Event::Exit(_) => return None,
        })
    }

    /// Its part of the printed text.
    #[must_use]
    pub fn printed(&self) -> &str {
        match self {
            Self::Out(text) | Self::Err(text) => text,
            _ => "",
        }
    }
}

impl Block {
    /// A block without output.
    #[must_use]
    pub fn new(id: usize, prompt: String, text: String) -> Self {
        Self { id, prompt, text, pieces: ArcRwSignal::default(), status: ArcRwSignal::default() }
    }

    /// Adds a piece, and drops the oldest when there are too many.
    pub fn push(&self, piece: Piece) {
        self.pieces.update(|pieces| {
            let next = pieces.last().map_or(0, |(at, _)| at + 1);
            pieces.push((next, piece));
            if pieces.len() > MOST {
                pieces.drain(..MOST / 10);
            }
        });
    }

    /// Whether pieces have been dropped.
    #[must_use]
    pub fn lacks_its_beginning(&self) -> bool {
        self.pieces.with(|pieces| pieces.first().is_some_and(|(at, _)| *at > 0))
    }

    /// All printed text.
    #[must_use]
    pub fn printed(&self) -> String {
        self.pieces.with(|pieces| pieces.iter().map(|(_, piece)| piece.printed()).collect())
    }
}

/// Whether an address may be offered as a link: a web page, or a page of this origin.
#[must_use]
pub fn may_be_opened(address: &str) -> bool {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    is_web || (address.starts_with('/') && !address.starts_with("//"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_followed_for_long_loses_its_beginning_and_says_so() {
        let block = Block::new(0, String::new(), String::new());
        for at in 0..MOST {
            block.push(Piece::Out(at.to_string().into()));
        }
        assert!(!block.lacks_its_beginning());
        block.push(Piece::Out("last".into()));
        assert!(block.lacks_its_beginning());
        assert!(block.printed().ends_with("last"));
    }

    #[test]
    fn only_pages_are_opened() {
        for address in ["https://a.example/x", "http://127.0.0.1:1/", "/sandbox/x"] {
            assert!(may_be_opened(address), "{address}");
        }
        for address in ["javascript:alert(1)", "//evil.example", "data:text/html,x", "x", ""] {
            assert!(!may_be_opened(address), "{address}");
        }
    }
}
