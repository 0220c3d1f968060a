//! Writes go once or not at all, and never later than their sender expects.

use std::collections::BTreeMap;

use backoffice_client::Millis;

use crate::assert_holds;
use crate::history::Did;
use crate::run::since_start;

/// How long a write may wait without a question, with the spread after a reset and
/// the way to the server.
const UNASKED: Millis = 62_000 + 3_000;

#[test]
fn a_call_that_must_not_run_twice_does_not() {
    assert_holds(|history| {
        let mut runs = BTreeMap::<&str, u32>::new();
        for arrival in history.arrivals.iter().filter(|arrival| arrival.executed) {
            if arrival.line.ends_with("/restart") {
                *runs.entry(&arrival.line).or_default() += 1;
            }
        }
        match runs.iter().find(|(_, runs)| **runs > 1) {
            Some((line, runs)) => Err(format!("{line} ran {runs} times")),
            None => Ok(()),
        }
    });
}

#[test]
fn a_write_that_waited_for_over_a_minute_asks_before_it_goes() {
    assert_holds(|history| {
        for arrival in history.arrivals.iter().filter(|arrival| arrival.reached) {
            let Some(call) = history.calls.iter().find(|call| call.line == arrival.line) else {
                continue;
            };
            if call.line.starts_with("GET ") {
                continue;
            }
            // Agreed to a wait, it may go when that ends.
            let agreed = history.acts.iter().filter_map(|act| match &act.did {
                Did::Consented { line, until } if *line == call.line && act.at <= arrival.at => {
                    Some(act.at.max(*until))
                }
                _ => None,
            });
            let expected = agreed.max().unwrap_or(0).max(call.at);
            if arrival.at > expected + UNASKED {
                let (made, at) = (since_start(call.at), since_start(arrival.at));
                return Err(format!("{}, made at {made}, went at {at}", call.line));
            }
        }
        Ok(())
    });
}

#[test]
fn what_was_cancelled_before_it_was_sent_is_never_sent() {
    assert_holds(|history| {
        for act in &history.acts {
            let Did::Cancelled { line, was_sent: false } = &act.did else { continue };
            // The session's own calls are made again under the same name.
            if !history.calls.iter().any(|call| call.line == *line) {
                continue;
            }
            if history.arrivals.iter().any(|arrival| arrival.line == *line) {
                return Err(format!("{line}, cancelled at {}", since_start(act.at)));
            }
        }
        Ok(())
    });
}
