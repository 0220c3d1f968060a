//! A line that is lost and found, and answers that never come.

use std::cell::Cell;
use std::rc::Rc;

use backoffice_client::{CallError, EntryState, Priority, WaitKind};
use backoffice_contract::op;

use crate::server::{Reply, ok, status, unreachable};
use crate::support::World;

/// A server that can be reached while the switch is on.
fn switched() -> (World, Rc<Cell<bool>>) {
    let on = Rc::new(Cell::new(false));
    let line = Rc::clone(&on);
    (World::new(move |_| if line.get() { ok("{}") } else { unreachable() }), on)
}

fn restart() -> op::RestartApp {
    op::RestartApp { app: "mine".into() }
}

#[test]
fn calls_wait_while_the_line_is_lost_and_one_of_them_looks() {
    let (world, on) = switched();
    let tasks: Vec<_> = (0..20).map(|n| world.call(World::app(&n.to_string()))).collect();
    world.advance(600_000);
    assert!(tasks.iter().all(|task| !task.is_done()), "none is given up");
    let lost = world.client.connection();
    assert!(lost.lost_since.is_some() && lost.retry_at.is_some());
    let tried = world.lines().len();
    // Twice at first, then at growing intervals of up to half a minute.
    assert!((20..80).contains(&tried), "{tried}");
    let EntryState::WaitingForConnection(wait) = world.last().state else { panic!() };
    assert!(wait.why.starts_with("The API cannot be reached"), "{}", wait.why);
    on.set(true);
    world.advance(40_000);
    assert!(tasks.iter().all(|task| task.result().is_ok()));
    assert_eq!(world.lines().len() - tried, 20, "each goes once");
    assert_eq!(world.client.connection().lost_since, None);
    assert!(world.last().waits.iter().any(|wait| wait.kind == WaitKind::Connection));
}

#[test]
fn a_single_failure_is_no_lost_line() {
    let mut first = true;
    let world =
        World::new(move |_| if std::mem::take(&mut first) { unreachable() } else { ok("{}") });
    let task = world.call(World::app("mine"));
    world.run();
    assert!(task.result().is_ok());
    assert_eq!(world.last().waits[0].kind, WaitKind::Backoff);
}

#[test]
fn the_browsers_word_and_the_users_make_it_look_now() {
    let (world, on) = switched();
    let task = world.call(World::app("mine"));
    world.advance(120_000);
    let tried = world.lines().len();
    on.set(true);
    world.client.try_connection();
    world.advance(200);
    assert!(task.is_done());
    assert_eq!(world.lines().len(), tried + 1);
}

#[test]
fn a_refusal_is_an_answer_too() {
    let on = Rc::new(Cell::new(false));
    let line = Rc::clone(&on);
    let world = World::new(move |_| if line.get() { status(404, "") } else { unreachable() });
    let task = world.call(World::app("mine"));
    world.advance(60_000);
    on.set(true);
    world.advance(60_000);
    assert_eq!(task.result().unwrap_err().status(), Some(404));
    assert_eq!(world.client.connection().lost_since, None);
}

#[test]
fn a_call_that_must_not_run_twice_does_not_look_for_the_line() {
    let (world, on) = switched();
    let read = world.call(World::app("mine"));
    world.advance(5_000);
    let write = world.call(restart());
    world.advance(30_000);
    assert!(world.lines().iter().all(|line| !line.contains("restart")), "{:?}", world.lines());
    on.set(true);
    world.advance(40_000);
    assert!(read.result().is_ok());
    assert!(write.result().is_ok());
    assert_eq!(world.lines().iter().filter(|line| line.contains("restart")).count(), 1);
}

#[test]
fn a_read_looks_for_the_line_in_place_of_a_lone_write() {
    let (world, on) = switched();
    let read = world.call(World::app("mine"));
    world.advance(5_000);
    world.client.cancel(world.last().id);
    world.settle();
    assert_eq!(read.result(), Err(CallError::Cancelled));
    let write = world.call(restart());
    world.advance(5_000);
    on.set(true);
    world.advance(40_000);
    assert!(write.result().is_ok());
    assert!(world.lines().contains(&"GET /api/users".to_owned()));
}

#[test]
fn a_write_that_waited_for_over_a_minute_asks_before_it_goes() {
    let (world, on) = switched();
    let _read = world.call(World::app("mine"));
    world.advance(5_000);
    let write = world.call(restart());
    let id = world.client.journal().iter().find(|e| e.target.contains("restart")).unwrap().id;
    world.advance(100_000);
    assert!(matches!(world.client.entry(id).unwrap().state, EntryState::Asking(_)));
    on.set(true);
    world.advance(100_000);
    assert!(!write.is_done(), "the user has not answered");
    world.client.wait(id);
    world.advance(1_000);
    assert!(write.result().is_ok());
}

#[test]
fn a_read_without_an_answer_is_made_again_after_half_a_minute() {
    let mut first = true;
    let world =
        World::new(move |_| if std::mem::take(&mut first) { Reply::Hangs } else { ok("{}") });
    let task = world.call(World::app("mine"));
    world.advance(29_900);
    assert_eq!(world.lines().len(), 1);
    world.run();
    assert!(task.result().is_ok());
    assert_eq!(world.server.aborted.get(), 1, "the first is given up");
    assert_eq!(world.client.connection().lost_since, None, "slow is not lost");
}

#[test]
fn a_write_without_an_answer_has_an_unknown_fate_after_a_minute() {
    let world = World::new(|_| Reply::Hangs);
    let task = world.call(restart());
    world.advance(59_000);
    assert!(!task.is_done());
    world.run();
    assert!(matches!(task.result(), Err(CallError::FateUnknown(_))));
    assert_eq!(world.last().state, EntryState::FateUnknown);
    assert_eq!(world.lines().len(), 1);
}

#[test]
fn an_answer_that_came_while_the_machine_slept_is_taken() {
    let world = World::new(|_| ok("{}"));
    world.server.delay.set(50_000);
    let task = world.call_as(World::app("mine"), Priority::Interactive);
    // Its timers fire when it wakes up, the one for giving up first.
    world.advance(29_000);
    world.clock.now.set(world.clock.now.get() + 3_600_000);
    world.server.delay.set(100);
    world.run();
    assert!(task.result().is_ok());
    assert_eq!(world.lines().len(), 1);
}

#[test]
fn when_the_call_that_looks_is_given_up_another_looks() {
    let mode = Rc::new(Cell::new(0));
    let now = Rc::clone(&mode);
    let world = World::new(move |_| match now.get() {
        0 => unreachable(),
        1 => Reply::Hangs,
        _ => ok("{}"),
    });
    let tasks = [world.call(World::app("a")), world.call(World::app("b"))];
    world.advance(10_000);
    mode.set(1);
    let sending = || world.client.journal().into_iter().find(|e| e.state == EntryState::Sending);
    while sending().is_none() {
        world.advance(100);
    }
    mode.set(2);
    world.client.cancel(sending().unwrap().id);
    world.advance(300);
    assert!(tasks.iter().all(|task| task.is_done()));
}
