//! A tab: a client with its clock, its session and its way to the other tabs.

use std::rc::Rc;

use backoffice_client::{Client, StoredSession};

use crate::machine::executor::TabId;

/// What a tab is like.
#[derive(Debug, Clone, Default)]
pub struct TabOptions {
    /// Who is signed in there, with which tokens.
    pub session: Option<StoredSession>,
    /// How far its clock is ahead, in milliseconds.
    pub skew: i64,
    /// Whether its browser has no means to reach the other tabs.
    pub alone: bool,
    /// Whether the person in front of it agrees to every long wait.
    pub consents: bool,
    /// Which build of the program it runs: what one build says about the budget,
    /// another cannot read.
    pub build: u32,
}

/// A tab that was opened.
#[derive(Clone)]
pub struct Tab {
    /// Its name.
    pub id: TabId,
    /// Its client, which shares with the other tabs from the beginning.
    pub client: Client,
    /// Its tokens, as they are stored.
    pub store: Rc<crate::machine::memory::TabStore>,
}
