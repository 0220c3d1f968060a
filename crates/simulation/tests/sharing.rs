//! What tabs share besides the budget: who is signed in, under which name, and what
//! is remembered when all of them are gone.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use backoffice_client::{CallError, Priority, SessionState, SessionStore as _, StoredSession};
use backoffice_contract::op;
use backoffice_contract::session::Credentials;
use backoffice_simulation::server::sessions::{ACCESS_LIFE, Count};
use backoffice_simulation::{Tab, TabOptions, Task, World, WorldOptions};

const ADA: &str = "ada@example.com";
const RENAMED: &str = "ada@example.org";
/// What messages and questions among tabs take at most, and starting to share.
const MOMENT: u64 = 3_000;

fn world() -> World {
    World::new(WorldOptions::default())
}

fn open(world: &World, session: Option<StoredSession>) -> Tab {
    let tab = world.open(TabOptions { session, ..TabOptions::default() }).unwrap();
    world.advance(MOMENT);
    tab
}

fn read(world: &World, tab: &Tab, app: &str) -> Task<Result<(), CallError>> {
    let (client, app) = (tab.client.clone(), app.to_owned());
    world.spawn(Some(tab.id), async move {
        client.call(op::GetApp { app }, Priority::Interactive).await.map(drop)
    })
}

fn sign_in(world: &World, tab: &Tab) -> Task<Result<(), CallError>> {
    let client = tab.client.clone();
    let credentials =
        Credentials { email: ADA.into(), password: "correct horse".into(), mfa_token: None };
    world.spawn(Some(tab.id), async move { client.sign_in(credentials).await })
}

fn sign_out(world: &World, tab: &Tab) {
    world.spawn(Some(tab.id), tab.client.sign_out());
    world.advance(MOMENT);
}

fn email(tab: &Tab) -> Option<String> {
    tab.client.session().email().map(ToOwned::to_owned)
}

/// Every tab makes a call that works, although the access token has ended.
#[track_caller]
fn assert_renewed_once(world: &World, tabs: &[&Tab]) {
    world.advance(ACCESS_LIFE);
    let calls: Vec<_> =
        tabs.iter().map(|tab| read(world, tab, &format!("of-{}", tab.id.0))).collect();
    world.advance(60_000);
    let answers: Vec<_> = calls.iter().map(Task::take).collect();
    assert_eq!(world.server.sessions(), Count { renewals: 1, reuses: 0, sign_outs: 0 });
    assert!(answers.iter().all(|answer| *answer == Some(Ok(()))), "{answers:?}");
}

#[test]
fn a_tab_that_opens_after_the_account_was_renamed_shares_the_session() {
    let world = world();
    let session = Some(world.session(0));
    let (first, second) = (open(&world, session.clone()), open(&world, session));
    first.client.rename(RENAMED);
    world.advance(MOMENT);
    assert_eq!(email(&second).as_deref(), Some(RENAMED));
    let third = open(&world, first.store.load());
    assert_renewed_once(&world, &[&first, &second, &third]);
}

#[test]
fn a_tab_that_slept_while_the_account_was_renamed_shares_the_session() {
    let world = world();
    let session = Some(world.session(0));
    let (first, second) = (open(&world, session.clone()), open(&world, session));
    world.suspend(second.id);
    first.client.rename(RENAMED);
    world.advance(MOMENT);
    world.thaw(second.id);
    world.advance(MOMENT);
    assert_renewed_once(&world, &[&first, &second]);
}

#[test]
fn signing_out_ends_the_session_in_every_tab() {
    let world = world();
    let session = Some(world.session(0));
    let tabs = [(); 3].map(|()| open(&world, session.clone()));
    // Held, so that it is not sent before.
    world.freeze(tabs[2].id);
    let late = read(&world, &tabs[2], "late");
    sign_out(&world, &tabs[0]);
    world.thaw(tabs[2].id);
    world.advance(MOMENT);
    for tab in &tabs {
        assert_eq!(tab.client.session(), SessionState::SignedOut, "{:?}", tab.id);
        assert_eq!(tab.store.load(), None, "{:?}", tab.id);
    }
    assert_eq!(late.take(), Some(Err(CallError::SignedOut)));
    assert_eq!(world.server.sessions(), Count { renewals: 0, reuses: 0, sign_outs: 1 });
}

#[test]
fn a_tab_that_slept_through_a_sign_out_and_a_sign_in_takes_the_new_session() {
    let world = world();
    let session = Some(world.session(0));
    let (first, second) = (open(&world, session.clone()), open(&world, session));
    world.suspend(second.id);
    sign_out(&world, &first);
    let signed_in = sign_in(&world, &first);
    world.advance(MOMENT);
    assert_eq!(signed_in.take(), Some(Ok(())));
    world.thaw(second.id);
    world.advance(MOMENT);
    let call = read(&world, &second, "of-second");
    world.advance(60_000);
    assert_eq!(call.take(), Some(Ok(())));
    assert_eq!(world.server.sessions(), Count { renewals: 0, reuses: 0, sign_outs: 1 });
}

#[test]
fn a_tab_without_a_session_takes_part_in_that_of_another() {
    let world = world();
    let (first, second) = (open(&world, None), open(&world, None));
    let signed_in = sign_in(&world, &first);
    world.advance(MOMENT);
    assert_eq!(signed_in.take(), Some(Ok(())));
    let client = second.client.clone();
    let nearby = world.spawn(Some(second.id), async move { client.sessions_nearby().await });
    world.advance(MOMENT);
    assert_eq!(nearby.take(), Some(vec![ADA.to_owned()]));
    let client = second.client.clone();
    let adopted = world.spawn(Some(second.id), async move { client.adopt(ADA).await });
    world.advance(MOMENT);
    assert_eq!(adopted.take(), Some(Ok(())));
    assert_eq!(email(&second).as_deref(), Some(ADA));
    assert_eq!(second.client.budget().pages, 2);
    assert_renewed_once(&world, &[&first, &second]);
}

#[test]
fn nobody_is_nearby_where_nobody_is_signed_in() {
    let world = world();
    let (first, second) = (open(&world, None), open(&world, None));
    let client = first.client.clone();
    let nearby = world.spawn(Some(first.id), async move { client.sessions_nearby().await });
    let client = second.client.clone();
    let adopted = world.spawn(Some(second.id), async move { client.adopt(ADA).await });
    world.advance(MOMENT);
    assert_eq!(nearby.take(), Some(Vec::new()));
    assert_eq!(adopted.take(), Some(Err(CallError::SignedOut)));
}

/// A tab that counts from the 26th on makes five calls and ends.
fn remembered() -> World {
    let world = world();
    let tab = open(&world, Some(world.session(0)));
    tab.client.set_first_day(26);
    for number in 0..5 {
        read(&world, &tab, &number.to_string());
    }
    world.advance(30_000);
    assert_eq!(tab.client.month().unwrap().ours, 5);
    world.suspend(tab.id);
    world.kill(tab.id);
    world
}

#[test]
fn the_count_of_the_month_is_remembered_when_all_tabs_are_gone() {
    let world = world();
    let tab = open(&world, Some(world.session(0)));
    for number in 0..5 {
        read(&world, &tab, &number.to_string());
    }
    world.advance(30_000);
    world.suspend(tab.id);
    world.kill(tab.id);
    let tab = open(&world, tab.store.load());
    let call = read(&world, &tab, "6");
    world.advance(30_000);
    assert_eq!(call.take(), Some(Ok(())));
    assert_eq!(tab.client.month().unwrap().ours, 6);
}

#[test]
fn the_day_of_enrolment_is_remembered() {
    let world = remembered();
    let tab = open(&world, Some(world.session(0)));
    let month = tab.client.month().unwrap();
    assert_eq!((month.first_day, month.ours), (26, 5));
}

#[test]
fn the_day_of_enrolment_is_remembered_by_a_page_that_shows_the_month_at_once() {
    let world = remembered();
    let session = Some(world.session(0));
    let tab = world.open(TabOptions { session, ..TabOptions::default() }).unwrap();
    assert!(tab.client.month().is_some());
    world.advance(MOMENT);
    let month = tab.client.month().unwrap();
    assert_eq!((month.first_day, month.ours), (26, 5));
}

#[test]
fn the_window_is_remembered() {
    let world = world();
    let tab = open(&world, Some(world.session(0)));
    for number in 0..10 {
        read(&world, &tab, &number.to_string());
    }
    world.advance(5_000);
    let before = tab.client.budget();
    world.suspend(tab.id);
    world.kill(tab.id);
    let tab = open(&world, tab.store.load());
    let after = tab.client.budget();
    assert!(before.remaining.is_some() && before.reset_at.is_some(), "{before:?}");
    assert_eq!((after.remaining, after.reset_at), (before.remaining, before.reset_at));
}

#[test]
fn a_tab_that_wakes_up_takes_the_newer_session_of_its_store() {
    let world = world();
    let tab = open(&world, Some(world.session(0)));
    world.suspend(tab.id);
    // Another page of the same tab has renewed meanwhile.
    let other = open(&world, tab.store.load());
    let client = other.client.clone();
    let renewed = world.spawn(Some(other.id), async move {
        client.call(op::RenewSession {}, Priority::Interactive).await.map(drop)
    });
    world.advance(MOMENT);
    assert_eq!(renewed.take(), Some(Ok(())));
    world.suspend(other.id);
    world.kill(other.id);
    let newer = other.store.load().unwrap();
    tab.store.save(&newer);
    world.advance(ACCESS_LIFE + MOMENT);
    world.thaw(tab.id);
    world.advance(MOMENT);
    assert_eq!(tab.store.load().map(|stored| stored.tokens), Some(newer.tokens));
    let call = read(&world, &tab, "a");
    world.advance(60_000);
    assert_eq!(call.take(), Some(Ok(())));
    assert_eq!(world.server.sessions(), Count { renewals: 2, reuses: 0, sign_outs: 0 });
}
