//! Waits and answers in words.

use crate::api::{Attempt, AttemptOutcome, PastWait, WaitKind};
use crate::time;

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
    let took = time::took(wait.ended_at.saturating_sub(wait.since));
    match wait.kind {
        WaitKind::Renewal => format!("Waited {took} for a new access token."),
        WaitKind::SignIn => format!("Waited {took} for you to sign in again."),
        WaitKind::Answer => format!("Asked you for {took} whether to wait{}", reason(&wait.why)),
        WaitKind::Budget | WaitKind::Backoff | WaitKind::Connection => {
            format!("Waited {took}{}", reason(&wait.why))
        }
    }
}

/// The sentence of a wait less its length, for where a countdown says how long it still
/// is: `Waits 41 s: x, read as y.` leaves `x, read as y.`.
pub fn why(sentence: &str) -> &str {
    let rest = sentence.strip_prefix("Waits ").and_then(after_length);
    rest.and_then(|rest| rest.strip_prefix(": ")).unwrap_or(sentence)
}

/// The sentence of a wait less what it says of its length, to follow another verb:
/// `Waits 41 s: x, read as y.` leaves `: x, read as y.`.
fn reason(why: &str) -> String {
    let Some(rest) = why.strip_prefix("Waits ") else {
        return format!(": {}", lower_first(why));
    };
    after_length(rest).map_or_else(|| format!(" {rest}"), str::to_owned)
}

/// What follows a length of time such as `41 s`.
fn after_length(text: &str) -> Option<&str> {
    let (number, rest) = text.split_once(' ')?;
    number.parse::<u64>().ok()?;
    let end = rest.find(|letter: char| !letter.is_alphabetic())?;
    rest.get(end..)
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(char::to_lowercase).into_iter().flatten().chain(letters).collect()
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

/// What a status means for who waits for the call.
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

    fn past(kind: WaitKind, why: &str) -> PastWait {
        PastWait { kind, since: 1_000, ended_at: 13_000, why: why.to_owned() }
    }

    #[track_caller]
    fn check(kind: WaitKind, why: &str, expected: &str) {
        assert_eq!(waited(&past(kind, why)), expected);
    }

    #[test]
    fn a_wait_that_is_over_says_how_long_it_took() {
        let read_as = "x-ratelimit-reset: 41, read as seconds left.";
        check(
            WaitKind::Budget,
            &format!("Waits 41 s: {read_as}"),
            &format!("Waited 12 s: {read_as}"),
        );
        check(
            WaitKind::Backoff,
            &format!("Waits 41 s before try 2 of 5: {read_as}"),
            &format!("Waited 12 s before try 2 of 5: {read_as}"),
        );
        check(
            WaitKind::Budget,
            "Waits for calls that are on their way.",
            "Waited 12 s for calls that are on their way.",
        );
        check(
            WaitKind::Connection,
            "The API cannot be reached.",
            "Waited 12 s: the API cannot be reached.",
        );
        check(
            WaitKind::Answer,
            "Waits 3 min: retry-after: 180, read as seconds left.",
            "Asked you for 12 s whether to wait: retry-after: 180, read as seconds left.",
        );
        check(WaitKind::SignIn, "Any.", "Waited 12 s for you to sign in again.");
        check(WaitKind::Budget, "", "Waited 12 s: ");
        check(WaitKind::Budget, "Waits 41", "Waited 12 s 41");
    }

    #[test]
    fn beside_a_countdown_the_length_is_not_told_again() {
        for (sentence, expected) in [
            (
                "Waits 41 s: retry-after: 41, read as seconds left.",
                "retry-after: 41, read as seconds left.",
            ),
            ("Waits for calls that are on their way.", "Waits for calls that are on their way."),
            (
                "Waits 3 s and leaves the rest to you: any.",
                "Waits 3 s and leaves the rest to you: any.",
            ),
            ("The API cannot be reached.", "The API cannot be reached."),
        ] {
            assert_eq!(why(sentence), expected);
        }
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
        let wait = PastWait { since: 120, ended_at: 500, ..past(WaitKind::Backoff, "Any.") };
        let first = PastWait { since: 0, ended_at: 100, ..past(WaitKind::Budget, "Any.") };
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
