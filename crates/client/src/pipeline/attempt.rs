//! Sending a call once.

use std::rc::Rc;

use backoffice_contract::Auth;
use futures_util::StreamExt as _;
use futures_util::stream::LocalBoxStream;

use crate::core::Core;
use crate::host::runtime::{Millis, Runtime};
use crate::host::transport::TransportError;
use crate::journal::{AttemptOutcome, Note};
use crate::pipeline::call::Call;
use crate::pipeline::permit::Permit;
use crate::pipeline::timeout::within;
use crate::sentences;
use crate::session::live::Token;
use backoffice_limits::Limits;

/// What came of an attempt.
#[derive(Default)]
pub(crate) struct Outcome {
    /// The status of the answer, if one came.
    pub(crate) status: Option<u16>,
    pub(crate) body: Vec<u8>,
    /// A body that is not read yet.
    pub(crate) rest: Option<LocalBoxStream<'static, Result<Vec<u8>, TransportError>>>,
    pub(crate) limits: Limits,
    /// Why there is no answer, or why its body is not whole.
    pub(crate) broken: Option<TransportError>,
}

/// Sends the call. With `open`, the body of a success is left to the caller.
pub(crate) async fn send(
    core: &Rc<Core>,
    call: &Rc<Call>,
    token: Option<&Token>,
    permit: Permit,
    open: bool,
) -> Outcome {
    let started_at = core.now();
    call.change_attempts(|attempts| {
        attempts.sent += 1;
        attempts.since.get_or_insert(started_at);
    });
    let note = call.refused.get().map(|_| Note::NewToken);
    core.edit(call.id, |entry| {
        entry.begin_attempt(note, started_at);
        true
    });
    let token = token.map(|token| token.secret.clone());
    let request = call.prepared.request(&core.options.base_url, token);
    let runtime = &*core.options.runtime;
    let patience = call.prepared.endpoint.timeout_ms();
    let sent = within(runtime, patience, core.options.transport.send(request)).await;
    let response = match sent.unwrap_or_else(|| Err(timed_out(patience))) {
        Ok(response) => {
            core.answered();
            response
        }
        Err(error) => {
            if !matches!(error, TransportError::TimedOut(_)) {
                core.unanswered(matches!(error, TransportError::Offline(_)));
            }
            drop(permit);
            if matches!(error, TransportError::Offline(_)) {
                forget(core, call);
            } else {
                end(core, call, AttemptOutcome::Failed(error.text().to_owned()));
            }
            return Outcome { broken: Some(error), ..Outcome::default() };
        }
    };
    let status = response.status;
    core.edit(call.id, |entry| {
        entry.note_head(status, &response.headers);
        true
    });
    let succeeded = call.prepared.endpoint.succeeds_with(status);
    let mut outcome = Outcome { status: Some(status), ..Outcome::default() };
    if succeeded && open {
        outcome.limits = permit.answered(status, &response.headers);
        outcome.rest = Some(response.body);
    } else if succeeded {
        // The budget is settled with the head, however long the body takes.
        outcome.limits = permit.answered(status, &response.headers);
        (outcome.body, outcome.broken) = read(runtime, patience, response.body).await;
    } else {
        // The permit is kept until it is known what a refusal means, so that no other call
        // runs into the same.
        (outcome.body, outcome.broken) = read(runtime, patience, response.body).await;
        let auth = call.prepared.endpoint.auth;
        if status == 401 && matches!(auth, Auth::Access | Auth::Renewal) {
            // A server that refuses the token may not know whose budget it is, and tell
            // about another.
            drop(permit);
        } else {
            outcome.limits = permit.answered(status, &response.headers);
        }
    }
    end(
        core,
        call,
        match &outcome.broken {
            Some(error) => AttemptOutcome::Failed(error.text().to_owned()),
            None => AttemptOutcome::Status(status),
        },
    );
    outcome
}

/// Nothing was sent, so that was no attempt.
fn forget(core: &Core, call: &Call) {
    core.edit(call.id, |entry| entry.attempts.pop().is_some());
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
    TransportError::TimedOut(format!("no answer within {}", sentences::duration(patience)))
}

fn end(core: &Core, call: &Call, outcome: AttemptOutcome) {
    let now = core.now();
    core.edit(call.id, |entry| {
        entry.end_attempt(outcome, now);
        true
    });
}
