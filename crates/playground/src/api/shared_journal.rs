//! The requests of all views and frames of one world, so that what the shell has sent shows
//! in the explorer and the other way round. Kept in session storage, without secrets;
//! where that is blocked, each view knows its own.

use backoffice_client::{AttemptOutcome, Entry};
use gloo_storage::{SessionStorage, Storage as _};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use backoffice_web_client::available;
use backoffice_web_client::peers;

/// How many are kept.
const KEPT: usize = 100;

/// A request that has come to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastRequest {
    /// When it was asked for, in epoch milliseconds.
    pub at: u64,
    /// The method.
    pub method: String,
    /// Path and query, secrets redacted.
    pub target: String,
    /// The status of the answer, if one came.
    pub status: Option<u16>,
    /// How often it was sent.
    pub attempts: usize,
    /// The command that does the same, if the command line has one.
    pub command: Option<String>,
}

impl PastRequest {
    /// What is kept of a call, once it has ended.
    pub(super) fn of(entry: &Entry) -> Option<Self> {
        entry.ended_at?;
        let status = match entry.attempts.last().and_then(|last| last.outcome.as_ref()) {
            Some(AttemptOutcome::Status(status)) => Some(*status),
            _ => None,
        };
        Some(Self {
            at: entry.started_at,
            method: entry.method.as_str().to_owned(),
            target: entry.target.clone(),
            status,
            attempts: entry.attempts.len(),
            command: entry.cli.clone(),
        })
    }
}

/// The journal of a world. `Copy`, as long as the view that made it is there.
#[derive(Clone, Copy)]
pub(super) struct SharedJournal {
    key: StoredValue<String>,
    channel: StoredValue<Option<BroadcastChannel>, LocalStorage>,
    /// Oldest first.
    pub(super) requests: RwSignal<Vec<PastRequest>>,
}

impl SharedJournal {
    /// What the views of a world have written so far, and will write.
    pub(super) fn of(world: &str) -> Self {
        let key = format!("backoffice.journal.{world}");
        let requests = RwSignal::new(read(&key));
        // Without the channel others are heard of when this view is loaded again.
        let channel = peers::channel(&key);
        if let Some(channel) = &channel {
            let from = key.clone();
            let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |_: MessageEvent| {
                let _ = requests.try_set(read(&from));
            });
            channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            // It listens as long as the channel is open.
            on_message.forget();
        }
        let journal =
            Self { key: StoredValue::new(key), channel: StoredValue::new_local(channel), requests };
        on_cleanup(move || {
            if let Some(channel) = journal.channel.try_update_value(Option::take).flatten() {
                channel.close();
            }
        });
        journal
    }

    /// Adds a request, and tells the others.
    pub(super) fn add(self, request: PastRequest) {
        let Some(key) = self.key.try_get_value() else { return };
        let mut all = if available() { read(&key) } else { self.requests.get_untracked() };
        all.push(request);
        let old = all.len().saturating_sub(KEPT);
        all.drain(..old);
        if available() {
            // A full storage keeps what it has; this view knows better.
            let _ = SessionStorage::set(&key, &all);
        }
        let _ = self.requests.try_set(all);
        self.tell();
    }

    /// Forgets everything, for all.
    pub(super) fn clear(self) {
        if let Some(key) = self.key.try_get_value()
            && available()
        {
            SessionStorage::delete(&key);
        }
        let _ = self.requests.try_set(Vec::new());
        self.tell();
    }

    fn tell(self) {
        if let Some(Some(channel)) = self.channel.try_get_value() {
            // It only fails on a closed channel, which this is not.
            let _ = channel.post_message(&wasm_bindgen::JsValue::TRUE);
        }
    }
}

fn read(key: &str) -> Vec<PastRequest> {
    if available() { SessionStorage::get(key).unwrap_or_default() } else { Vec::new() }
}
