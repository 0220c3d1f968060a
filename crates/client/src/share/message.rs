//! What pages say to each other.
//!
//! The module above says which messages go to which group, and what other builds make of them.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use backoffice_contract::Method;

use crate::budget::bucket::Rank;
use crate::budget::queue::{InFlight, Key, Refusal, Snapshot};
use crate::host::runtime::Millis;
use crate::session::StoredSession;
use backoffice_limits::Limits;

/// A random number that names a page.
pub(crate) type PeerId = u64;

/// Something said, with its sender.
pub(crate) struct Envelope<T> {
    pub(crate) from: PeerId,
    pub(crate) said: T,
}

/// The field that is added to what is said.
const FROM: &str = "from";

impl<T: Serialize + DeserializeOwned> Envelope<T> {
    pub(crate) fn write(from: PeerId, said: T) -> Option<String> {
        let mut fields = Map::new();
        match serde_json::to_value(said).ok()? {
            Value::Object(said) => fields.extend(said),
            // A variant without fields.
            Value::String(name) => fields.extend([(name, Value::Null)]),
            _ => return None,
        }
        fields.insert(FROM.to_owned(), from.into());
        Some(Value::Object(fields).to_string())
    }

    pub(crate) fn read(text: &str) -> Option<Self> {
        let Ok(Value::Object(mut fields)) = serde_json::from_str(text) else { return None };
        let from = fields.remove(FROM)?.as_u64()?;
        let said = serde_json::from_value(Value::Object(fields)).ok()?;
        Some(Self { from, said })
    }
}

/// What pages say about the session. Builds of all ages read it: a new field needs a default.
#[derive(Serialize, Deserialize)]
pub(crate) enum SessionMessage {
    /// The session, for pages that have an older one.
    Session(StoredSession),
    /// The user has signed out of sessions up to this one.
    SignedOut { serial: u64 },
    /// The account of the session has this address now.
    Renamed { email: String },
    /// Does a page have a newer session?
    Sync { nonce: u64, serial: u64 },
    /// The answer.
    Synced {
        nonce: u64,
        session: Option<StoredSession>,
        /// The page that has asked; older builds do not say.
        #[serde(default)]
        to: Option<PeerId>,
        /// Whether the page that answers holds the lock of renewals; older builds do not say.
        #[serde(default)]
        renews: Option<bool>,
    },
    /// This page stops, for now or for good.
    Bye,
    /// In the lobby: is anybody signed in?
    Who,
    /// In the lobby: yes.
    Here { email: String },
}

impl fmt::Debug for SessionMessage {
    /// Tokens and addresses travel in it, so nothing is shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionMessage")
    }
}

/// What pages say about the budget.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum BudgetMessage {
    /// Which calls of this page wait, and which are on their way since when.
    Hello { queue: Vec<PermitRequest>, out: Vec<(u64, Millis)> },
    /// This page stops, for now or for good.
    Bye,
    /// From the leader: what it knows.
    State { term: u64, state: Box<State> },
    /// A call wants to go, or has changed.
    Want(PermitRequest),
    /// A call does not want to go any more.
    Withdraw { id: u64 },
    /// Asks the leader to look at its queue and to answer with its state.
    Ping,
    /// A call of that page may go, if it does so until then.
    Grant { to: PeerId, id: u64, until: Millis },
    /// A call went.
    Taken { id: u64, sent_at: Millis },
    /// What became of a call.
    Landed { id: u64, sent_at: Millis, told: Settlement },
    /// The API refused a call because of a limit.
    Refused(Refusal),
    /// The user has said something about the month.
    Month(MonthChange),
}

/// A call that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PermitRequest {
    pub(crate) id: u64,
    pub(crate) rank: Rank,
    pub(crate) since: Millis,
    pub(crate) method: Method,
    /// Secrets redacted.
    pub(crate) target: String,
    pub(crate) asking: bool,
}

/// What the user says about the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum MonthChange {
    /// It begins on this day.
    FirstDay(u8),
    /// Whether to go on in spite of its level.
    Overridden(bool),
}

/// What a call brought back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Settlement {
    /// It was not sent after all.
    Unsent,
    /// Nothing.
    Lost,
    /// An answer with these limits; `accepted` unless the limit was why it refused.
    Answer { limits: Limits, accepted: bool },
}

/// What the leader knows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) known: Snapshot,
    /// The first calls that wait, by page.
    pub(crate) queue: Vec<(PeerId, PermitRequest)>,
    /// How many wait.
    pub(crate) waiting: usize,
    /// All calls on their way.
    pub(crate) out: Vec<(Key, InFlight)>,
    /// All pages.
    pub(crate) members: Vec<PeerId>,
}
