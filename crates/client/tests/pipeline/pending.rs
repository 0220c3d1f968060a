//! Calls that their user follows and takes back.

use std::cell::Cell;
use std::rc::Rc;

use backoffice_client::{CallError, EntryId, Priority, Stage, WaitKind};
use backoffice_contract::{Operation, OperationId, op};

use crate::server::{ok, status, unreachable};
use crate::support::{Task, World};

fn restart() -> op::RestartApp {
    op::RestartApp { app: "mine".into() }
}

fn delete() -> op::DeleteApp {
    op::DeleteApp { app: "mine".into() }
}

fn start<O: Operation>(
    world: &World,
    operation: O,
) -> (EntryId, Task<Result<O::Response, CallError>>) {
    let (id, answer) = world.client.start(operation, Priority::Interactive);
    let task = world.spawn(answer);
    (id, task)
}

#[track_caller]
fn stage(world: &World, id: EntryId) -> Stage {
    world.client.entry(id).unwrap().stage()
}

/// The first call is refused for twenty seconds.
fn limited() -> World {
    let mut first = true;
    World::new(move |_| {
        if std::mem::take(&mut first) { status(429, "").with("retry-after", 20) } else { ok("{}") }
    })
}

/// A world whose API cannot be reached while the switch is off, which it knows already.
fn lost() -> (World, Rc<Cell<bool>>) {
    let on = Rc::new(Cell::new(false));
    let seen = Rc::clone(&on);
    let world = World::new(move |_| if seen.get() { ok("{}") } else { unreachable() });
    let _read = world.call(World::app("mine"));
    world.advance(5_000);
    assert!(world.client.connection().lost_since.is_some());
    (world, on)
}

fn sent(world: &World, part: &str) -> usize {
    world.lines().iter().filter(|line| line.contains(part)).count()
}

#[test]
fn a_call_is_held_then_on_its_way_then_over() {
    let world = World::new(|_| ok("{}"));
    let (id, task) = start(&world, restart());
    let Stage::Held(held) = stage(&world, id) else { panic!("not polled yet") };
    assert_eq!((held.kind, held.asks), (None, false));
    assert_eq!(world.client.unsent_changes(), 1);
    world.settle();
    assert!(matches!(stage(&world, id), Stage::OnItsWay { .. }));
    assert_eq!(world.client.unsent_changes(), 0, "it has left");
    world.run();
    assert_eq!(stage(&world, id), Stage::Over);
    assert!(task.result().is_ok());
}

#[test]
fn a_call_that_waits_for_the_limit_is_taken_back_and_never_sent() {
    let world = limited();
    let _first = world.call(World::app("mine"));
    world.advance(1_000);
    let (id, task) = start(&world, restart());
    world.settle();
    let Stage::Held(held) = stage(&world, id) else { panic!("it waits") };
    assert_eq!(held.kind, Some(WaitKind::Budget));
    assert!(held.until.is_some() && held.why.is_some());
    assert!(world.client.take_back(id));
    world.settle();
    assert_eq!(task.result(), Err(CallError::Cancelled));
    world.advance(60_000);
    assert_eq!(sent(&world, "restart"), 0);
}

#[test]
fn a_call_on_its_way_is_not_taken_back() {
    let world = World::new(|_| ok("{}"));
    let (id, task) = start(&world, restart());
    world.settle();
    assert!(!world.client.take_back(id));
    world.run();
    assert!(task.result().is_ok());
    assert!(!world.client.take_back(id), "it is over");
}

#[test]
fn a_call_taken_back_after_an_attempt_without_an_answer_may_have_run() {
    let world = World::new(|_| unreachable());
    let (id, task) = start(&world, delete());
    world.advance(5_000);
    assert!(sent(&world, "DELETE") > 0 && matches!(stage(&world, id), Stage::Held(_)));
    assert!(world.client.take_back(id));
    world.settle();
    assert!(matches!(task.result(), Err(CallError::FateUnknown(_))));
}

#[test]
fn a_refusal_by_the_limit_is_no_attempt_that_may_have_run() {
    let world = limited();
    let (id, task) = start(&world, delete());
    world.advance(1_000);
    assert_eq!(world.answered(429), 1);
    assert!(world.client.take_back(id));
    world.settle();
    assert_eq!(task.result(), Err(CallError::Cancelled));
}

#[test]
fn what_destroys_is_not_kept_for_a_later_connection() {
    let (world, on) = lost();
    let (id, task) = start(&world, delete());
    world.advance(9_000);
    assert!(!task.is_done() && matches!(stage(&world, id), Stage::Held(_)));
    world.advance(2_000);
    assert_eq!(task.result(), Err(CallError::Offline(OperationId::DeleteApp)));
    on.set(true);
    world.advance(120_000);
    assert_eq!(world.client.connection().lost_since, None);
    assert_eq!(sent(&world, "DELETE"), 0);
}

#[test]
fn a_connection_that_is_soon_back_lets_it_go() {
    let (world, on) = lost();
    let (_, task) = start(&world, delete());
    world.advance(4_000);
    on.set(true);
    world.client.try_connection();
    world.advance(5_000);
    assert!(task.result().is_ok());
    assert_eq!(sent(&world, "DELETE"), 1);
}

#[test]
fn what_destroys_waits_for_the_limit_as_all_others() {
    let world = limited();
    let (_, task) = start(&world, delete());
    world.advance(60_000);
    assert!(task.result().is_ok());
}

#[test]
fn other_changes_are_kept() {
    let (world, on) = lost();
    let (_, task) = start(&world, restart());
    world.advance(30_000);
    assert!(!task.is_done());
    on.set(true);
    world.advance(30_000);
    assert!(task.result().is_ok());
}

#[test]
fn a_change_that_waited_for_over_a_minute_asks() {
    let (world, _on) = lost();
    let (id, _task) = start(&world, restart());
    world.advance(100_000);
    let Stage::Held(held) = stage(&world, id) else { panic!("it waits") };
    assert!(held.asks);
    assert_eq!(held.asked_at + 100_000, crate::clock::START + world.now());
}

#[test]
fn reads_and_the_sessions_own_calls_are_no_changes() {
    let (world, _on) = lost();
    world.call(World::app("another"));
    world.advance(1_000);
    assert_eq!(world.client.unsent_changes(), 0);
    let (_, _task) = start(&world, restart());
    world.advance(1_000);
    assert_eq!(world.client.unsent_changes(), 1);
    let farewell = world.client.sign_out();
    world.spawn(farewell);
    world.advance(1_000);
    assert_eq!(world.client.unsent_changes(), 0, "dropped with the session");
}

#[test]
fn signing_out_while_offline_leaves_nothing_but_the_end_of_the_session() {
    let (world, _on) = lost();
    let read = world.call(World::app("another"));
    let (_, write) = start(&world, restart());
    world.advance(1_000);
    world.spawn(world.client.sign_out());
    world.settle();
    assert_eq!(read.result(), Err(CallError::SignedOut));
    assert_eq!(write.result(), Err(CallError::SignedOut));
    world.advance(5_000);
    let open: Vec<_> = world.client.journal().into_iter().filter(|e| !e.state.is_final()).collect();
    let open: Vec<_> = open.iter().map(|entry| entry.operation).collect();
    // And a read that looks for the connection, in nobody's name.
    assert_eq!(open, [OperationId::DeleteSession, OperationId::GetAccount]);
    let tokens: Vec<_> = world
        .server
        .seen
        .borrow()
        .iter()
        .filter(|seen| seen.line.contains("/api/users"))
        .map(|seen| seen.token.clone())
        .collect();
    assert!(tokens.iter().all(Option::is_none), "{tokens:?}");
}
