//! What the outcome of an attempt means for the call: done, send it again, or failed.
//!
//! Nothing waits here. A call that is to be sent again goes back to the gate, with what it
//! has learnt: a pause of the budget, a token that was refused, a backoff of its own.

use std::rc::Rc;

use backoffice_contract::{ApiError, Method};

use crate::budget::queue::Refusal;
use crate::core::Core;
use crate::error::CallError;
use crate::host::runtime::Millis;
use crate::host::transport::TransportError;
use crate::pipeline::Reply;
use crate::pipeline::attempt::Outcome;
use crate::pipeline::backoff::{
    FAILURE_BASE, LIMITED_BASE, MAX_ATTEMPTS, MAX_TOTAL, full_jitter, spread,
};
use crate::pipeline::call::{Attempts, Backoff, Call};
use crate::pipeline::classify::{Verdict, classify};
use crate::session::live::Token;
use crate::session::renewal;
use crate::why::{Failure, Source, Why};
use backoffice_limits::Limits;

/// What to do next.
pub(crate) enum Next {
    Done(Reply),
    /// Back to the gate.
    Again,
    Fail(CallError),
}

/// What came of an attempt, and what it changes. `used` is the token that was sent.
pub(crate) fn after(core: &Core, call: &Call, outcome: Outcome, used: Option<&Token>) -> Next {
    let Outcome { status, body, rest, limits, broken } = outcome;
    if let Some(error @ TransportError::Offline(_)) = &broken
        && status.is_none()
    {
        return behind_connection(call, error.text().to_owned());
    }
    let attempts = call.change_attempts(|attempts| {
        attempts.unanswered += u32::from(matches!(status, None | Some(502 | 504)));
    });
    let reason = broken.as_ref().map(|error| error.text().to_owned());
    let refusal = || match status {
        Some(status) => CallError::Api(ApiError::decode(status, &body)),
        None => CallError::Unreachable(reason.clone().unwrap_or_default()),
    };
    let again = |worth: bool| if worth { Next::Again } else { Next::Fail(refusal()) };
    match classify(call, status, attempts.unanswered) {
        Verdict::Success => match reason {
            None => {
                core.retries.borrow_mut().succeeded();
                Next::Done(Reply { status: status.unwrap_or_default(), body: body.into(), rest })
            }
            Some(reason) if call.is_idempotent() => {
                if back_off(core, call, &limits, Failure::Transport(reason.clone())) {
                    Next::Again
                } else {
                    Next::Fail(CallError::Unreachable(reason))
                }
            }
            Some(reason) => Next::Fail(CallError::Unreadable(format!(
                "It was done, but the answer broke off: {reason}."
            ))),
        },
        // An earlier attempt, whose answer was lost, has removed it.
        Verdict::Refused if was_removed_before(call, status, attempts) => {
            let body = Rc::from(*br#"{"data":{}}"#);
            Next::Done(Reply { status: status.unwrap_or_default(), body, rest: None })
        }
        Verdict::Unauthorized => {
            again(attempts.sent < MAX_ATTEMPTS && renewal::refused(core, call, used))
        }
        Verdict::Limited => again(limited(core, call, &limits, &body)),
        Verdict::Again
            if status.is_none() && call.is_idempotent() && core.breaker.borrow().is_open() =>
        {
            behind_connection(call, reason.unwrap_or_default())
        }
        Verdict::Again => {
            let failure = match (status, reason.clone()) {
                (Some(status), _) => {
                    let reading = limits.retry_after.as_ref().map(|hint| hint.reading.clone());
                    Failure::Status(status, reading)
                }
                (None, reason) => Failure::Transport(reason.unwrap_or_default()),
            };
            again(back_off(core, call, &limits, failure))
        }
        Verdict::FateUnknown => Next::Fail(CallError::FateUnknown(
            reason.unwrap_or_else(|| format!("the API answered {}", status.unwrap_or_default())),
        )),
        Verdict::Unreachable | Verdict::Refused => Next::Fail(refusal()),
    }
}

/// The connection failed, not the call: its attempts do not count, but for the answers that were
/// lost, and the gate waits for the connection.
fn behind_connection(call: &Call, reason: String) -> Next {
    if !call.waits_for_connection() {
        return Next::Fail(CallError::Unreachable(reason));
    }
    let unanswered = call.attempts.get().unanswered;
    call.attempts.set(Attempts { unanswered, ..Attempts::default() });
    Next::Again
}

fn was_removed_before(call: &Call, status: Option<u16>, attempts: Attempts) -> bool {
    let removes = call.prepared.endpoint.method == Method::DELETE;
    removes && status == Some(404) && attempts.unanswered > 0
}

/// The API refused the call because of the rate limit: pauses its bucket. Returns true if
/// the call may be sent again.
fn limited(core: &Core, call: &Call, limits: &Limits, body: &[u8]) -> bool {
    let now = core.now();
    let monthly = is_monthly(body);
    let hint = limits.hint();
    let attempts = call.change_attempts(|attempts| attempts.limited += 1);
    let until = match hint {
        Some(hint) => Some(hint.at),
        None if monthly => None,
        None => Some(now + full_jitter(LIMITED_BASE, attempts.limited - 1, core.random())),
    };
    let source = match hint {
        Some(hint) => Source::Header(hint.reading.clone()),
        None => Source::Refusal { attempt: attempts.sent },
    };
    let refusal =
        Refusal { until, reason: source, hidden: limits.is_hidden() && !monthly, monthly };
    let class = call.prepared.endpoint.limit;
    core.queue(class).borrow_mut().refused(&refusal, now, core.random());
    core.wake_queue(class);
    let late = hint.is_none() && until.is_some_and(|until| is_too_late(attempts, until));
    attempts.sent < MAX_ATTEMPTS && !late
}

/// Has the call wait before it is sent again. Returns false if it was sent often enough.
fn back_off(core: &Core, call: &Call, limits: &Limits, failure: Failure) -> bool {
    let now = core.now();
    let attempts = call.change_attempts(|attempts| attempts.failed += 1);
    let hint = limits.retry_after.as_ref();
    let (told, until) = match hint {
        Some(hint) => (hint.at, hint.at + spread(hint.at.saturating_sub(now), core.random())),
        None => {
            let until = now + full_jitter(FAILURE_BASE, attempts.failed - 1, core.random());
            (until, until)
        }
    };
    let late = hint.is_none() && is_too_late(attempts, until);
    if attempts.sent >= MAX_ATTEMPTS || late || !core.retries.borrow_mut().take(now) {
        return false;
    }
    let why = Why::Backoff { attempt: attempts.sent + 1, of: MAX_ATTEMPTS, failure };
    call.backoff.replace(Some(Backoff { told, until, why }));
    true
}

/// Whether an attempt after a wait that the client chose itself would come too late.
fn is_too_late(attempts: Attempts, at: Millis) -> bool {
    attempts.since.is_some_and(|since| at > since + MAX_TOTAL)
}

/// The monthly cap says so in words only.
fn is_monthly(body: &[u8]) -> bool {
    String::from_utf8_lossy(body).to_ascii_lowercase().contains("monthly cap")
}
