//! Many tabs with one session whose access token ends: it is renewed once.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use backoffice_client::{Priority, SessionState, SessionStore as _};
use backoffice_contract::op;
use backoffice_simulation::server::ServerOptions;
use backoffice_simulation::server::sessions::{ACCESS_LIFE, Count};
use backoffice_simulation::{TabOptions, World, WorldOptions};

/// Opens `tabs` tabs whose access token is `age` milliseconds old, and lets each make
/// 50 calls.
#[track_caller]
fn assert_renewed_once(seed: u64, tabs: u32, age: u64) {
    let server = ServerOptions { limit: 600, ..ServerOptions::default() };
    let world = World::new(WorldOptions { seed, server, ..WorldOptions::default() });
    let session = world.session(age);
    let open = |_| {
        let session = Some(session.clone());
        world.open(TabOptions { session, ..TabOptions::default() }).unwrap()
    };
    let tabs: Vec<_> = (0..tabs).map(open).collect();
    let mut calls = Vec::new();
    for number in 0..50 {
        for tab in &tabs {
            let app = format!("app-{}-{number}", tab.id.0);
            calls.push(world.call(tab, op::GetApp { app }, Priority::Interactive));
        }
    }
    world.run_until(10 * 60_000, || calls.iter().all(|call| call.is_done()));
    let answers: Vec<_> =
        calls.iter().map(|call| call.take().map(|answer| answer.is_ok())).collect();
    let failed = answers.iter().filter(|answer| **answer != Some(true)).count();
    assert_eq!(world.server.sessions(), Count { renewals: 1, reuses: 0, sign_outs: 0 });
    assert_eq!(failed, 0, "of {}", answers.len());
    for tab in &tabs {
        assert!(matches!(tab.client.session(), SessionState::SignedIn { .. }));
        let stored = tab.store.load().unwrap();
        assert_ne!(stored.tokens, session.tokens, "the tab would start with an old token");
    }
}

#[test]
fn one_tab_renews_once() {
    assert_renewed_once(1, 1, ACCESS_LIFE);
}

#[test]
fn twenty_tabs_renew_once() {
    for seed in 1..3 {
        assert_renewed_once(seed, 20, ACCESS_LIFE);
    }
}

#[test]
fn twenty_tabs_renew_once_while_calls_are_on_their_way() {
    for seed in 1..3 {
        assert_renewed_once(seed, 20, ACCESS_LIFE - 300);
    }
}
