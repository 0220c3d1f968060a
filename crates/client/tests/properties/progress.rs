//! Calls go on: each has something that ends its wait, and nothing is sent without end.

use backoffice_client::{EntryState, Millis, Wait, Why};
use backoffice_contract::OperationId;

use crate::assert_holds;
use crate::history::{Did, History, Live, Look};
use crate::model::WINDOW;
use crate::run::since_start;

/// How late a wait may end: the spread after a reset, and the way of an answer.
const LATE: Millis = 5_000;
/// The longest that a call is on its way: how long an answer is waited for, and as
/// long for its body, and a little more when the machine has slept.
const ON_ITS_WAY: Millis = 130_000;
/// How many requests a minute may find no answer: eight calls that are on their way
/// when the connection breaks, and those that look for it.
const UNANSWERED: usize = 20;

#[test]
fn nothing_panics() {
    assert_holds(|history| history.panic.clone().map_or(Ok(()), Err));
}

#[test]
fn a_lone_client_sends_no_more_than_a_window_allows() {
    assert_holds(|history| {
        for arrival in &history.arrivals {
            let Some(window) = arrival.window else { continue };
            let began = arrival.at - (arrival.at - crate::clock::START) % WINDOW;
            let in_window = |at: Millis| (began..began + WINDOW).contains(&at);
            let acts = || history.acts.iter().filter(|act| in_window(act.at));
            // A page that has just come does not know what was used.
            if acts().any(|act| matches!(act.did, Did::Reloaded | Did::SignedIn)) {
                continue;
            }
            let of_window = || history.arrivals.iter().filter(|each| each.window == Some(window));
            // Before an answer has told the limit, it cannot be kept.
            let excess =
                of_window().nth(history.limit as usize).map_or(Millis::MAX, |each| each.at);
            if !history.arrivals.iter().any(|each| each.told && each.at + 1_000 < excess) {
                continue;
            }
            let all = of_window().count();
            // What the user sends now goes whatever is left.
            let sent_now = acts().filter(|act| matches!(act.did, Did::Consented { .. })).count();
            if all > history.limit as usize + sent_now {
                let at = since_start(began);
                return Err(format!("{all} of {} in the window from {at} on", history.limit));
            }
        }
        Ok(())
    });
}

#[test]
fn every_live_call_has_something_that_ends_its_wait() {
    assert_holds(|history| {
        history.looks.iter().try_for_each(|look| {
            look.live.iter().try_for_each(|call| {
                stuck(look, call).map_or(Ok(()), |why| {
                    Err(format!("at {}: {why}: {call:#?}", since_start(look.at)))
                })
            })
        })
    });
}

/// Why nothing will end the wait of a call, if that is so.
fn stuck(look: &Look, call: &Live) -> Option<&'static str> {
    let is_sending = |each: &Live| matches!(each.state, EntryState::Sending);
    let ends = |each: &Live| each.state.wait().is_some_and(|wait| wait.until.is_some());
    let any = |operation| look.live.iter().any(|each| each.operation == operation);
    match &call.state {
        EntryState::Sending => call
            .sent_at
            .is_none_or(|at| look.at > at + ON_ITS_WAY)
            .then_some("is said to be on its way, but is not"),
        EntryState::Waiting(Wait { until: Some(until), .. }) => {
            (look.at > until + LATE).then_some("waits until a moment that is over")
        }
        EntryState::Waiting(Wait { why: Why::SignIn, .. }) => {
            (!look.expired).then_some("waits for a sign-in that nobody needs")
        }
        // Only another call ends it: an answer, a renewal, or the one whose turn is before.
        EntryState::Waiting(_) => (!look.live.iter().any(|each| is_sending(each) || ends(each))
            && !any(OperationId::RenewSession))
        .then_some("waits for another call, but no other call is under way"),
        EntryState::Asking(_) | EntryState::Streaming => None,
        _ => Some("has ended and lives"),
    }
}

#[test]
fn a_call_behind_a_renewal_is_asked_about_and_not_the_renewal() {
    assert_holds(|history| {
        for look in &history.looks {
            let asks = |call: &&Live| {
                call.operation == OperationId::RenewSession
                    && matches!(call.state, EntryState::Asking(_))
            };
            if let Some(call) = look.live.iter().find(asks) {
                return Err(format!("at {}: {call:#?}", since_start(look.at)));
            }
        }
        Ok(())
    });
}

#[test]
fn every_call_ends_when_all_is_well_again() {
    assert_holds(|history| match history.endless.first() {
        Some(call) => Err(format!("{call:#?}")),
        None => Ok(()),
    });
}

#[test]
fn little_is_sent_while_nothing_answers() {
    assert_holds(|history| unanswered(history).map_or(Ok(()), Err));
}

/// More than [`UNANSWERED`] requests in a minute in which nothing was answered, if
/// there are so many. Each thing that the user does may cost one more.
fn unanswered(history: &History) -> Option<String> {
    let reloads = |from: Millis, to: Millis| {
        history
            .acts
            .iter()
            .any(|act| matches!(act.did, Did::Reloaded) && (from..=to).contains(&act.at))
    };
    let mut silent: Vec<Millis> = Vec::new();
    for arrival in &history.arrivals {
        if arrival.answered.is_some() {
            silent.clear();
            continue;
        }
        // Another page knows nothing of what this one has tried.
        if silent.last().is_some_and(|last| reloads(*last, arrival.at)) {
            silent.clear();
        }
        silent.push(arrival.at);
        silent.retain(|at| at + 60_000 > arrival.at);
        let from = silent.first().copied().unwrap_or_default();
        let done = history.acts.iter().filter(|act| (from..=arrival.at).contains(&act.at)).count();
        if silent.len() > UNANSWERED + done {
            let (count, at) = (silent.len(), since_start(arrival.at));
            return Some(format!("{count} in the minute before {at}, last {}", arrival.line));
        }
    }
    None
}
