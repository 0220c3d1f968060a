//! Tests of a leader that other pages talk to.

use backoffice_contract::Method;

use crate::budget::priority::Rank;
use crate::budget::queue::Queue;
use crate::share::{BudgetMessage, PermitRequest, Settlement};
use backoffice_limits::{Limits, Reading, Reset, Unit};

const OTHER: u64 = 2;

fn answer(limit: u32, remaining: u32, reset_at: u64) -> Settlement {
    let reading = Reading {
        header: "x-ratelimit-reset".into(),
        value: "told".into(),
        unit: Unit::Seconds,
        clock_ahead: None,
        cut_to: None,
    };
    let reset = Some(Reset { at: reset_at, reading: Box::new(reading) });
    let limits =
        Limits { limit: Some(limit), remaining: Some(remaining), reset, ..Limits::default() };
    Settlement::Answer { limits, accepted: true }
}

fn wanted(id: u64, rank: Rank) -> PermitRequest {
    let target = format!("/api/apps/{id}");
    PermitRequest { id, rank, since: 0, method: Method::GET, target, asking: false }
}

fn leader() -> Queue {
    let mut queue = Queue::new(1);
    queue.lead();
    queue
}

/// The calls that the leader lets go at `now`.
fn granted(queue: &mut Queue, now: u64) -> Vec<u64> {
    queue.due(now);
    let grants = queue.take_outbox().into_iter().filter_map(|message| match message {
        BudgetMessage::Grant { id, .. } => Some(id),
        _ => None,
    });
    grants.collect()
}

#[test]
fn a_call_first_heard_of_when_it_lands_is_counted_in_the_month() {
    let mut queue = leader();
    queue.hear_landed(OTHER, 7, 900, answer(120, 119, 60_000), 1_000, 0.0);
    assert_eq!(queue.known.month.view(1_000).ours, 1);
    queue.hear_landed(OTHER, 8, 900, Settlement::Unsent, 1_000, 0.0);
    assert_eq!(queue.known.month.view(1_000).ours, 1);
}

#[test]
fn calls_of_the_user_before_change_nothing() {
    let mut queue = leader();
    queue.hear_taken(OTHER, 1, 900, 900);
    queue.clear();
    queue.hear_taken(OTHER, 2, 1_000, 1_000);
    queue.settle((OTHER, 1), answer(10, 0, 60_000), 1_100, 0.0);
    assert_eq!((queue.view(1_100).limit, queue.view(1_100).in_flight), (None, 1));
    queue.settle((OTHER, 2), answer(10, 4, 60_000), 1_100, 0.0);
    assert_eq!(queue.view(1_100).remaining, Some(4));
}

#[test]
fn the_next_leader_counts_the_calls_in_flight_as_the_last_one_did() {
    let mut first = leader();
    // One call is in flight since before the window ends, one since after, and one may go.
    first.hear_taken(OTHER, 1, 1_000, 1_000);
    first.hear_landed(OTHER, 1, 1_000, answer(10, 9, 60_000), 1_100, 0.0);
    first.hear_taken(OTHER, 2, 59_000, 59_000);
    first.hear_taken(OTHER, 3, 60_500, 60_500);
    first.hear_want(OTHER, wanted(4, Rank::Interactive));
    assert_eq!(granted(&mut first, 60_600), [4]);

    let mut next = Queue::new(3);
    next.rejoin(0);
    let (term, state) = first.state().unwrap();
    assert!(next.hear_state(1, term, state, 60_600));
    assert_eq!(next.view(60_600).in_flight, 3);
    next.lead();
    assert_eq!(next.view(60_700).in_flight, 3);
    // What the first one brings back is about the window before.
    next.settle((OTHER, 2), answer(10, 0, 60_700), 60_700, 0.0);
    assert_eq!((next.view(60_700).in_flight, next.view(60_700).remaining), (2, Some(8)));
    next.settle((OTHER, 3), answer(10, 9, 120_000), 60_800, 0.0);
    assert_eq!((next.view(60_800).in_flight, next.view(60_800).remaining), (1, Some(8)));
}

#[test]
fn a_call_that_was_forgotten_is_not_counted_twice() {
    let mut queue = leader();
    queue.hear_taken(OTHER, 1, 0, 0);
    queue.expire(90_000);
    assert_eq!(queue.view(90_000).in_flight, 0);
    queue.hear_landed(OTHER, 1, 0, answer(10, 9, 150_000), 100_000, 0.0);
    assert_eq!(queue.known.month.view(100_000).ours, 1);
}

#[test]
fn a_click_passes_a_queue_of_background_calls_that_leaves_room_for_others() {
    let mut queue = leader();
    queue.hear_taken(OTHER, 1, 0, 0);
    queue.hear_landed(OTHER, 1, 0, answer(120, 60, 60_000), 100, 0.0);
    for id in 2..32 {
        queue.hear_want(OTHER, wanted(id, Rank::Background));
    }
    assert!(granted(&mut queue, 200).is_empty());
    queue.hear_want(OTHER, wanted(40, Rank::Interactive));
    assert_eq!(granted(&mut queue, 200), [40]);
}

#[test]
fn a_follower_shows_what_waits_elsewhere_and_drops_it_when_it_leads() {
    let mut first = leader();
    first.hear_want(OTHER, wanted(4, Rank::Interactive));
    let mut next = Queue::new(3);
    next.rejoin(0);
    let (term, state) = first.state().unwrap();
    assert!(next.hear_state(1, term, state, 100));
    let view = next.view(100);
    assert_eq!((view.queue.len(), view.waiting, view.pages), (1, 1, 3));
    assert_eq!(view.queue[0].id, None);
    // The page has ended, or reports to the new leader.
    next.lead();
    assert!(granted(&mut next, 200).is_empty());
    assert_eq!(next.view(200).waiting, 0);
    next.hear_hello(OTHER, vec![wanted(4, Rank::Interactive)], &[], 300);
    assert_eq!(granted(&mut next, 300), [4]);
}
