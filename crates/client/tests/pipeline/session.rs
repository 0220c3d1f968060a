//! Tokens: renewal, expiry, signing in and out.

use std::cell::Cell;
use std::rc::Rc;

use backoffice_client::{CallError, EntryState, Note, SessionState, SessionStore as _, Wait, Why};
use backoffice_contract::{OperationId, op};

use crate::server::{Reply, Seen, ok, status, unreachable};
use crate::support::{World, token_data};

fn unauthorized() -> Reply {
    status(401, r#"{"error":{"code":401,"message":"Not authenticated"}}"#)
}

/// The first access token has expired; each renewal makes the next pair, and so does
/// a sign-in. `renew` may say something else instead.
fn server(renew: impl Fn() -> Option<Reply> + 'static) -> impl FnMut(&Seen) -> Reply {
    let mut current = 1;
    move |seen| {
        let token = seen.token.clone().unwrap_or_default();
        match seen.line.as_str() {
            "POST /api/session/renew" => match renew() {
                Some(reply) => return reply,
                None if token != format!("renewal-{current}") => return unauthorized(),
                None => current += 1,
            },
            "POST /api/session" => current = 100,
            line if line.contains("forbidden") => return unauthorized(),
            _ if current == 1 || token != format!("access-{current}") => return unauthorized(),
            _ => return ok("{}"),
        }
        ok(&token_data(&current.to_string()))
    }
}

fn renewals(world: &World) -> usize {
    world.lines().iter().filter(|line| line.ends_with("/renew")).count()
}

fn signed_in() -> SessionState {
    SessionState::SignedIn { email: "ada@example.com".into() }
}

fn expired() -> SessionState {
    SessionState::Expired { email: "ada@example.com".into() }
}

#[test]
fn many_refused_tokens_are_one_renewal() {
    let world = World::new(server(|| None));
    let tasks: Vec<_> = (0..50).map(|n| world.call(World::app(&n.to_string()))).collect();
    world.run();
    assert!(tasks.iter().all(|task| task.result().is_ok()));
    assert_eq!(renewals(&world), 1);
    assert_eq!(world.store.load().unwrap().tokens.access_token.expose(), "access-2");
    assert_eq!(world.client.session(), signed_in());
    let replayed =
        world.client.journal().into_iter().find(|entry| entry.attempts.len() == 2).unwrap();
    assert_eq!(replayed.attempts[1].note, Some(Note::NewToken));
}

#[test]
fn a_call_that_must_not_run_twice_is_replayed_too() {
    let world = World::new(server(|| None));
    let task = world.call(op::RestartApp { app: "mine".into() });
    world.run();
    assert!(task.result().is_ok());
    assert_eq!(world.answered(401), 1);
}

#[test]
fn no_access_to_an_app_is_an_answer_and_no_loop() {
    let world = World::new(server(|| None));
    let task = world.call(World::app("forbidden"));
    world.run();
    let error = task.result().unwrap_err();
    assert_eq!((error.status(), error.text().as_str()), (Some(401), "Not authenticated"));
    assert_eq!(renewals(&world), 1);
    assert_eq!(world.lines().len(), 3);
    assert_eq!(world.client.session(), signed_in());
}

#[test]
fn a_refusal_of_an_older_token_needs_no_renewal() {
    let world = World::new(server(|| None));
    world.call(World::app("fast"));
    world.server.delay.set(4_000);
    let slow = world.call(World::app("slow"));
    world.server.delay.set(100);
    world.run();
    assert!(slow.result().is_ok());
    assert_eq!(renewals(&world), 1);
}

#[test]
fn after_expiry_the_user_signs_in_in_place_and_calls_go_on() {
    let world = World::new(server(|| Some(unauthorized())));
    let task = world.call(World::app("mine"));
    world.run();
    assert_eq!(world.client.session(), expired());
    assert!(world.store.load().is_none());
    let entry = world.client.journal()[0].clone();
    assert!(matches!(entry.state, EntryState::Waiting(Wait { why: Why::SignIn, .. })));
    let later = world.call(World::app("later"));
    world.run();
    assert!(!later.is_done());
    let signing_in = world.sign_in(" Ada@Example.com ");
    world.run();
    signing_in.result().unwrap();
    assert!(task.result().is_ok());
    assert!(later.result().is_ok());
    assert_eq!(world.client.session().email(), Some("Ada@Example.com"));
}

#[test]
fn calls_of_one_user_end_when_another_signs_in() {
    let world = World::new(server(|| Some(unauthorized())));
    let task = world.call(World::app("mine"));
    world.run();
    world.sign_in("bob@example.com");
    world.run();
    assert_eq!(task.result(), Err(CallError::SignedOut));
    assert_eq!(world.client.session().email(), Some("bob@example.com"));
    assert!(!world.lines().iter().skip(3).any(|line| line.contains("mine")));
}

#[test]
fn what_is_on_its_way_for_one_user_is_aborted_when_another_signs_in() {
    let mut server = server(|| None);
    let world = World::new(
        move |seen| {
            if seen.line.contains("slow") { Reply::Hangs } else { server(seen) }
        },
    );
    let task = world.call(World::app("slow"));
    world.advance(500);
    world.sign_in("bob@example.com");
    world.run();
    assert_eq!(task.result(), Err(CallError::SignedOut));
    assert_eq!(world.server.aborted.get(), 1);
}

/// Nothing is left for Ada, and the server says so on every answer, refusals of the
/// token included.
fn exhausted() -> World {
    let mut server = server(|| None);
    World::new(move |seen| {
        let reply = server(seen);
        if seen.line.starts_with("POST") {
            return reply;
        }
        reply
            .with("x-ratelimit-limit", 10)
            .with("x-ratelimit-remaining", 0)
            .with("x-ratelimit-reset", 50)
    })
}

#[test]
fn a_refused_token_says_nothing_about_the_users_budget() {
    let world = exhausted();
    let task = world.call(World::app("mine"));
    world.advance(1_000);
    assert!(task.result().is_ok(), "neither renewal nor replay is held");
}

#[test]
fn a_new_token_is_taken_after_a_wait_for_budget() {
    let world = exhausted();
    world.call(World::app("mine"));
    world.advance(1_000);
    let waiting = world.call(World::app("waiting"));
    world.sign_in("ada@example.com");
    world.run();
    assert!(waiting.result().is_ok());
    assert_eq!(world.answered(401), 1, "only the very first token was refused");
}

#[test]
fn another_user_has_another_budget() {
    let world = exhausted();
    world.call(World::app("mine"));
    world.advance(1_000);
    assert_eq!(world.client.budget().remaining, Some(0));
    world.sign_in("bob@example.com");
    world.advance(500);
    assert_eq!(world.client.budget().remaining, None);
    let task = world.call(World::app("bobs"));
    world.advance(500);
    assert!(task.result().is_ok());
}

#[test]
fn a_lost_renewal_is_tried_once_more() {
    let tries = Rc::new(Cell::new(0));
    let counted = Rc::clone(&tries);
    let world = World::new(server(move || {
        counted.set(counted.get() + 1);
        Some(if counted.get() == 1 { unreachable() } else { unauthorized() })
    }));
    world.call(World::app("mine"));
    world.run();
    assert_eq!(tries.get(), 2);
    assert_eq!(world.client.session(), expired());
}

#[test]
fn a_renewal_that_cannot_be_made_leaves_the_session_alone() {
    let world = World::new(server(|| Some(unreachable())));
    let task = world.call(World::app("mine"));
    world.run();
    assert!(matches!(task.result(), Err(CallError::Unreachable(_))));
    assert_eq!(renewals(&world), 2);
    assert_eq!(world.client.session(), signed_in());
    assert!(world.store.load().is_some());
}

#[test]
fn a_renewal_survives_the_call_that_wanted_it() {
    let world = World::new(server(|| None));
    let reader = world.droppable("mine");
    world.advance(160);
    assert_eq!(world.last().state, EntryState::Sending, "the renewal is on its way");
    drop(reader);
    world.settle();
    assert_eq!(world.server.aborted.get(), 0, "nobody waits for it, but it is not aborted");
    let later = world.call(World::app("later"));
    world.run();
    assert!(later.result().is_ok());
    assert_eq!(renewals(&world), 1);
}

#[test]
fn a_stale_renewal_does_not_undo_a_newer_sign_in() {
    let world = World::new(server(|| None));
    let task = world.call(World::app("mine"));
    world.advance(90);
    world.server.delay.set(10_000);
    world.advance(200);
    assert_eq!(world.client.journal().len(), 2, "the renewal is on its way");
    world.server.delay.set(100);
    let signing_in = world.sign_in("ada@example.com");
    world.run();
    signing_in.result().unwrap();
    assert_eq!(world.store.load().unwrap().tokens.access_token.expose(), "access-100");
    assert!(task.result().is_ok());
    assert!(world.now() < 2_000, "nobody waits for it any more");
}

#[test]
fn signing_out_ends_everything_at_once_and_tells_the_server() {
    let world = World::new(|seen| if seen.line.contains("slow") { Reply::Hangs } else { ok("{}") });
    let slow = world.call(World::app("slow"));
    world.advance(500);
    let waiting: Vec<_> = (0..20).map(|n| world.call(World::app(&n.to_string()))).collect();
    let farewell = world.client.sign_out();
    assert_eq!(world.client.session(), SessionState::SignedOut);
    assert!(world.store.load().is_none());
    world.settle();
    assert_eq!(slow.result(), Err(CallError::SignedOut));
    assert!(waiting.iter().all(|task| task.result() == Err(CallError::SignedOut)));
    let done = world.spawn(farewell);
    world.run();
    assert!(done.is_done());
    let last = world.server.seen.borrow().last().cloned().unwrap();
    assert_eq!(
        (last.line.as_str(), last.token.as_deref()),
        ("DELETE /api/session", Some("access-1"))
    );
    let after = world.call(World::app("after"));
    world.run();
    assert_eq!(after.result(), Err(CallError::SignedOut));
}

#[test]
fn signing_out_during_a_renewal_stays_signed_out() {
    let world = World::new(server(|| None));
    let task = world.call(World::app("mine"));
    world.advance(200);
    world.server.delay.set(100);
    let farewell = world.spawn(world.client.sign_out());
    world.run();
    assert!(farewell.is_done());
    assert_eq!(task.result(), Err(CallError::SignedOut));
    assert_eq!(world.client.session(), SessionState::SignedOut);
    assert!(world.store.load().is_none());
}

#[test]
fn signing_out_during_a_sign_in_stays_signed_out() {
    let world = World::new(server(|| None));
    let signing_in = world.sign_in("ada@example.com");
    world.advance(60);
    world.spawn(world.client.sign_out());
    world.run();
    assert_eq!(signing_in.result(), Err(CallError::Cancelled));
    assert!(world.store.load().is_none());
}

#[test]
fn a_wrong_password_is_an_answer() {
    let world = World::new(|_| {
        status(401, r#"{"error":{"status":401,"message":"Invalid email or password"}}"#)
    });
    let task = world.sign_in("ada@example.com");
    world.run();
    assert_eq!(task.result().unwrap_err().text(), "Invalid email or password");
    assert_eq!(world.client.session(), signed_in(), "the session that was stays");
}

#[test]
fn a_renewal_by_hand_renews_and_hands_out_no_tokens() {
    let world = World::new(server(|| None));
    let task = world.call(op::RenewSession {});
    world.run();
    assert!(task.result().unwrap().access_token.is_empty());
    assert_eq!(world.store.load().unwrap().tokens.access_token.expose(), "access-2");
}

#[test]
fn a_token_that_has_ended_is_renewed_before_it_is_refused() {
    let world = World::new(server(|| None));
    world.call(World::app("first"));
    world.run();
    assert_eq!((renewals(&world), world.answered(401)), (1, 1));
    world.advance(28 * 60_000);
    world.call(World::app("young"));
    world.run();
    assert_eq!(renewals(&world), 1);
    world.advance(2 * 60_000);
    let late = world.call(World::app("late"));
    world.run();
    assert!(late.result().is_ok());
    assert_eq!(renewals(&world), 2);
    assert_eq!(world.answered(401), 1, "no request was spent on being refused");
}

#[test]
fn a_token_that_cannot_be_renewed_ahead_of_time_may_still_be_good() {
    let failing = Rc::new(Cell::new(false));
    let fails = Rc::clone(&failing);
    let world = World::new(server(move || fails.get().then(|| status(500, ""))));
    world.call(World::app("first"));
    world.run();
    failing.set(true);
    world.advance(30 * 60_000);
    let task = world.call(World::app("mine"));
    world.run();
    assert!(task.result().is_ok());
    assert_eq!(world.client.session(), signed_in());
}

#[test]
fn a_renewal_that_fails_is_not_repeated_for_each_call() {
    for lost in [false, true] {
        let failing = Rc::new(Cell::new(false));
        let fails = Rc::clone(&failing);
        let world = World::new(server(move || {
            fails.get().then(|| if lost { status(502, "") } else { status(500, "") })
        }));
        world.call(World::app("first"));
        world.run();
        failing.set(true);
        let before = renewals(&world);
        world.advance(30 * 60_000);
        let tasks: Vec<_> = (0..10).map(|n| world.call(World::app(&n.to_string()))).collect();
        world.advance(5_000);
        assert!(tasks.iter().all(|task| task.is_done()));
        // A renewal whose answer is lost is sent once more.
        assert_eq!(renewals(&world) - before, if lost { 2 } else { 1 });
    }
}

#[test]
fn a_renewal_that_is_told_to_wait_holds_nobody_after_that() {
    let mut refusals = 1;
    let limited = move || {
        refusals -= 1;
        (refusals >= 0).then(|| status(429, "").with("retry-after", 120))
    };
    let limited = std::cell::RefCell::new(limited);
    let world = World::new(server(move || (limited.borrow_mut())()));
    let first = world.call(World::app("mine"));
    world.advance(3_600_000);
    assert!(first.result().is_ok(), "nobody was asked about the renewal");
    let later = world.call(World::app("later"));
    world.advance(1_000);
    assert!(later.is_done());
}

#[test]
fn an_app_without_access_costs_one_renewal_and_not_one_each_time() {
    let world = World::new(server(|| None));
    for _ in 0..5 {
        let task = world.call(World::app("forbidden"));
        world.advance(15_000);
        assert_eq!(task.result().unwrap_err().status(), Some(401));
    }
    assert_eq!(renewals(&world), 1);
    assert_eq!(world.lines().len(), 3 + 4);
}

#[test]
fn a_change_that_waited_for_a_sign_in_for_over_a_minute_asks_before_it_goes() {
    let world = World::new(server(|| Some(unauthorized())));
    let write = world.call(op::DeleteApp { app: "mine".into() });
    let read = world.call(World::app("mine"));
    world.advance(120_000);
    world.sign_in("ada@example.com");
    world.run();
    assert!(read.result().is_ok());
    assert!(!write.is_done());
    let entry = world.client.journal()[0].clone();
    assert!(matches!(entry.state, EntryState::Asking(_)), "{:?}", entry.state);
    world.client.consent(entry.id);
    world.run();
    assert!(write.result().is_ok());
}

#[test]
fn a_renewal_on_its_way_cannot_be_cancelled() {
    let world = World::new(server(|| None));
    let task = world.call(World::app("mine"));
    world.advance(160);
    let renewal = world.last();
    assert_eq!(
        (renewal.operation, renewal.state),
        (OperationId::RenewSession, EntryState::Sending)
    );
    world.client.cancel(renewal.id);
    world.run();
    assert!(task.result().is_ok());
    assert_eq!((renewals(&world), world.server.aborted.get()), (1, 0));
}

#[test]
fn a_second_refusal_of_a_young_token_is_a_second_renewal_and_no_loop() {
    // Ending the session elsewhere invalidates every token.
    let ended = Rc::new(Cell::new(false));
    let over = Rc::clone(&ended);
    let mut works = server(|| None);
    let world = World::new(move |seen| if over.get() { unauthorized() } else { works(seen) });
    let first = world.call(World::app("first"));
    world.run();
    assert!(first.result().is_ok());
    assert_eq!(renewals(&world), 1);
    ended.set(true);
    let second = world.call(World::app("second"));
    world.run();
    assert!(!second.is_done());
    assert_eq!(renewals(&world), 2, "what ended long ago is not taken for the answer");
    assert_eq!(world.client.session(), expired());
    assert!(world.lines().len() < 10, "{:?}", world.lines());
}

#[test]
fn the_session_can_be_renewed_by_hand_twice() {
    let world = World::new(server(|| None));
    for _ in 0..2 {
        let task = world.call(op::RenewSession {});
        world.run();
        drop(task.result());
    }
    assert_eq!(renewals(&world), 2);
}
