//! Refusals because of the rate limit, and long waits.

use backoffice_client::{AttemptOutcome, CallError, EntryState};
use backoffice_contract::op;

use crate::server::{Limit, Reply, ok, status};
use crate::support::World;

fn refusal() -> Reply {
    status(
        429,
        r#"{"success":false,"message":"Slow down","error_code":429,"errors":"Rate Limit Error"}"#,
    )
}

#[test]
fn a_call_that_another_client_crowded_out_comes_through() {
    let mut limit = Limit::new(10);
    let world = World::new(move |seen| limit.answer(seen.at));
    let other = world.second_client();
    for n in 0..40 {
        let other = other.clone();
        world.spawn(async move {
            other
                .call(World::app(&format!("other-{n}")), backoffice_client::Priority::Interactive)
                .await
        });
        world.call(World::app(&format!("mine-{n}")));
    }
    world.run();
    assert_eq!(world.answered(200), 80, "nothing is lost");
    assert!(world.answered(429) <= 8 * 8, "{}", world.answered(429));
}

#[test]
fn retry_after_wins_over_the_reset() {
    let mut first = true;
    let world = World::new(move |_| {
        let reply = if first { refusal() } else { ok("{}") };
        first = false;
        reply.with("retry-after", 7).with("x-ratelimit-reset", 50).with("x-ratelimit-remaining", 5)
    });
    world.clock.fixed.set(Some(0.0));
    let task = world.call(op::RestartApp { app: "mine".into() });
    world.advance(500);
    let entry = world.last();
    let EntryState::WaitingForBudget(wait) = entry.state else { panic!("{:?}", entry.state) };
    assert_eq!(wait.why, "Waits 7 s: retry-after: 7, read as seconds left.");
    assert_eq!(entry.attempts[0].outcome, Some(AttemptOutcome::Status(429)));
    world.run();
    task.result().unwrap();
    let seen = world.server.seen.borrow();
    assert_eq!(seen.len(), 2, "not executed, so even a restart is sent again");
    assert_eq!(seen[1].at - seen[0].at, 7_000 + 101);
}

#[test]
fn without_a_hint_the_wait_is_jittered_and_grows() {
    let world = World::new(|_| refusal());
    world.clock.fixed.set(Some(0.5));
    let task = world.call(World::app("mine"));
    world.run();
    assert_eq!(task.result().unwrap_err().status(), Some(429));
    let seen = world.server.seen.borrow();
    let waits: Vec<_> = seen.windows(2).map(|pair| pair[1].at - pair[0].at).collect();
    // Half of 1, 2, 4 and 8 s, a spread of half of 250 ms, the way there and back.
    let base = [500, 1_000, 2_000, 4_000];
    for (wait, base) in waits.iter().zip(base) {
        assert!((base..=base + 400).contains(wait), "{waits:?}");
    }
    assert_eq!(seen.len(), 5);
}

#[test]
fn a_reset_of_a_minute_does_not_ask() {
    let world = World::new(|_| {
        ok("{}")
            .with("x-ratelimit-limit", 5)
            .with("x-ratelimit-remaining", 0)
            .with("x-ratelimit-reset", 60)
    });
    world.clock.fixed.set(Some(0.99));
    world.call(World::app("one"));
    world.advance(200);
    let task = world.call(World::app("two"));
    assert!(matches!(world.last().state, EntryState::WaitingForBudget(_)));
    world.advance(63_000);
    assert!(task.is_done());
}

fn refused_for(seconds: u64) -> World {
    let mut refusals = 1;
    World::new(move |_| {
        refusals -= 1;
        if refusals >= 0 { refusal().with("retry-after", seconds) } else { ok("{}") }
    })
}

#[test]
fn a_wait_of_more_than_a_minute_asks_and_does_not_go_by_itself() {
    let world = refused_for(63);
    let task = world.call(World::app("mine"));
    world.advance(200);
    assert!(matches!(world.last().state, EntryState::Asking(_)), "{:?}", world.last().state);
    world.advance(1_000_000);
    assert!(matches!(world.last().state, EntryState::Asking(_)));
    assert!(!task.is_done());
    world.client.wait(world.last().id);
    world.advance(200);
    assert!(task.result().is_ok());
}

#[test]
fn a_call_that_asks_is_in_nobodys_way() {
    let world = refused_for(63);
    let asking = world.call(World::app("asking"));
    world.advance(100_000);
    let other = world.call(World::app("other"));
    world.run();
    assert!(other.result().is_ok());
    assert!(matches!(world.client.journal()[0].state, EntryState::Asking(_)));
    assert!(!asking.is_done(), "what goes on around it is no consent");
}

#[test]
fn who_agrees_to_wait_waits() {
    let world = refused_for(600);
    let task = world.call(World::app("mine"));
    world.advance(200);
    world.client.wait(world.last().id);
    world.settle();
    assert!(matches!(world.last().state, EntryState::WaitingForBudget(_)));
    world.advance(590_000);
    assert_eq!(world.lines().len(), 1);
    world.advance(20_000);
    assert!(task.result().is_ok());
}

#[test]
fn retry_now_ends_a_wait_and_shows_the_others_that_it_is_over() {
    let world = refused_for(600);
    let mine = world.call(World::app("mine"));
    world.advance(200);
    let other = world.call(World::app("other"));
    world.settle();
    let first = world.client.journal()[0].id;
    assert!(matches!(world.last().state, EntryState::Asking(_)));
    *world.server.handler.borrow_mut() = Box::new(|_| {
        ok("{}")
            .with("x-ratelimit-limit", 10)
            .with("x-ratelimit-remaining", 9)
            .with("x-ratelimit-reset", 60)
    });
    world.client.retry_now(first);
    world.advance(500);
    assert!(mine.result().is_ok());
    assert!(other.result().is_ok(), "the hold is lifted for all");
}

#[test]
fn cancel_ends_a_wait() {
    let world = refused_for(600);
    let task = world.call(World::app("mine"));
    world.advance(200);
    world.client.cancel(world.last().id);
    world.settle();
    assert_eq!(task.result(), Err(CallError::Cancelled));
    assert_eq!(world.last().state, EntryState::Cancelled);
    assert_eq!(world.client.budget().queue.len(), 0);
}

#[test]
fn the_monthly_cap_holds_everything_and_asks() {
    let body = r#"{"success":false,"message":"Sorry","error_code":429,"errors":"Monthly Cap Error, unable to proceed","data":{}}"#;
    let world = World::new(move |_| status(429, body));
    world.call(World::app("mine"));
    world.advance(200);
    let EntryState::Asking(wait) = world.last().state else { panic!("{:?}", world.last().state) };
    assert!(wait.why.contains("this month's requests are used up"), "{}", wait.why);
    // 2026-12-01, as the clock stands at 2026-11-24.
    assert_eq!(wait.until, 1_796_083_200_000);
    world.call(World::app("other"));
    assert!(matches!(world.last().state, EntryState::Asking(_)));
    assert_eq!(world.lines().len(), 1, "the second is not even sent");
    assert!(world.client.budget().hold.unwrap().why.contains("this month's"));
}

#[test]
fn a_call_is_refused_five_times_at_most() {
    let world = World::new(|_| refusal().with("retry-after", 1));
    let task = world.call(World::app("mine"));
    world.run();
    assert_eq!(task.result().unwrap_err().text(), "Slow down");
    assert_eq!(world.lines().len(), 5);
}
