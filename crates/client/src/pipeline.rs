//! The way of a call: token, budget, transport, and what its answer leads to.

use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;

use backoffice_contract::{ApiError, Secret};
use futures_util::future::{Either, select};
use futures_util::stream::LocalBoxStream;

use crate::admit::admit;
use crate::attempt::{Outcome, send};
use crate::authorize::{Renewed, authorize, renew_for};
use crate::breaker::connected;
use crate::call::Call;
use crate::classify::{Verdict, classify};
use crate::core::{Core, Running};
use crate::error::CallError;
use crate::journal::EntryState;
use crate::retry::Tries;
use crate::transport::TransportError;

/// The answer of a call that worked.
pub(crate) enum Reply {
    /// All of it.
    Whole { status: u16, body: Rc<[u8]> },
    /// Its head; the body is still coming.
    Open { status: u16, body: LocalBoxStream<'static, Result<Vec<u8>, TransportError>> },
}

/// Takes a call to its end, and its entry with it.
pub(crate) async fn run(
    core: &Rc<Core>,
    running: &Running,
    open: bool,
) -> Result<Reply, CallError> {
    let call = &running.call;
    let ended = poll_fn(|cx| call.control.poll_ended(cx));
    let result = match select(ended, pin!(exchange(core, call, open))).await {
        Either::Left((error, _)) => {
            // Given up, whoever did it.
            running.finish(EntryState::Cancelled);
            return Err(error);
        }
        Either::Right((result, _)) => result,
    };
    match &result {
        Ok(Reply::Whole { status, .. }) => running.finish(EntryState::Done { status: *status }),
        Ok(Reply::Open { .. }) => running.finish(EntryState::Streaming),
        Err(error) => running.fail(error),
    }
    result
}

async fn exchange(core: &Rc<Core>, call: &Rc<Call>, open: bool) -> Result<Reply, CallError> {
    let mut tries = Tries::default();
    let mut renewed = Renewed::default();
    loop {
        let _scouting = connected(core, call).await;
        let token = authorize(core, call).await?;
        let pass = admit(core, call).await;
        if token.as_ref().is_some_and(|token| token.is_stale(core)) {
            pass.give_back();
            continue;
        }
        tries.begin(core.now());
        let note = renewed.note.take();
        let secret: Option<Secret> = token.as_ref().map(|token| token.secret.clone());
        let outcome = send(core, call, secret, pass, open, note).await;
        let (status, body, limits, broken) = match outcome {
            Outcome::Open { status, body } => {
                core.retries.borrow_mut().succeeded();
                return Ok(Reply::Open { status, body });
            }
            Outcome::Answer { status, body, limits, broken } => {
                (Some(status), body, limits, broken)
            }
            Outcome::Nothing(error) => (None, Vec::new(), Default::default(), Some(error)),
        };
        let reason = match (&broken, status) {
            (Some(error), _) => error.text().to_owned(),
            (None, status) => format!("the server answered {}", status.unwrap_or_default()),
        };
        let refusal = || match status {
            Some(status) => CallError::Api(ApiError::decode(status, &body)),
            None => CallError::Unreachable(reason.clone()),
        };
        tries.unanswered += u32::from(matches!(status, None | Some(502 | 504)));
        match classify(call, status, tries.unanswered) {
            Verdict::Success => match broken {
                None => {
                    core.retries.borrow_mut().succeeded();
                    return Ok(Reply::Whole {
                        status: status.unwrap_or_default(),
                        body: body.into(),
                    });
                }
                Some(_) if call.may_repeat() => {
                    if !tries.back_off(core, call, &limits, &reason).await {
                        return Err(CallError::Unreachable(reason));
                    }
                }
                Some(_) => {
                    return Err(CallError::Unreadable(format!(
                        "It was done, but the answer broke off: {reason}."
                    )));
                }
            },
            Verdict::Unauthorized => {
                if tries.are_used_up() || !renew_for(core, call, &mut renewed, token).await? {
                    return Err(refusal());
                }
            }
            Verdict::Limited => {
                if !tries.limited(core, call, &limits, &body) {
                    return Err(refusal());
                }
            }
            // It was not the call that failed, so this is none of its tries.
            Verdict::Again
                if status.is_none() && call.may_repeat() && core.breaker.borrow().is_lost() =>
            {
                tries = Tries::default();
            }
            Verdict::Again => {
                if !tries.back_off(core, call, &limits, &reason).await {
                    return Err(refusal());
                }
            }
            Verdict::FateUnknown => return Err(CallError::FateUnknown(reason)),
            Verdict::Unreachable | Verdict::Refused => return Err(refusal()),
        }
    }
}
