//! A line that is lost and found, and answers that never come.

use std::cell::Cell;
use std::rc::Rc;

use backoffice_client::{CallError, EntryState, Priority, TransportError, WaitKind, Why};
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
    let EntryState::Waiting(wait) = world.last().state else { panic!() };
    assert_eq!(wait.why, Why::Connection);
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
    world.client.consent(id);
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

fn delete() -> op::DeleteApp {
    op::DeleteApp { app: "mine".into() }
}

/// How many requests with `words` in their line the server has seen.
fn seen(world: &World, words: &str) -> usize {
    world.lines().iter().filter(|line| line.contains(words)).count()
}

#[test]
fn signing_out_without_a_connection_does_not_hammer() {
    let (world, on) = switched();
    let farewell = world.spawn(world.client.sign_out());
    world.advance(60_000);
    assert!(world.lines().len() < 15, "{}", world.lines().len());
    on.set(true);
    world.advance(40_000);
    assert!(farewell.is_done());
    let last = world.server.seen.borrow().last().cloned().unwrap();
    assert_eq!(
        (last.line.as_str(), last.token.as_deref()),
        ("DELETE /api/session", Some("access-1"))
    );
}

#[test]
fn polling_a_provider_without_a_connection_does_not_hammer() {
    let (world, _on) = switched();
    world.call(op::PollOauth { provider: "google".into(), session: "any".into() });
    world.advance(60_000);
    assert!(world.lines().len() < 15, "{}", world.lines().len());
}

#[test]
fn a_removal_that_waited_for_over_a_minute_asks_before_it_goes() {
    let (world, on) = switched();
    let _read = world.call(World::app("mine"));
    world.advance(5_000);
    let write = world.call(delete());
    let id = world.last().id;
    world.advance(60_000);
    assert!(matches!(world.client.entry(id).unwrap().state, EntryState::Waiting(_)));
    world.advance(40_000);
    assert!(matches!(world.client.entry(id).unwrap().state, EntryState::Asking(_)));
    on.set(true);
    world.advance(600_000);
    assert!(!write.is_done(), "the user has not answered");
    assert_eq!(seen(&world, "DELETE"), 0);
    world.client.consent(id);
    world.advance(1_000);
    assert!(write.result().is_ok());
    assert_eq!(seen(&world, "DELETE"), 1);
}

#[test]
fn a_removal_that_lost_its_connection_is_no_probe_and_asks_too() {
    let (world, on) = switched();
    let write = world.call(delete());
    world.advance(30_000);
    assert!(seen(&world, "DELETE") <= 2, "{:?}", world.lines());
    assert!(seen(&world, "GET /api/users") > 1, "a read looks in its place");
    world.advance(60_000);
    on.set(true);
    world.advance(60_000);
    assert!(!write.is_done() && seen(&world, "DELETE") <= 2);
}

#[test]
fn the_consent_to_a_change_is_for_a_minute_too() {
    let (world, on) = switched();
    let _read = world.call(World::app("mine"));
    world.advance(5_000);
    let write = world.call(delete());
    let id = world
        .client
        .journal()
        .iter()
        .find(|e| e.target.contains("mine") && e.method.to_string() == "DELETE")
        .unwrap()
        .id;
    world.advance(70_000);
    world.client.consent(id);
    world.advance(120_000);
    assert!(matches!(world.client.entry(id).unwrap().state, EntryState::Asking(_)));
    on.set(true);
    world.advance(60_000);
    assert!(!write.is_done());
}

#[test]
fn without_a_network_nothing_is_sent_and_nothing_has_an_unknown_fate() {
    let on = Rc::new(Cell::new(false));
    let network = Rc::clone(&on);
    let world = World::new(move |_| {
        if network.get() {
            ok("{}")
        } else {
            Reply::Fails(TransportError::Offline("offline".into()))
        }
    });
    let write = world.call(restart());
    world.advance(10_000);
    assert!(!write.is_done());
    let EntryState::Waiting(wait) = world.client.journal()[0].state.clone() else { panic!() };
    assert_eq!(wait.why, Why::Connection);
    on.set(true);
    world.client.try_connection();
    world.advance(1_000);
    assert!(write.result().is_ok());
}

/// A server that can be reached again after `on`, and tells that 9 of 100 calls are left.
fn nearly_used_up() -> (World, Rc<Cell<u8>>) {
    let mode = Rc::new(Cell::new(0));
    let now = Rc::clone(&mode);
    let world = World::new(move |_| {
        if now.get() == 1 {
            return unreachable();
        }
        ok("{}")
            .with("x-ratelimit-limit", 100)
            .with("x-ratelimit-remaining", 9)
            .with("x-ratelimit-reset", 600)
    });
    (world, mode)
}

#[test]
fn a_background_call_that_the_budget_holds_is_in_no_probes_way() {
    let (world, mode) = nearly_used_up();
    world.call(World::app("first"));
    world.advance(1_000);
    mode.set(1);
    let failing = [world.call(World::app("a")), world.call(World::app("b"))];
    world.advance(1_000);
    let background = world.call_as(World::app("background"), Priority::Background);
    let interactive = world.call(World::app("interactive"));
    world.advance(10_000);
    mode.set(0);
    world.advance(20_000);
    assert!(interactive.is_done() && failing.iter().all(|task| task.is_done()));
    assert!(!background.is_done(), "it leaves the rest of the window to others");
}

#[test]
fn a_lone_change_is_probed_for_with_its_own_rank() {
    let (world, mode) = nearly_used_up();
    world.call(World::app("first"));
    world.advance(1_000);
    mode.set(1);
    let failing = [world.call(World::app("a")), world.call(World::app("b"))];
    world.advance(1_000);
    for entry in world.client.journal() {
        world.client.cancel(entry.id);
    }
    world.settle();
    drop(failing);
    let write = world.call(restart());
    world.advance(10_000);
    mode.set(0);
    world.advance(20_000);
    assert!(write.result().is_ok());
}

#[test]
fn a_cancelled_probe_is_made_again() {
    let (world, on) = switched();
    let read = world.call(World::app("mine"));
    world.advance(5_000);
    world.client.cancel(world.last().id);
    world.settle();
    assert!(read.is_done());
    let write = world.call(restart());
    for _ in 0..10 {
        world.advance(2_000);
        let probe = world.client.journal().into_iter().rev().find(|e| e.target == "/api/users");
        if let Some(probe) = probe {
            world.client.cancel(probe.id);
        }
    }
    on.set(true);
    world.advance(60_000);
    assert!(write.is_done());
}

#[test]
fn a_removal_that_ran_before_the_outage_is_done_after_it() {
    let (world, on) = switched();
    let back = Rc::clone(&on);
    *world.server.handler.borrow_mut() = Box::new(move |seen| match back.get() {
        true if seen.line.starts_with("DELETE") => status(404, "{}"),
        true => ok("{}"),
        false => unreachable(),
    });
    let write = world.call(delete());
    world.advance(30_000);
    on.set(true);
    world.advance(31_000);
    assert!(write.result().is_ok());
}

#[test]
fn the_most_urgent_read_is_the_probe() {
    let (world, _on) = switched();
    let background = world.call_as(World::app("background"), Priority::Background);
    let interactive = world.call(World::app("interactive"));
    world.advance(5_000);
    let (later, sooner) = (seen(&world, "background"), seen(&world, "interactive"));
    world.advance(300_000);
    assert!(!background.is_done() && !interactive.is_done());
    assert_eq!(seen(&world, "background"), later);
    assert!(seen(&world, "interactive") > sooner + 5, "{:?}", world.lines());
}
