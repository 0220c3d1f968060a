//! What the calls of the journal wait for together.

use backoffice_client::{Attempt, AttemptOutcome, EntryState, Millis, WaitKind, Why};

/// The calls that wait, as one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// How many calls wait.
    pub count: usize,
    /// When the first of their waits ends, in epoch milliseconds, as far as that is known.
    pub until: Option<Millis>,
    /// Why that one waits.
    pub why: Why,
    /// One of them asks the user whether to wait.
    pub asks: bool,
    /// The rate limit holds one of them.
    pub limited: bool,
}

impl Waiting {
    /// Of these calls, each with all times that it was sent; `None` while none of them waits
    /// for a limit, a connection, a later attempt or the user. A renewal and a sign-in have
    /// signs of their own.
    pub(super) fn of<'a>(
        calls: impl Iterator<Item = (&'a EntryState, &'a [Attempt])>,
    ) -> Option<Self> {
        let mut all = None::<Self>;
        for (state, attempts) in calls {
            let Some(wait) = state.wait() else { continue };
            let asks = matches!(state, EntryState::Asking(_));
            if !asks && matches!(wait.why.kind(), WaitKind::Renewal | WaitKind::SignIn) {
                continue;
            }
            let first = all.get_or_insert_with(|| Self {
                count: 0,
                until: wait.until,
                why: wait.why.clone(),
                asks: false,
                limited: false,
            });
            first.count += 1;
            first.asks |= asks;
            first.limited |= is_limited(&wait.why, attempts);
            let sooner = wait.until.is_some_and(|until| first.until.is_none_or(|at| until < at));
            if sooner {
                (first.until, first.why) = (wait.until, wait.why.clone());
            }
        }
        all
    }
}

/// Whether a call waits for the rate limit rather than after a failure.
fn is_limited(why: &Why, attempts: &[Attempt]) -> bool {
    let last = attempts.last().and_then(|attempt| attempt.outcome.as_ref());
    why.kind() == WaitKind::Budget || last == Some(&AttemptOutcome::Status(429))
}

#[cfg(test)]
mod tests {
    use backoffice_client::{Failure, Source, Wait};

    use super::*;

    fn limited(until: Millis) -> Wait {
        Wait { until: Some(until), why: Why::Paused(Source::NotTold) }
    }

    fn lost(until: Millis) -> Wait {
        Wait { until: Some(until), why: Why::Connection }
    }

    fn failed(until: Millis) -> Wait {
        let failure = Failure::Status(502, None);
        Wait { until: Some(until), why: Why::Backoff { attempt: 2, of: 5, failure } }
    }

    fn sent(outcome: AttemptOutcome) -> Vec<Attempt> {
        vec![Attempt {
            started_at: 0,
            ended_at: Some(1),
            outcome: Some(outcome),
            headers: Vec::new(),
            note: None,
        }]
    }

    fn of(calls: &[(EntryState, Vec<Attempt>)]) -> Option<Waiting> {
        Waiting::of(calls.iter().map(|(state, attempts)| (state, attempts.as_slice())))
    }

    #[test]
    fn calls_that_do_not_wait_do_not_count() {
        assert_eq!(of(&[]), None);
        let renewing = Wait { until: None, why: Why::Renewal };
        let states =
            [EntryState::Sending, EntryState::Waiting(renewing), EntryState::Done { status: 200 }];
        assert_eq!(of(&states.map(|state| (state, Vec::new()))), None);
    }

    #[test]
    fn the_wait_that_ends_first_says_why() {
        let waiting = of(&[
            (EntryState::Waiting(Wait { until: None, why: Why::InFlight }), Vec::new()),
            (EntryState::Waiting(lost(30)), Vec::new()),
            (EntryState::Waiting(failed(20)), sent(AttemptOutcome::Status(502))),
            (EntryState::Sending, Vec::new()),
            (EntryState::Waiting(lost(40)), Vec::new()),
        ]);
        let waiting = waiting.unwrap();
        assert_eq!((waiting.count, waiting.until, waiting.why), (4, Some(20), failed(20).why));
    }

    #[test]
    fn one_call_that_asks_or_is_limited_is_enough() {
        let flags = |state, attempts| {
            let calm = (EntryState::Waiting(failed(20)), Vec::new());
            of(&[calm, (state, attempts)]).map(|waiting| (waiting.asks, waiting.limited))
        };
        let refused = || sent(AttemptOutcome::Status(429));
        let broken = || sent(AttemptOutcome::Failed("reset".into()));
        for (state, attempts, expected) in [
            (EntryState::Asking(failed(90)), broken(), (true, false)),
            (EntryState::Asking(failed(90)), refused(), (true, true)),
            (EntryState::Waiting(limited(90)), Vec::new(), (false, true)),
            (EntryState::Waiting(failed(90)), refused(), (false, true)),
            (EntryState::Waiting(failed(90)), broken(), (false, false)),
        ] {
            assert_eq!(flags(state.clone(), attempts), Some(expected), "{state:?}");
        }
    }
}
