//! Answers that come piece by piece.

use backoffice_client::{CallError, EntryState, TransportError};
use backoffice_contract::op;
use futures_util::StreamExt as _;

use crate::server::{Reply, status};
use crate::support::World;

fn logs() -> op::StreamLogs {
    op::StreamLogs { app: "mine".into(), query: Default::default() }
}

type Pieces = Vec<Result<String, CallError>>;

/// Reads a stream to its end, or `count` pieces of it.
fn read(world: &World, count: usize) -> crate::support::Task<Result<Pieces, CallError>> {
    let client = world.client.clone();
    let task = world.spawn(async move {
        let stream = client.stream(logs()).await?;
        let pieces =
            stream.take(count).map(|piece| piece.map(|bytes| String::from_utf8(bytes).unwrap()));
        Ok(pieces.filter(|piece| std::future::ready(piece != &Ok(String::new()))).collect().await)
    });
    world.settle();
    task
}

#[test]
fn a_stream_is_open_until_it_ends() {
    let world = World::new(|_| Reply::Pieces(vec![Ok("one\n"), Ok("two\n")]));
    let task = read(&world, 99);
    world.advance(101);
    assert_eq!(world.last().state, EntryState::Streaming);
    assert_eq!(world.client.budget().in_flight, 0, "it takes no place while it lasts");
    world.run();
    assert_eq!(task.result().unwrap(), [Ok("one\n".to_owned()), Ok("two\n".to_owned())]);
    assert_eq!(world.last().state, EntryState::Done { status: 200 });
}

#[test]
fn dropping_a_stream_aborts_it() {
    let world = World::new(|_| Reply::Pieces(vec![Ok("one\n"), Ok("two\n")]));
    let task = read(&world, 1);
    world.run();
    assert_eq!(task.result().unwrap().len(), 1);
    assert_eq!(world.server.aborted.get(), 1);
    assert_eq!(world.last().state, EntryState::Cancelled);
}

#[test]
fn cancelling_a_stream_ends_it_with_an_error() {
    let world = World::new(|_| Reply::Pieces(vec![Ok("one\n"), Ok("two\n")]));
    let task = read(&world, 99);
    world.advance(101);
    world.client.cancel(world.last().id);
    world.run();
    assert_eq!(task.result().unwrap().last(), Some(&Err(CallError::Cancelled)));
    assert_eq!(world.server.aborted.get(), 1);
    assert_eq!(world.last().state, EntryState::Cancelled);
}

#[test]
fn signing_out_ends_streams() {
    let world = World::new(|_| Reply::Pieces(vec![Ok("one\n"), Ok("two\n")]));
    let task = read(&world, 99);
    world.advance(101);
    let _farewell = world.client.sign_out();
    world.run();
    assert_eq!(task.result().unwrap().last(), Some(&Err(CallError::SignedOut)));
}

#[test]
fn a_stream_that_breaks_says_so() {
    let cut = || Err(TransportError::Interrupted("cut".into()));
    let world = World::new(move |_| Reply::Pieces(vec![Ok("one\n"), cut()]));
    let task = read(&world, 99);
    world.run();
    assert!(matches!(task.result().unwrap().last(), Some(Err(CallError::Unreachable(_)))));
    assert!(matches!(world.last().state, EntryState::Failed(_)));
}

#[test]
fn a_stream_that_is_refused_is_an_error() {
    let world = World::new(|_| status(404, ""));
    let task = read(&world, 99);
    world.run();
    assert!(task.result().unwrap_err().is_not_found());
}

#[test]
fn a_stream_that_outlives_a_lost_connection_is_ended() {
    let on = std::rc::Rc::new(std::cell::Cell::new(true));
    let connection = std::rc::Rc::clone(&on);
    let world = World::new(move |seen| match connection.get() {
        _ if seen.line.contains("logs") => Reply::Pieces(vec![Ok(""); 5_000]),
        true => crate::server::ok("{}"),
        false => crate::server::unreachable(),
    });
    let task = read(&world, 9_999);
    world.advance(101);
    on.set(false);
    world.call(World::app("mine"));
    world.advance(3_000);
    assert!(world.client.connection().lost_since.is_some() && !task.is_done());
    on.set(true);
    world.client.try_connection();
    world.advance(500);
    assert!(matches!(task.result().unwrap().last(), Some(Err(CallError::Unreachable(_)))));
}
