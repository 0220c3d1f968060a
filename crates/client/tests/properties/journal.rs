//! An entry of the journal stays small, however long an outage lasts.

use backoffice_client::EntryState;

use crate::assert_holds;
use crate::history::{Did, History, Live};
use crate::run::since_start;

/// How much of one call is kept.
const OF_ONE_CALL: usize = 50;

#[test]
fn an_entry_has_a_bounded_number_of_waits() {
    assert_holds(|history| grows(history, |call| call.waits).map_or(Ok(()), Err));
}

#[test]
fn an_entry_has_a_bounded_number_of_attempts() {
    assert_holds(|history| grows(history, |call| call.attempts).map_or(Ok(()), Err));
}

/// An entry that keeps too much, if there is one. What the user does to it may be kept.
fn grows(history: &History, kept: impl Fn(&Live) -> usize) -> Option<String> {
    history.looks.iter().find_map(|look| {
        let call = look.live.iter().find(|call| {
            let is_about =
                |did: &Did| matches!(did, Did::Consented { line, .. } if *line == call.line);
            let done = history.acts.iter().filter(|act| is_about(&act.did)).count();
            kept(call) > OF_ONE_CALL + 2 * done
        })?;
        let state: &EntryState = &call.state;
        let (count, at) = (kept(call), since_start(look.at));
        Some(format!("{count} at {at}: {} {state:?}", call.line))
    })
}
