//! Calls that the user who made them can follow and take back.
//!
//! What destroys something is not kept for a later connection: a person who presses *Delete* while
//! offline wants it deleted now or not at all.

use std::pin::pin;
use std::rc::Rc;

use backoffice_contract::{Effect, Operation, OperationId, envelope};
use futures_util::future::{Either, select};

use crate::budget::priority::Priority;
use crate::client::Client;
use crate::core::Core;
use crate::error::CallError;
use crate::host::runtime::Millis;
use crate::journal::{Entry, EntryId, EntryState};
use crate::pipeline::coalesce::{Answer, start};
use crate::pipeline::prepared::Prepared;
use crate::why::{WaitKind, Why};

/// How long a call that destroys something waits for a lost connection.
const OFFLINE_FOR: Millis = 10_000;
/// How often such a call looks whether the connection is lost.
const LOOK_EVERY: Millis = 1_000;

/// How far a call has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// It has not left this page and can be taken back.
    Held(Held),
    /// The API may be executing it.
    OnItsWay {
        /// Since when.
        since: Millis,
    },
    /// Nothing more will happen to it.
    Over,
}

/// What keeps a call from leaving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What was called.
    pub operation: OperationId,
    /// When the call was made.
    pub asked_at: Millis,
    /// What it waits for; `None` when it is about to leave.
    pub kind: Option<WaitKind>,
    /// Why; `None` when it is about to leave.
    pub why: Option<Why>,
    /// When the wait will end, if that is known.
    pub until: Option<Millis>,
    /// Whether it leaves only after the user has said so.
    pub asks: bool,
}

impl Entry {
    /// How far the call has come.
    #[must_use]
    pub fn stage(&self) -> Stage {
        if self.state.is_final() {
            return Stage::Over;
        }
        let open = self.attempts.last().filter(|attempt| attempt.ended_at.is_none());
        match (&self.state, open) {
            (EntryState::Streaming, _) => Stage::OnItsWay { since: self.state_since },
            (EntryState::Sending, Some(attempt)) => Stage::OnItsWay { since: attempt.started_at },
            (state, _) => {
                let wait = state.wait();
                Stage::Held(Held {
                    operation: self.operation,
                    asked_at: self.started_at,
                    kind: state.wait_kind(),
                    why: wait.map(|wait| wait.why.clone()),
                    until: wait
                        .and_then(|wait| wait.until)
                        .filter(|until| *until > self.state_since),
                    asks: matches!(state, EntryState::Asking(_)),
                })
            }
        }
    }

    /// Whether it changes something for the user and has not left this page, so that it is
    /// lost when the page goes. The session's own calls are nobody's change.
    #[must_use]
    pub fn is_unsent_change(&self) -> bool {
        use OperationId::{CreateSession, DeleteSession, RenewSession};
        let changes = self.operation.endpoint().effect != Effect::Reads;
        changes
            && !matches!(self.operation, CreateSession | DeleteSession | RenewSession)
            && matches!(self.stage(), Stage::Held(_))
    }
}

impl Client {
    /// Makes a call as [`Client::call`] does. Returns its entry at once, and a future of its
    /// answer. A call that destroys something and has not left ten seconds after the
    /// connection was lost ends with [`CallError::Offline`].
    ///
    /// # Errors
    /// The future's are as [`CallError`] says.
    pub fn start<O: Operation>(
        &self,
        operation: O,
        priority: Priority,
    ) -> (EntryId, impl Future<Output = Result<O::Response, CallError>> + use<O>) {
        let prepared = Prepared::new(&operation, &self.core.options.shown_url);
        drop(operation);
        let (id, answer) = self.start_prepared(prepared, priority);
        let client = self.clone();
        let decoded = async move {
            let (id, body) = answer.await?;
            envelope::decode(&body).map_err(|_| client.unreadable(id))
        };
        (id, decoded)
    }

    fn start_prepared(
        &self,
        prepared: Prepared,
        priority: Priority,
    ) -> (EntryId, impl Future<Output = Answer> + use<>) {
        let endpoint = prepared.endpoint;
        let core = Rc::clone(&self.core);
        let (id, flight) = start(&core, prepared, self.authority(endpoint.auth), priority.into());
        let answer = async move {
            if endpoint.effect != Effect::Destroys {
                return flight.await;
            }
            let watch = pin!(end_when_offline(&core, id));
            match select(flight, watch).await {
                Either::Left((answer, _)) => answer,
                Either::Right(((), flight)) => flight.await,
            }
        };
        (id, answer)
    }

    /// How many changes of this page have not left it. They are lost when the page goes.
    #[must_use]
    pub fn unsent_changes(&self) -> usize {
        self.core.log.borrow().all().filter(|entry| entry.is_unsent_change()).count()
    }

    /// Gives up a call that has not left, so that it never will. Returns false if it has.
    pub fn take_back(&self, id: EntryId) -> bool {
        let held = self.entry(id).is_some_and(|entry| matches!(entry.stage(), Stage::Held(_)));
        if held {
            self.cancel(id);
        }
        held
    }
}

/// Ends the call when it has not left and the connection is lost for too long.
async fn end_when_offline(core: &Core, id: EntryId) {
    loop {
        core.options.runtime.sleep(LOOK_EVERY).await;
        let Some(call) = core.live(id) else { return };
        let held = match core.log.borrow().get(id).map(Entry::stage) {
            Some(Stage::Held(held)) => held,
            Some(Stage::OnItsWay { .. }) => continue,
            Some(Stage::Over) | None => return,
        };
        let lost_since = core.breaker.borrow().view().lost_since;
        if lost_since.is_some_and(|lost| core.now() >= lost.max(held.asked_at) + OFFLINE_FOR) {
            call.control.end(CallError::Offline(call.prepared.endpoint.id));
            return;
        }
    }
}
