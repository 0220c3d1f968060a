//! Sending a call once.

use std::rc::Rc;

use backoffice_contract::{Auth, Secret};
use futures_util::StreamExt as _;
use futures_util::stream::LocalBoxStream;

use crate::call::Call;
use crate::core::{Core, Permit};
use crate::journal::AttemptOutcome;
use crate::limits::Limits;
use crate::runtime::{Millis, Runtime};
use crate::timeout::within;
use crate::transport::TransportError;
use crate::words;

/// What came back.
pub(crate) enum Outcome {
    /// A success whose body is not read yet.
    Open { status: u16, body: LocalBoxStream<'static, Result<Vec<u8>, TransportError>> },
    /// An answer; `broken` says why its body is not whole.
    Answer { status: u16, body: Vec<u8>, limits: Limits, broken: Option<TransportError> },
    /// No answer.
    Nothing(TransportError),
}

/// Sends the call. With `open`, the body of a success is left to the caller.
pub(crate) async fn send(
    core: &Rc<Core>,
    call: &Rc<Call>,
    token: Option<Secret>,
    pass: Permit,
    open: bool,
    note: Option<String>,
) -> Outcome {
    let started_at = core.now();
    core.edit(call.id, |entry| {
        entry.begin_attempt(note, started_at);
        true
    });
    let request = call.prepared.request(&core.options.base_url, token);
    let runtime = &*core.options.runtime;
    let patience = call.prepared.endpoint.timeout_ms();
    let sent = within(runtime, patience, core.options.transport.send(request)).await;
    let response = match sent.unwrap_or_else(|| Err(timed_out(patience))) {
        Ok(response) => {
            core.answered_by_api();
            response
        }
        Err(error) => {
            if !matches!(error, TransportError::TimedOut(_)) {
                core.unanswered();
            }
            drop(pass);
            end(core, call, AttemptOutcome::Failed(error.text().to_owned()));
            return Outcome::Nothing(error);
        }
    };
    let status = response.status;
    core.edit(call.id, |entry| {
        entry.note_head(status, &response.headers);
        true
    });
    if call.prepared.endpoint.succeeds_with(status) {
        // The budget is settled with the head, however long the body takes.
        let limits = pass.answered(status, &response.headers);
        if open {
            end(core, call, AttemptOutcome::Status(status));
            return Outcome::Open { status, body: response.body };
        }
        let (body, broken) = read(runtime, patience, response.body).await;
        end(core, call, AttemptOutcome::Status(status));
        return Outcome::Answer { status, body, limits, broken };
    }
    // The place is kept until it is known what a refusal means, so that no other
    // call runs into the same.
    let (body, broken) = read(runtime, patience, response.body).await;
    let auth = call.prepared.endpoint.auth;
    let limits = if status == 401 && matches!(auth, Auth::Access | Auth::Renewal) {
        // A server that refuses the token may not know whose budget it is, and tell
        // about another.
        drop(pass);
        Limits::default()
    } else {
        pass.answered(status, &response.headers)
    };
    end(core, call, AttemptOutcome::Status(status));
    Outcome::Answer { status, body, limits, broken }
}

/// Reads a body; each piece has as much time as the head had.
async fn read(
    runtime: &dyn Runtime,
    patience: Millis,
    mut body: LocalBoxStream<'static, Result<Vec<u8>, TransportError>>,
) -> (Vec<u8>, Option<TransportError>) {
    let mut whole = Vec::new();
    loop {
        match within(runtime, patience, body.next()).await {
            Some(Some(Ok(chunk))) => whole.extend(chunk),
            Some(Some(Err(error))) => return (whole, Some(error)),
            Some(None) => return (whole, None),
            None => return (whole, Some(timed_out(patience))),
        }
    }
}

fn timed_out(patience: Millis) -> TransportError {
    TransportError::TimedOut(format!("no answer within {}", words::duration(patience)))
}

fn end(core: &Core, call: &Call, outcome: AttemptOutcome) {
    let now = core.now();
    core.edit(call.id, |entry| {
        entry.end_attempt(outcome, now);
        true
    });
}
