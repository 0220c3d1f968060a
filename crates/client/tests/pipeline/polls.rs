//! What a host asks before it polls, and what it does after the machine slept.

use backoffice_client::Priority::{Background, Interactive};
use backoffice_client::{EntryState, SessionState};

use crate::server::{ok, status, unreachable};
use crate::support::World;

/// Whether a background and an interactive read would wait now.
fn would_wait(world: &World) -> (bool, bool) {
    (world.client.would_wait(Background), world.client.would_wait(Interactive))
}

#[test]
fn the_last_tenth_of_a_window_is_not_for_polls() {
    let world = World::new(|_| {
        ok("{}")
            .with("x-ratelimit-limit", 100)
            .with("x-ratelimit-remaining", 10)
            .with("x-ratelimit-reset", 60)
    });
    assert_eq!(would_wait(&world), (false, false), "nothing is known yet");
    world.call(World::app("mine"));
    world.advance(1_000);
    assert_eq!(world.client.budget().remaining, Some(10));
    assert_eq!(would_wait(&world), (true, false));
    assert_eq!(world.lines().len(), 1, "the question costs nothing");
    world.advance(60_000);
    assert_eq!(would_wait(&world), (false, false), "the next window is new");
}

#[test]
fn a_pause_and_a_used_up_month_hold_all() {
    let world = World::new(|_| status(429, "{}").with("retry-after", 30));
    let _held = world.call(World::app("mine"));
    world.advance(200);
    assert_eq!(would_wait(&world), (true, true));

    let used_up = r#"{"success":false,"errors":"Monthly Cap Error, unable to proceed"}"#;
    let world = World::new(move |_| status(429, used_up));
    let _held = world.call(World::app("mine"));
    world.advance(200);
    assert_eq!(would_wait(&world), (true, true));
    world.client.override_month(true);
    assert_eq!(would_wait(&world), (false, false));
}

#[test]
fn a_lost_connection_is_polled_when_the_next_try_is_due() {
    let world = World::new(|_| unreachable());
    let held = [world.droppable("one"), world.droppable("two")];
    world.advance(300);
    assert!(world.client.connection().lost_since.is_some());
    assert_eq!(would_wait(&world), (true, true));
    // With nobody left who waits, only a poll can find out that it is back.
    drop(held);
    world.advance(60_000);
    assert_eq!(would_wait(&world), (false, false));
}

#[test]
fn without_a_session_a_poll_would_wait() {
    let world = World::new(|seen| match seen.line.as_str() {
        "DELETE /api/session" => ok("{}"),
        _ => status(401, "{}"),
    });
    let _held = world.call(World::app("mine"));
    world.run();
    assert!(matches!(world.client.session(), SessionState::Expired { .. }));
    assert_eq!(would_wait(&world), (true, true));
    world.spawn(world.client.sign_out());
    world.run();
    assert_eq!(would_wait(&world), (true, true));
}

#[test]
fn a_hold_ends_by_the_clock_although_the_timers_stood_still() {
    let mut refusals = 1;
    let world = World::new(move |_| {
        refusals -= 1;
        if refusals >= 0 { status(429, "{}").with("retry-after", 50) } else { ok("{}") }
    });
    world.clock.fixed.set(Some(0.0));
    let held = world.call(World::app("mine"));
    world.advance(200);
    assert!(matches!(world.last().state, EntryState::Waiting(_)));
    // The machine sleeps for an hour, in which no timer counts.
    world.clock.now.set(world.clock.now.get() + 3_600_000);
    world.settle();
    assert!(matches!(world.last().state, EntryState::Waiting(_)));
    world.client.wake();
    world.settle();
    assert_eq!(world.last().state, EntryState::Sending);
    world.run();
    assert!(held.result().is_ok());
}

#[test]
fn the_journal_is_read_without_copies_and_in_order() {
    let world = World::new(|_| ok("{}"));
    for name in ["a", "b", "c"] {
        world.call(World::app(name));
    }
    world.run();
    let targets = world.client.with_journal(|entries| {
        entries.rev().map(|entry| entry.target.clone()).collect::<Vec<_>>()
    });
    assert_eq!(targets, ["/api/apps/c", "/api/apps/b", "/api/apps/a"]);
}
