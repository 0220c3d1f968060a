//! Equal reads that are under way at the same time.

use backoffice_client::{CallError, EntryState};
use backoffice_contract::op;

use crate::server::{ok, status};
use crate::support::World;

#[test]
fn equal_reads_are_one_call_and_one_entry() {
    let world = World::new(|_| ok(r#"{"unique_name":"mine"}"#));
    let tasks: Vec<_> = (0..5).map(|_| world.call(World::app("mine"))).collect();
    let other = world.call(World::app("other"));
    world.run();
    for task in tasks {
        assert_eq!(task.result().unwrap().unique_name, "mine");
    }
    assert!(other.result().is_ok());
    assert_eq!(world.lines(), ["GET /api/apps/mine", "GET /api/apps/other"]);
    assert_eq!(world.client.journal().len(), 2);
    world.call(World::app("mine"));
    world.run();
    assert_eq!(world.lines().len(), 3, "what is over is not shared");
}

#[test]
fn equal_reads_fail_together() {
    let world = World::new(|_| status(404, r#"{"errors":{"":["not found"]}}"#));
    let tasks = [world.call(World::app("mine")), world.call(World::app("mine"))];
    world.run();
    assert!(tasks.iter().all(|task| task.result().unwrap_err().is_not_found()));
    assert_eq!(world.lines().len(), 1);
}

#[test]
fn writes_are_never_shared() {
    let world = World::new(|_| ok("{}"));
    world.call(op::RestartApp { app: "mine".into() });
    world.call(op::RestartApp { app: "mine".into() });
    world.run();
    assert_eq!(world.lines().len(), 2);
}

#[test]
fn dropping_one_reader_leaves_the_others_alone() {
    let world = World::new(|_| ok("{}"));
    let first = world.droppable("mine");
    let second = world.call(World::app("mine"));
    world.advance(20);
    drop(first);
    world.run();
    assert!(second.result().is_ok());
    assert_eq!((world.lines().len(), world.server.aborted.get()), (1, 0));
}

#[test]
fn dropping_all_readers_aborts() {
    let world = World::new(|_| ok("{}"));
    let readers = [world.droppable("mine"), world.droppable("mine")];
    world.advance(20);
    drop(readers);
    world.settle();
    assert_eq!(world.server.aborted.get(), 1);
    assert_eq!(world.last().state, EntryState::Cancelled);
    assert_eq!(world.client.budget().in_flight, 0);
}

#[test]
fn cancelling_the_entry_ends_it_for_all() {
    let world = World::new(|_| ok("{}"));
    let tasks = [world.call(World::app("mine")), world.call(World::app("mine"))];
    world.client.cancel(world.last().id);
    world.run();
    assert!(tasks.iter().all(|task| task.result() == Err(CallError::Cancelled)));
}

#[test]
fn a_read_after_a_change_does_not_join_one_from_before_it() {
    let world = World::new(|_| ok("{}"));
    world.server.delay.set(1_000);
    let before = world.call(World::app("mine"));
    world.advance(600);
    world.server.delay.set(100);
    let write = world.call(op::RestartApp { app: "mine".into() });
    world.advance(200);
    assert!(write.is_done() && !before.is_done());
    let after = world.call(World::app("mine"));
    world.advance(200);
    assert!(after.is_done(), "it is a request of its own");
    world.run();
    assert_eq!(world.lines().iter().filter(|line| line.starts_with("GET")).count(), 2);
}
