//! What the calls of the journal wait for together.

use backoffice_client::{Attempt, AttemptOutcome, EntryState, Millis};

/// The calls that wait for a moment, as one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// How many calls wait.
    pub count: usize,
    /// When the first of their waits ends, in epoch milliseconds.
    pub until: Millis,
    /// Why that one waits, as the client says it.
    pub why: String,
    /// One of them asks the user whether to wait.
    pub asks: bool,
    /// The rate limit holds one of them.
    pub limited: bool,
}

impl Waiting {
    /// Of these calls, each with all times that it was sent; `None` while none of them waits
    /// for a moment.
    pub(super) fn of<'a>(
        calls: impl Iterator<Item = (&'a EntryState, &'a [Attempt])>,
    ) -> Option<Self> {
        let mut first = None;
        let (mut count, mut asks, mut limited) = (0, false, false);
        for (state, attempts) in calls {
            let Some(wait) = state.wait() else { continue };
            count += 1;
            asks |= matches!(state, EntryState::Asking(_));
            limited |= is_limited(state, attempts);
            if first.is_none_or(|(until, _)| wait.until < until) {
                first = Some((wait.until, &wait.why));
            }
        }
        let (until, why) = first?;
        Some(Self { count, until, why: why.clone(), asks, limited })
    }
}

/// Whether a call waits for the rate limit rather than after a failure.
fn is_limited(state: &EntryState, attempts: &[Attempt]) -> bool {
    let last = attempts.last().and_then(|attempt| attempt.outcome.as_ref());
    matches!(state, EntryState::WaitingForBudget(_)) || last == Some(&AttemptOutcome::Status(429))
}

#[cfg(test)]
mod tests {
    use backoffice_client::Wait;

    use super::*;

    fn wait(until: Millis) -> Wait {
        Wait { since: 0, until, why: format!("until {until}") }
    }

    fn sent(outcome: AttemptOutcome) -> Attempt {
        Attempt {
            started_at: 0,
            ended_at: Some(1),
            outcome: Some(outcome),
            headers: Vec::new(),
            note: None,
        }
    }

    fn of(calls: &[(EntryState, Vec<Attempt>)]) -> Option<Waiting> {
        Waiting::of(calls.iter().map(|(state, attempts)| (state, attempts.as_slice())))
    }

    #[test]
    fn calls_that_do_not_wait_for_a_moment_do_not_count() {
        assert_eq!(of(&[]), None);
        let states = [EntryState::Sending, EntryState::Renewing, EntryState::Done { status: 200 }];
        assert_eq!(of(&states.map(|state| (state, Vec::new()))), None);
    }

    #[test]
    fn the_wait_that_ends_first_says_why() {
        let waiting = of(&[
            (EntryState::WaitingForConnection(wait(30)), Vec::new()),
            (EntryState::BackingOff(wait(20)), vec![sent(AttemptOutcome::Status(502))]),
            (EntryState::Sending, Vec::new()),
            (EntryState::WaitingForConnection(wait(40)), Vec::new()),
        ]);
        let expected =
            Waiting { count: 3, until: 20, why: "until 20".into(), asks: false, limited: false };
        assert_eq!(waiting, Some(expected));
    }

    #[test]
    fn one_call_that_asks_or_is_limited_is_enough() {
        let flags = |state, attempts| {
            let calm = (EntryState::BackingOff(wait(20)), Vec::new());
            of(&[calm, (state, attempts)]).map(|waiting| (waiting.asks, waiting.limited))
        };
        let refused = || vec![sent(AttemptOutcome::Status(429))];
        let failed = || vec![sent(AttemptOutcome::Failed("reset".into()))];
        for (state, attempts, expected) in [
            (EntryState::Asking(wait(90)), failed(), (true, false)),
            (EntryState::Asking(wait(90)), refused(), (true, true)),
            (EntryState::WaitingForBudget(wait(90)), Vec::new(), (false, true)),
            (EntryState::BackingOff(wait(90)), refused(), (false, true)),
            (EntryState::BackingOff(wait(90)), failed(), (false, false)),
        ] {
            assert_eq!(flags(state.clone(), attempts), Some(expected), "{state:?}");
        }
    }
}
