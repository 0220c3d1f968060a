//! What an answer, or none, means for the call.

use crate::call::{Authority, Call, Repeat};

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It worked.
    Success,
    /// The token was not taken, or it gives no access to this.
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
///
/// 502 and 504 come from a gateway that got no answer itself, so the call may have
/// been executed (RFC 9110 sections 15.6.3 and 15.6.5); 503 was not.
pub(crate) fn classify(call: &Call, status: Option<u16>, unanswered: u32) -> Verdict {
    let lost = match call.repeat {
        Repeat::Freely => Verdict::Again,
        Repeat::OnceMore if unanswered < 2 => Verdict::Again,
        Repeat::OnceMore => Verdict::Unreachable,
        Repeat::Never => Verdict::FateUnknown,
    };
    match status {
        None | Some(502 | 504) => lost,
        Some(status) if call.prepared.endpoint.succeeds_with(status) => Verdict::Success,
        Some(401) if matches!(call.authority, Authority::User(_)) => Verdict::Unauthorized,
        Some(429) => Verdict::Limited,
        Some(503) if call.repeat != Repeat::Never => Verdict::Again,
        Some(_) => Verdict::Refused,
    }
}
