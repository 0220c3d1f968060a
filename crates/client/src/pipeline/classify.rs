//! What an answer, or none, means for the call.

use crate::pipeline::call::{Authority, Call, Idempotency};

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It worked.
    Success,
    /// The token was not accepted, or it gives no access to this.
    Unauthorized,
    /// It was not executed, because of the rate limit.
    Limited,
    /// It may work when it is sent again, and may be sent again.
    Again,
    /// It may or may not have been executed, and must not be twice.
    FateUnknown,
    /// No answer came, and it was sent often enough.
    Unreachable,
    /// The API refused.
    Refused,
}

/// Judges a call that was answered with `status`, or not at all; `unanswered` tells
/// how often it was sent without an answer, this time included.
pub(crate) fn classify(call: &Call, status: Option<u16>, unanswered: u32) -> Verdict {
    let succeeds = status.is_some_and(|status| call.prepared.endpoint.succeeds_with(status));
    let renewable = matches!(call.authority, Authority::User(_));
    judge(call.idempotency, renewable, succeeds, status, unanswered)
}

/// The rule by itself. `renewable` says that the token is that of the session, which
/// can be renewed; `succeeds` that the endpoint counts `status` as success.
///
/// 502 and 504 come from a gateway that got no answer itself, so the call may have
/// been executed (RFC 9110 sections 15.6.3 and 15.6.5); 503 was not.
#[must_use]
pub fn judge(
    idempotency: Idempotency,
    renewable: bool,
    succeeds: bool,
    status: Option<u16>,
    unanswered: u32,
) -> Verdict {
    let lost = match idempotency {
        Idempotency::Idempotent => Verdict::Again,
        Idempotency::RetryOnce if unanswered < 2 => Verdict::Again,
        Idempotency::RetryOnce => Verdict::Unreachable,
        Idempotency::NotIdempotent => Verdict::FateUnknown,
    };
    match status {
        None | Some(502 | 504) => lost,
        Some(_) if succeeds => Verdict::Success,
        Some(401) if renewable => Verdict::Unauthorized,
        Some(429) => Verdict::Limited,
        Some(503) if idempotency != Idempotency::NotIdempotent => Verdict::Again,
        Some(_) => Verdict::Refused,
    }
}
