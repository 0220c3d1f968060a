//! Holding calls back before the API refuses them.

use backoffice_client::{EntryState, Priority};
use backoffice_client::{Why, sentences};
use backoffice_contract::LimitClass;

use crate::server::{Limit, Reply, ok};
use crate::support::{World, said};

fn limited(limit: Limit) -> World {
    let mut limit = limit;
    World::new(move |seen| limit.answer(seen.at))
}

fn burst(world: &World, calls: usize) {
    let tasks: Vec<_> = (0..calls).map(|n| world.call(World::app(&n.to_string()))).collect();
    world.run();
    assert!(tasks.iter().all(|task| task.result().is_ok()), "nothing is lost");
}

#[test]
fn a_single_client_is_never_refused_and_loses_nothing() {
    let world = limited(Limit::new(10));
    burst(&world, 47);
    assert_eq!(world.lines().len(), 47);
    assert_eq!(world.answered(429), 0);
    // Five windows are the least for 47 calls at 10 a minute.
    assert!((240_000..250_000).contains(&world.now()), "{}", world.now());
}

#[test]
fn every_window_is_used_to_its_end() {
    let world = limited(Limit::new(120));
    burst(&world, 600);
    assert_eq!(world.answered(429), 0);
    assert!(world.now() < 250_000, "{}", world.now());
}

#[test]
fn calls_go_in_the_order_in_which_they_were_made() {
    let world = limited(Limit::new(5));
    burst(&world, 14);
    let expected: Vec<_> = (0..14).map(|n| format!("GET /api/apps/{n}")).collect();
    assert_eq!(world.lines(), expected);
}

#[test]
fn a_server_that_rounds_down_refuses_once_and_is_understood_then() {
    let world = limited(Limit::new(10).rounding_down());
    world.clock.fixed.set(Some(0.0));
    burst(&world, 60);
    assert!(world.answered(429) <= 1, "{}", world.answered(429));
}

#[test]
fn what_waits_says_why_and_until_when() {
    let world = limited(Limit::new(10));
    world.clock.fixed.set(Some(0.0));
    world.advance(19_500);
    for n in 0..12 {
        world.call(World::app(&n.to_string()));
    }
    world.advance(2_000);
    let view = world.client.budget();
    assert_eq!((view.limit, view.remaining, view.queue.len()), (Some(10), Some(0), 2));
    let told = view.source.clone().unwrap();
    assert_eq!(sentences::source(&told), "x-ratelimit-reset: 41, read as seconds left");
    assert_eq!(view.hold.unwrap().why, Why::WindowUsedUp(told.clone()));
    let EntryState::Waiting(wait) = world.last().state else { panic!() };
    assert_eq!(wait.why, Why::WindowUsedUp(told));
    assert_eq!(wait.until, view.reset_at);
    world.run();
    assert!(matches!(world.last().state, EntryState::Done { status: 200 }));
    assert_eq!(world.client.budget().window, Some(60_000));
}

#[test]
fn interactive_calls_go_before_background_ones() {
    let world = limited(Limit::new(10));
    for n in 0..12 {
        world.call_as(World::app(&format!("background-{n}")), Priority::Background);
    }
    for n in 0..3 {
        world.call(World::app(&format!("interactive-{n}")));
    }
    world.run();
    let lines = world.lines();
    let first = |name: &str| lines.iter().position(|line| line.contains(name)).unwrap();
    assert!(first("interactive-2") < first("background-4"), "{lines:?}");
    assert_eq!(world.answered(429), 0);
}

#[test]
fn background_calls_leave_a_tenth_to_others() {
    let world = limited(Limit::new(20));
    for n in 0..30 {
        world.call_as(World::app(&n.to_string()), Priority::Background);
    }
    world.advance(55_000);
    assert_eq!(world.lines().len(), 18);
    world.call_as(World::app("late"), Priority::Background);
    let EntryState::Waiting(wait) = world.last().state else { panic!() };
    assert!(said(&wait).contains("leaves the rest of this window to you"), "{}", said(&wait));
    let urgent = world.call(World::app("urgent"));
    world.advance(1_000);
    assert!(urgent.is_done());
    world.run();
    assert_eq!(world.lines().len(), 32);
}

#[test]
fn an_interactive_call_lifts_the_equal_background_call() {
    let world = limited(Limit::new(10));
    for n in 0..12 {
        world.call_as(World::app(&n.to_string()), Priority::Background);
    }
    world.advance(5_000);
    assert!(world.lines().len() < 9);
    let task = world.call(World::app("11"));
    assert_eq!(world.last().priority, Priority::Interactive);
    world.advance(1_000);
    assert!(task.is_done());
    assert_eq!(world.lines().last().unwrap(), "GET /api/apps/11");
}

#[test]
fn after_the_reset_one_call_goes_first_and_then_a_few_at_once() {
    let world = limited(Limit::new(30));
    world.server.delay.set(1_000);
    for n in 0..60 {
        world.call(World::app(&n.to_string()));
    }
    world.run();
    let seen = world.server.seen.borrow();
    let second: Vec<_> = seen.iter().skip(30).map(|seen| seen.at).collect();
    assert!(second[1] >= second[0] + 1_000, "the first one is alone");
    for window in second.windows(9) {
        assert!(window[8] > window[0], "at most eight at once");
    }
}

#[test]
fn answers_out_of_order_never_raise_what_is_left() {
    // Every answer overtakes the one before.
    let mut remaining = 10;
    let world = World::new(move |_| {
        remaining -= 1;
        ok("{}")
            .with("x-ratelimit-limit", 10)
            .with("x-ratelimit-remaining", if remaining == 8 { 3 } else { 8 })
            .with("x-ratelimit-reset", 60)
    });
    for n in 0..8 {
        world.call(World::app(&n.to_string()));
    }
    world.advance(1_000);
    assert_eq!(world.client.budget().remaining, Some(3));
}

#[test]
fn the_bucket_of_credentials_is_another() {
    let world = World::new(|seen| {
        let remaining = if seen.line.contains("/session") { 0 } else { 99 };
        ok(r#"{"access_token":"a","renewal_token":"b"}"#)
            .with("x-ratelimit-limit", 100)
            .with("x-ratelimit-remaining", remaining)
            .with("x-ratelimit-reset", 30)
    });
    let task = world.sign_in("ada@example.com");
    world.advance(1_000);
    task.result().unwrap();
    let task = world.call(World::app("free"));
    world.advance(1_000);
    assert!(task.is_done(), "an empty bucket of credentials holds nothing else");
    assert_eq!(world.client.budget_of(LimitClass::Credentials).remaining, Some(0));
    assert_eq!(world.client.budget().remaining, Some(99));
}

#[test]
fn hidden_headers_are_told_and_calls_are_counted_after_the_first_refusal() {
    let world = limited(Limit::new(10).hidden());
    burst(&world, 10);
    assert!(world.client.budget().headers_hidden);
    assert_eq!(world.client.budget().limit, None);
    burst(&world, 30);
    let refusals = world.answered(429);
    assert!(refusals <= 8, "{refusals}");
    let view = world.client.budget();
    assert!((8..=13).contains(&view.limit.unwrap()), "{view:?}");
}

#[test]
fn a_failed_transport_gives_its_place_back() {
    let mut n = 0;
    let world = World::new(move |_| {
        n += 1;
        if n % 2 == 0 {
            return Reply::Fails(backoffice_client::TransportError::Unreachable("gone".into()));
        }
        ok("{}")
            .with("x-ratelimit-limit", 4)
            .with("x-ratelimit-remaining", 3)
            .with("x-ratelimit-reset", 9)
    });
    let tasks: Vec<_> = (0..12).map(|n| world.call(World::app(&n.to_string()))).collect();
    world.run();
    assert!(tasks.iter().all(|task| task.is_done()));
    assert_eq!(world.client.budget().in_flight, 0);
}
