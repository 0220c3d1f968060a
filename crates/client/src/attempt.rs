//! Sending a call once.

use std::rc::Rc;

use backoffice_contract::{Auth, Secret};
use futures_util::StreamExt as _;
use futures_util::stream::LocalBoxStream;

use crate::call::Call;
use crate::core::{Core, Pass};
use crate::journal::AttemptOutcome;
use crate::limits::Limits;
use crate::transport::TransportError;

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
    core: &Core,
    call: &Rc<Call>,
    token: Option<Secret>,
    pass: Pass,
    open: bool,
    note: Option<String>,
) -> Outcome {
    let started_at = core.now();
    core.edit(call.id, |entry| {
        entry.begin_attempt(note, started_at);
        true
    });
    let request = call.prepared.request(&core.options.base_url, token);
    let response = match core.options.transport.send(request).await {
        Ok(response) => response,
        Err(error) => {
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
        let (body, broken) = read(response.body).await;
        end(core, call, AttemptOutcome::Status(status));
        return Outcome::Answer { status, body, limits, broken };
    }
    // The place is kept until it is known what a refusal means, so that no other
    // call runs into the same.
    let (body, broken) = read(response.body).await;
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

async fn read(
    mut body: LocalBoxStream<'static, Result<Vec<u8>, TransportError>>,
) -> (Vec<u8>, Option<TransportError>) {
    let mut whole = Vec::new();
    while let Some(chunk) = body.next().await {
        match chunk {
            Ok(chunk) => whole.extend(chunk),
            Err(error) => return (whole, Some(error)),
        }
    }
    (whole, None)
}

fn end(core: &Core, call: &Call, outcome: AttemptOutcome) {
    let now = core.now();
    core.edit(call.id, |entry| {
        entry.end_attempt(outcome, now);
        true
    });
}
