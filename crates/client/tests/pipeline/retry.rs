//! Failures that another try may not meet.

use backoffice_client::{AttemptOutcome, CallError, EntryState, Priority, TransportError, Why};
use backoffice_contract::op;
use futures_util::future::{Either, select};

use crate::server::{Reply, ok, status, unreachable};
use crate::support::{World, said};

fn create() -> op::CreateApp {
    op::CreateApp { body: Default::default() }
}

fn fails_first(times: usize, failure: impl Fn() -> Reply + 'static) -> World {
    let mut left = times;
    World::new(move |_| {
        let fails = left > 0;
        left = left.saturating_sub(1);
        if fails { failure() } else { ok("{}") }
    })
}

#[test]
fn reads_are_tried_again() {
    for failure in [|| status(503, ""), || status(502, ""), || status(504, ""), unreachable] {
        let world = fails_first(3, failure);
        let task = world.call(World::app("mine"));
        world.run();
        assert!(task.result().is_ok());
        assert_eq!(world.lines().len(), 4);
    }
}

#[test]
fn waits_stay_within_full_jitter() {
    for random in [0.0, 0.5, 0.999_999] {
        let world = fails_first(4, || status(503, ""));
        world.clock.fixed.set(Some(random));
        world.call(World::app("mine"));
        world.run();
        let seen = world.server.seen.borrow();
        let expected = [300.0, 600.0, 1_200.0, 2_400.0].map(|bound| (bound * random) as u64);
        for (pair, wait) in seen.windows(2).zip(expected) {
            // The way back, a millisecond for the body, the wait, the way there.
            assert_eq!(pair[1].at - pair[0].at, 101 + wait);
        }
    }
}

#[test]
fn five_tries_are_enough() {
    let world = fails_first(99, || status(503, ""));
    let task = world.call(World::app("mine"));
    world.run();
    assert_eq!(task.result().unwrap_err().status(), Some(503));
    assert_eq!(world.lines().len(), 5);
}

#[test]
fn other_failures_are_answers() {
    for code in [400, 403, 404, 422, 500, 501] {
        let world = fails_first(99, move || status(code, "{}"));
        let task = world.call(World::app("mine"));
        world.run();
        assert_eq!(task.result().unwrap_err().status(), Some(code));
        assert_eq!(world.lines().len(), 1, "{code}");
    }
}

#[test]
fn a_call_that_must_not_run_twice_is_not_sent_twice() {
    for failure in [
        unreachable,
        || Reply::Fails(TransportError::Interrupted("reset".into())),
        || status(502, ""),
        || status(504, ""),
    ] {
        let world = fails_first(1, failure);
        let task = world.call(create());
        world.run();
        let error = task.result().unwrap_err();
        assert!(matches!(error, CallError::FateUnknown(_)), "{error:?}");
        assert!(error.text().contains("not known whether"));
        assert_eq!(world.lines().len(), 1);
        assert_eq!(world.last().state, EntryState::FateUnknown);
    }
    let world = fails_first(1, || status(503, ""));
    let task = world.call(create());
    world.run();
    assert_eq!(task.result().unwrap_err().status(), Some(503), "it was not executed");
    assert_eq!(world.lines().len(), 1);
}

#[test]
fn an_answer_that_breaks_off_is_asked_for_again_only_when_that_is_harmless() {
    let broken = || {
        let cut = Err(TransportError::Interrupted("cut".into()));
        Reply::Pieces(vec![Ok(r#"{"success""#), cut])
    };
    let world = fails_first(1, broken);
    let task = world.call(World::app("mine"));
    world.run();
    assert!(task.result().is_ok());
    let world = fails_first(1, broken);
    let task = world.call(op::RestartApp { app: "mine".into() });
    world.run();
    assert!(
        matches!(task.result(), Err(CallError::Unreadable(text)) if text.starts_with("It was done"))
    );
    assert_eq!(world.lines().len(), 1);
}

#[test]
fn the_server_says_when() {
    let world = fails_first(1, || status(503, "").with("Retry-After", 20));
    world.clock.fixed.set(Some(0.0));
    world.call(World::app("mine"));
    world.advance(300);
    let EntryState::Waiting(wait) = world.last().state else { panic!() };
    assert!(matches!(wait.why, Why::Backoff { attempt: 2, of: 5, .. }), "{:?}", wait.why);
    assert!(said(&wait).ends_with("retry-after: 20, read as seconds left."), "{}", said(&wait));
    world.run();
    assert_eq!(world.server.seen.borrow()[1].at - world.server.seen.borrow()[0].at, 20_101);
}

#[test]
fn the_server_may_ask_for_more_than_a_minute_and_then_the_user_is_asked() {
    let world = fails_first(1, || status(503, "").with("Retry-After", 63));
    let task = world.call(op::DeleteApp { app: "mine".into() });
    world.advance(500_000);
    assert!(matches!(world.last().state, EntryState::Asking(_)));
    world.client.retry_now(world.last().id);
    world.advance(500);
    assert!(task.result().is_ok());
}

#[test]
fn retry_now_and_cancel_end_a_back_off() {
    let world = fails_first(1, || status(503, "").with("Retry-After", 50));
    let task = world.call(World::app("mine"));
    world.advance(300);
    world.client.retry_now(world.last().id);
    world.advance(300);
    assert!(task.result().is_ok());

    let world = fails_first(1, || status(503, "").with("Retry-After", 50));
    let task = world.call(World::app("mine"));
    world.advance(300);
    world.client.cancel(world.last().id);
    world.settle();
    assert_eq!(task.result(), Err(CallError::Cancelled));
    assert_eq!(world.lines().len(), 1);
}

#[test]
fn who_presses_retry_while_nothing_waits_changes_nothing() {
    let world = fails_first(1, || status(503, "").with("Retry-After", 50));
    world.call(World::app("mine"));
    world.advance(50);
    world.client.retry_now(world.last().id);
    world.advance(1_000);
    assert!(matches!(world.last().state, EntryState::Waiting(_)));
}

#[test]
fn cancel_aborts_a_call_on_its_way() {
    let world = World::new(|_| Reply::Hangs);
    let task = world.call(World::app("mine"));
    world.advance(1_000);
    assert_eq!(world.last().state, EntryState::Sending);
    world.client.cancel(world.last().id);
    world.settle();
    assert_eq!(task.result(), Err(CallError::Cancelled));
    assert_eq!(world.last().state, EntryState::Cancelled);
    assert_eq!(world.server.aborted.get(), 1);
    assert_eq!(world.last().attempts[0].outcome, Some(AttemptOutcome::Aborted));
    assert_eq!(world.client.budget().in_flight, 0);
}

type Failure = Box<dyn FnOnce() -> Option<CallError>>;

fn create_call(world: &World) -> Failure {
    let task = world.call(create());
    Box::new(move || task.result().err())
}

fn restart_call(world: &World) -> Failure {
    let task = world.call(op::RestartApp { app: "mine".into() });
    Box::new(move || task.result().err())
}

fn delete_call(world: &World) -> Failure {
    let task = world.call(op::DeleteApp { app: "mine".into() });
    Box::new(move || task.result().err())
}

#[test]
fn a_change_that_is_given_up_on_its_way_may_be_done_all_the_same() {
    for operation in [create_call, restart_call, delete_call] {
        let world = World::new(|_| Reply::Hangs);
        let task = operation(&world);
        world.advance(1_000);
        world.client.cancel(world.last().id);
        world.settle();
        assert!(matches!(task(), Some(CallError::FateUnknown(_))));
        assert_eq!(world.last().state, EntryState::FateUnknown);
        assert_eq!(world.last().attempts[0].outcome, Some(AttemptOutcome::Aborted));
    }
}

#[test]
fn a_page_that_is_left_does_not_know_what_became_of_its_change() {
    let world = World::new(|_| Reply::Hangs);
    let client = world.client.clone();
    let (stop, stopped) = futures_channel::oneshot::channel::<()>();
    world.spawn(async move {
        let call = Box::pin(client.call(create(), Priority::Interactive));
        matches!(select(call, stopped).await, Either::Left(_))
    });
    world.advance(1_000);
    drop(stop);
    world.settle();
    assert_eq!(world.last().state, EntryState::FateUnknown);
}

#[test]
fn a_removal_whose_answer_was_lost_is_done_when_there_is_nothing_left_to_remove() {
    let world = fails_first(1, unreachable);
    *world.server.handler.borrow_mut() = Box::new({
        let mut first = true;
        move |_| if std::mem::take(&mut first) { unreachable() } else { status(404, "{}") }
    });
    let task = world.call(op::DeleteApp { app: "mine".into() });
    world.run();
    assert!(task.result().is_ok());
    let world = World::new(|_| status(404, "{}"));
    let task = world.call(op::DeleteApp { app: "mine".into() });
    world.run();
    assert_eq!(task.result().unwrap_err().status(), Some(404), "it was never there");
}

#[test]
fn a_body_that_breaks_off_is_a_failed_attempt() {
    let cut = || Err(TransportError::Interrupted("cut".into()));
    let world = fails_first(1, move || Reply::Pieces(vec![Ok(r#"{"success""#), cut()]));
    world.call(World::app("mine"));
    world.run();
    assert_eq!(world.last().attempts[0].outcome, Some(AttemptOutcome::Failed("cut".into())));
}

#[test]
fn a_clock_that_steps_back_makes_no_endless_wait() {
    let world = fails_first(1, || status(503, "").with("Retry-After", 0));
    world.clock.fixed.set(Some(0.0));
    let task = world.call(World::app("mine"));
    world.advance(60);
    world.clock.now.set(world.clock.now.get() - 30);
    world.run();
    assert!(task.result().is_ok());
}

#[test]
fn an_outage_does_not_multiply_the_load() {
    let world = World::new(|_| status(503, ""));
    for n in 0..50 {
        world.call(World::app(&n.to_string()));
    }
    world.run();
    assert_eq!(world.lines().len(), 50 + 10, "ten retries, and none is earned");
}

#[test]
fn after_five_minutes_it_is_too_late_for_another_try() {
    let world = World::new(|_| status(503, ""));
    let task = world.call(World::app("mine"));
    // The machine sleeps while the answer is on its way.
    world.clock.now.set(world.clock.now.get() + 300_000);
    world.run();
    assert_eq!(task.result().unwrap_err().status(), Some(503));
    assert_eq!(world.lines().len(), 1);
}

#[test]
fn a_wait_that_was_cut_short_is_not_resumed_after_the_next_failure() {
    let mut failures = 0;
    let world = World::new(move |_| {
        failures += 1;
        match failures {
            1 => status(503, "").with("Retry-After", 50),
            2 => status(429, "").with("retry-after", 1),
            _ => ok("{}"),
        }
    });
    let task = world.call(World::app("mine"));
    world.advance(300);
    world.client.retry_now(world.last().id);
    world.advance(3_000);
    assert!(task.result().is_ok());
}
