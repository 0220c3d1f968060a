//! What the journal says.

use backoffice_client::{AttemptOutcome, EntryState, Event, Priority};
use backoffice_contract::{Method, OperationId};

use crate::clock::START;
use crate::server::{ok, status};
use crate::support::World;

#[test]
fn an_entry_tells_the_whole_story() {
    let mut first = true;
    let world = World::new(move |_| {
        let reply = if first { status(503, "") } else { ok("{}") };
        first = false;
        reply
            .with("X-RateLimit-Limit", 120)
            .with("x-request-id", "abc")
            .with("set-cookie", "nobody's business")
            .with("content-type", "application/json")
    });
    world.clock.fixed.set(Some(0.5));
    world.call_as(World::app("mine"), Priority::Background);
    world.run();
    let entry = world.last();
    assert_eq!((entry.operation, entry.method), (OperationId::GetApp, Method::GET));
    assert_eq!(entry.target, "/api/apps/mine");
    assert_eq!(entry.cli.as_deref(), Some("gigalixir apps:info -a mine"));
    assert_eq!(
        entry.curl,
        "curl https://api.example.com/api/apps/mine -H \"Authorization: $BACKOFFICE_TOKEN\""
    );
    assert_eq!((entry.priority, entry.started_at), (Priority::Background, START));
    assert_eq!(entry.state, EntryState::Done { status: 200 });
    assert_eq!(entry.ended_at, Some(START + world.now()));
    let [failed, worked] = &entry.attempts[..] else { panic!() };
    assert_eq!(failed.outcome, Some(AttemptOutcome::Status(503)));
    assert_eq!((failed.started_at, failed.ended_at), (START, Some(START + 101)));
    assert_eq!(worked.started_at, START + 101 + 150);
    let names: Vec<_> = worked.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["X-RateLimit-Limit", "x-request-id"]);
}

#[test]
fn it_keeps_five_hundred_and_what_is_under_way() {
    let world = World::new(|seen| {
        if seen.line.ends_with("slow") { crate::server::Reply::Hangs } else { ok("{}") }
    });
    world.call(World::app("slow"));
    for n in 0..600 {
        world.call(World::app(&n.to_string()));
        world.advance(200);
    }
    let journal = world.client.journal();
    assert_eq!(journal.len(), 500);
    assert_eq!(journal[0].target, "/api/apps/slow");
    assert_eq!(journal[499].target, "/api/apps/599");
    assert!(journal.is_sorted_by_key(|entry| entry.id));
    world.client.clear_journal();
    assert_eq!(world.client.journal().len(), 1, "what is under way stays");
}

#[test]
fn an_answer_of_another_form_is_told_without_its_content() {
    let world = World::new(|_| ok(r#""postgres://user:hunter2@db""#));
    let task = world.call(World::app("mine"));
    world.run();
    let error = task.result().unwrap_err();
    assert!(!error.text().contains("hunter2"), "{}", error.text());
    assert!(matches!(world.last().state, EntryState::Failed(_)));
}

#[test]
fn every_change_is_an_event() {
    let world = World::new(|_| ok("{}"));
    world.call(World::app("mine"));
    world.run();
    let events = world.events.borrow();
    assert!(events.contains(&Event::Journal(world.last().id)));
    assert!(events.contains(&Event::Budget));
    drop(events);
    world.spawn(world.client.sign_out());
    world.run();
    assert!(world.events.borrow().contains(&Event::Session));
}

#[test]
fn a_night_offline_leaves_a_journal_of_the_same_size() {
    let world = World::new(|_| crate::server::unreachable());
    for n in 0..20 {
        world.call(World::app(&n.to_string()));
    }
    world.advance(8 * 3_600_000);
    for entry in world.client.journal() {
        assert!(entry.waits.len() <= 50 && entry.attempts.len() <= 50, "{entry:?}");
    }
    let waits: usize = world.client.journal().iter().map(|entry| entry.waits.len()).sum();
    assert!(waits < 200, "one wait whose end moves is one wait: {waits}");
}
