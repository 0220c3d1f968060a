//! API calls: the shell makes them through the client and reports them as they happen.

use std::cell::{Cell, RefCell};

use backoffice_client::{
    AttemptOutcome, CallError, Entry, EntryId, LocalBoxStream, Priority, sentences,
};
use backoffice_contract::session::Credentials;
use backoffice_contract::{Endpoint, OperationId};
use serde_json::Value;

use crate::event::Event;
use crate::programs::cli::Values;
use crate::shell::Shell;

/// The calls that a shell makes, so that it recognises the news about them.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    current: RefCell<Option<Current>>,
    depth: Cell<usize>,
}

#[derive(Debug)]
struct Current {
    operation: OperationId,
    target: String,
    entry: Option<EntryId>,
    /// The reason that was reported last.
    told: String,
}

impl Calls {
    fn begin(&self, endpoint: &Endpoint, target: &str) {
        let (operation, target) = (endpoint.id, target.to_owned());
        let current = Current { operation, target, entry: None, told: String::new() };
        self.current.replace(Some(current));
    }

    /// The event for a change of an entry, if it is about the call under way.
    pub(crate) fn news(&self, entry: &Entry) -> Option<Event> {
        let mut current = self.current.borrow_mut();
        let current = current.as_mut()?;
        if entry.operation != current.operation || entry.target != current.target {
            return None;
        }
        current.entry = Some(entry.id);
        let wait = entry.state.wait()?;
        let until = wait.until.unwrap_or(entry.state_since);
        let why = sentences::reason(&wait.why);
        if current.told == why {
            return None;
        }
        current.told.clone_from(&why);
        Some(Event::Wait { why, until })
    }

    /// No call is under way any more.
    pub(crate) fn forget(&self) {
        self.current.replace(None);
        self.depth.set(0);
    }

    /// A file of commands begins; returns how many files it is nested in.
    pub(crate) fn deeper(&self) -> usize {
        self.depth.set(self.depth.get() + 1);
        self.depth.get()
    }

    /// A file of commands has ended.
    pub(crate) fn higher(&self) {
        self.depth.set(self.depth.get().saturating_sub(1));
    }
}

impl Shell {
    /// Makes the call of an operation with these fields, in path, query and body by name,
    /// and reports the result; returns the value of `data`.
    pub(crate) async fn call(
        &self,
        operation: OperationId,
        values: Values,
    ) -> Result<Value, CallError> {
        let call = self.host.client.prepare(operation, values);
        let (endpoint, target) = (call.endpoint(), call.target().to_owned());
        self.calls.begin(endpoint, &target);
        let result = self.host.client.call_untyped(call, Priority::Interactive).await;
        self.tell(endpoint, target, result.as_ref().err());
        result
    }

    /// Signs in through the client.
    pub(crate) async fn sign_in(&self, credentials: Credentials) -> Result<(), CallError> {
        let endpoint = OperationId::CreateSession.endpoint();
        self.calls.begin(endpoint, endpoint.path);
        let result = self.host.client.sign_in(credentials).await;
        self.tell(endpoint, endpoint.path.to_owned(), result.as_ref().err());
        result
    }

    /// Opens an answer that arrives in pieces.
    pub(crate) async fn stream(
        &self,
        operation: OperationId,
        values: Values,
    ) -> Result<LocalBoxStream<'static, Result<Vec<u8>, CallError>>, CallError> {
        let call = self.host.client.prepare(operation, values);
        let (endpoint, target) = (call.endpoint(), call.target().to_owned());
        self.calls.begin(endpoint, &target);
        let result = self.host.client.stream_untyped(call).await;
        self.tell(endpoint, target, result.as_ref().err());
        result
    }

    fn tell(&self, endpoint: &Endpoint, target: String, error: Option<&CallError>) {
        let known = self.calls.current.take().and_then(|current| current.entry);
        let entry = known.and_then(|id| self.host.client.entry(id));
        let attempts = entry.as_ref().map_or(0, |entry| entry.attempts.len());
        let answered = entry.as_ref().and_then(|entry| match entry.attempts.last()?.outcome {
            Some(AttemptOutcome::Status(status)) => Some(status),
            _ => None,
        });
        let status = match error {
            // An answer that is still arriving has no outcome yet.
            None => answered.or(endpoint.success.first().copied()),
            Some(error) => error.status().or(answered),
        };
        // Without a session nothing is sent.
        if !matches!(error, Some(CallError::SignedOut)) {
            let (operation, method) = (endpoint.id, endpoint.method);
            self.show(Event::Request { operation, method, target, status, attempts });
        }
    }
}
