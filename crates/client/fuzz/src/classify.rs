//! What holds for every call, whatever it is answered, and how bytes become one.

use backoffice_client::Idempotency;
use backoffice_client::classify::{Verdict, judge};
use backoffice_contract::OperationId;

/// A call: what it asks for, whether it carries the session's token, and what each
/// sending of it comes to.
pub type Case = (OperationId, bool, Vec<Option<u16>>);

/// Reads a case from bytes: the operation, whose token, then two bytes for each
/// sending. Statuses with a rule of their own are met more often than by chance.
pub fn case(data: &[u8]) -> Option<Case> {
    const SPECIAL: [u16; 10] = [200, 201, 204, 400, 401, 404, 429, 502, 503, 504];
    let [operation, renewable, outcomes @ ..] = data else { return None };
    let all = OperationId::ALL;
    let operation = *all.get(usize::from(*operation) % all.len())?;
    let outcomes = outcomes.chunks(2).map(|outcome| match *outcome {
        [kind @ 0..200, ref rest @ ..] => {
            let pick = usize::from(kind ^ rest.first().copied().unwrap_or_default());
            SPECIAL.get(pick % (SPECIAL.len() + 1)).copied()
        }
        [high, low] => Some(u16::from_be_bytes([high, low])),
        _ => Some(600),
    });
    Some((operation, renewable % 2 == 1, outcomes.collect()))
}

/// Sends a call until it is told not to, and asserts what holds for each verdict.
pub fn check((operation, renewable, outcomes): &Case) {
    let endpoint = operation.endpoint();
    let repeat = Idempotency::of(endpoint);
    let mut unanswered = 0;
    for status in outcomes {
        let lost = matches!(status, None | Some(502 | 504));
        unanswered += u32::from(lost);
        let succeeds = status.is_some_and(|status| endpoint.succeeds_with(status));
        let verdict = judge(repeat, *renewable, succeeds, *status, unanswered);
        let case = format!("{operation:?} {status:?} {verdict:?}");

        assert_eq!(verdict == Verdict::Success, succeeds, "success is what the table says: {case}");
        if *status == Some(429) {
            assert_eq!(verdict, Verdict::Limited, "a limit is only a limit: {case}");
        } else {
            assert_ne!(verdict, Verdict::Limited, "nothing else is one: {case}");
        }
        if repeat == Idempotency::NotIdempotent {
            assert_ne!(verdict, Verdict::Again, "it must not be executed twice: {case}");
        }
        let unknown = verdict == Verdict::FateUnknown;
        assert_eq!(
            unknown,
            lost && repeat == Idempotency::NotIdempotent,
            "what is lost is told so: {case}"
        );
        let unauthorized = verdict == Verdict::Unauthorized;
        assert_eq!(unauthorized, *status == Some(401) && *renewable, "only a session: {case}");
        if repeat == Idempotency::RetryOnce {
            assert!(unanswered <= 2, "sent {unanswered} times without an answer: {case}");
        }
        match verdict {
            // Sent again, now or after a wait or a renewal.
            Verdict::Again | Verdict::Limited | Verdict::Unauthorized => {}
            _ => return,
        }
    }
}
