//! Waits and answers in words.

use backoffice_ui::words::time;
use backoffice_web_client::{Attempt, AttemptOutcome, PastWait, sentences};

/// One thing that happened to a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// It was sent.
    Sent(Attempt),
    /// It waited.
    Waited(PastWait),
}

/// What happened to a call, in the order of time.
pub fn timeline(attempts: &[Attempt], waits: &[PastWait]) -> Vec<Step> {
    let at = |step: &Step| match step {
        Step::Sent(attempt) => attempt.started_at,
        Step::Waited(wait) => wait.since,
    };
    let mut steps: Vec<Step> = attempts
        .iter()
        .cloned()
        .map(Step::Sent)
        .chain(waits.iter().cloned().map(Step::Waited))
        .collect();
    steps.sort_by_key(at);
    steps
}

/// A wait that is over, as one sentence with its length.
pub fn waited(wait: &PastWait) -> String {
    sentences::waited(&wait.why, &time::took(wait.ended_at.saturating_sub(wait.since)))
}

/// What came of sending a call: the word for it, and more about it.
pub fn outcome(attempt: &Attempt) -> (String, String) {
    let took = attempt
        .ended_at
        .map(|end| time::took(end.saturating_sub(attempt.started_at)))
        .unwrap_or_default();
    match &attempt.outcome {
        None => ("Sent".to_owned(), "waits for the answer".to_owned()),
        Some(AttemptOutcome::Status(status)) => {
            let meaning = meaning(*status);
            let after = if took.is_empty() { String::new() } else { format!("after {took}") };
            let detail = [meaning, after.as_str()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · ");
            (status.to_string(), detail)
        }
        Some(AttemptOutcome::Failed(reason)) => ("Failed".to_owned(), reason.clone()),
        Some(AttemptOutcome::Aborted) => ("Given up".to_owned(), format!("after {took}")),
    }
}

/// What a status means for the person who waits for the call.
fn meaning(status: u16) -> &'static str {
    match status {
        200..=299 => "done",
        401 => "the access token was refused",
        403 => "not allowed",
        404 => "not there",
        422 => "refused as it is",
        429 => "too many requests, so it was not carried out",
        500..=599 => "the API failed",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use backoffice_web_client::{WaitKind, Why};

    fn past(since: u64, ended_at: u64) -> PastWait {
        PastWait { kind: WaitKind::Budget, since, ended_at, why: Why::InFlight }
    }

    #[test]
    fn a_wait_that_is_over_says_how_long_it_took() {
        assert_eq!(waited(&past(1_000, 13_000)), "Waited 12 s for requests that are on their way.");
    }

    #[test]
    fn attempts_and_waits_stand_in_the_order_of_time() {
        let sent = |started_at| Attempt {
            started_at,
            ended_at: Some(started_at + 20),
            outcome: Some(AttemptOutcome::Status(429)),
            headers: Vec::new(),
            note: None,
        };
        let (first, wait) = (past(0, 100), past(120, 500));
        let steps = timeline(&[sent(100), sent(500)], &[first.clone(), wait.clone()]);
        let expected =
            [Step::Waited(first), Step::Sent(sent(100)), Step::Waited(wait), Step::Sent(sent(500))];
        assert_eq!(steps, expected);
        assert_eq!(
            outcome(&sent(0)),
            (
                "429".to_owned(),
                "too many requests, so it was not carried out · after 20 ms".to_owned()
            )
        );
    }
}
