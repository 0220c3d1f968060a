//! What a text that was run has shown, in the order in which it happened.

use backoffice_contract::{Method, OperationId};
use backoffice_shell::Event;
use leptos::prelude::*;
use std::sync::Arc;

/// How many pieces of one text are kept: what is followed for long goes on for ever.
const MOST: usize = 2_000;

/// A text that was run, with all that it has shown.
#[derive(Clone)]
pub struct Block {
    /// Tells it from others.
    pub id: usize,
    /// What stood before the cursor.
    pub prompt: String,
    /// The text, without secrets.
    pub text: String,
    /// What it has shown, each with its place in the order.
    pub pieces: ArcRwSignal<Vec<(usize, Piece)>>,
    /// The exit code, once it has ended.
    pub status: ArcRwSignal<Option<u8>>,
}

/// One thing that was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Output.
    Out(Arc<str>),
    /// Notices and errors.
    Err(Arc<str>),
    /// What a reader should know.
    Note(Arc<str>),
    /// A call of the API that has ended.
    Call(Call),
    /// A call waits.
    Wait {
        /// Why.
        why: Arc<str>,
        /// Until when.
        until: u64,
    },
    /// An address to open.
    Open(Arc<str>),
    /// A question, and what was answered, where that may be seen.
    Answered(Arc<str>),
}

/// A call of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Which.
    pub operation: OperationId,
    /// The method.
    pub method: Method,
    /// Path and query, without secrets.
    pub target: String,
    /// The status of the answer, if one came.
    pub status: Option<u16>,
    /// How often it was sent.
    pub attempts: usize,
}

impl Piece {
    /// What an event shows; `None` when it shows nothing.
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

    /// Its part of what was printed.
    #[must_use]
    pub fn printed(&self) -> &str {
        match self {
            Self::Out(text) | Self::Err(text) => text,
            _ => "",
        }
    }
}

impl Block {
    /// One that has shown nothing yet.
    #[must_use]
    pub fn new(id: usize, prompt: String, text: String) -> Self {
        Self { id, prompt, text, pieces: ArcRwSignal::default(), status: ArcRwSignal::default() }
    }

    /// Shows one thing more, and lets the oldest go when there are too many.
    pub fn push(&self, piece: Piece) {
        self.pieces.update(|pieces| {
            let next = pieces.last().map_or(0, |(at, _)| at + 1);
            pieces.push((next, piece));
            if pieces.len() > MOST {
                pieces.drain(..MOST / 10);
            }
        });
    }

    /// Whether something was let go.
    #[must_use]
    pub fn lacks_its_beginning(&self) -> bool {
        self.pieces.with(|pieces| pieces.first().is_some_and(|(at, _)| *at > 0))
    }

    /// All that was printed.
    #[must_use]
    pub fn printed(&self) -> String {
        self.pieces.with(|pieces| pieces.iter().map(|(_, piece)| piece.printed()).collect())
    }
}

/// Whether an address may be offered: another page of the web, or of this origin.
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
