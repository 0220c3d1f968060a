//! The world keeps the rules of the thing that it models.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::cell::RefCell;
use std::rc::Rc;

use backoffice_client::{Member, Peers as _, Priority};
use backoffice_contract::op;
use backoffice_simulation::peers::TabPeers;
use backoffice_simulation::server::{Ask, ServerOptions, Source};
use backoffice_simulation::{TabId, TabOptions, World, WorldOptions};
use futures_util::StreamExt as _;

type Heard = Rc<RefCell<Vec<String>>>;

fn world() -> World {
    World::new(WorldOptions::default())
}

fn member(world: &World, tab: TabId) -> Rc<dyn Member> {
    let peers = TabPeers::new(Rc::clone(&world.browser), tab, true);
    Rc::from(peers.join("group").unwrap())
}

/// Everything that the tab hears.
fn listen(world: &World, tab: TabId, member: &Rc<dyn Member>) -> Heard {
    let heard = Heard::default();
    let (log, mut stream) = (Rc::clone(&heard), member.hear());
    world.spawn(Some(tab), async move {
        while let Some(message) = stream.next().await {
            log.borrow_mut().push(message);
        }
    });
    heard
}

/// A tab that waits for the lock, has it for `ms`, and says in `log` what happens.
fn use_lock(world: &World, tab: TabId, steal: bool, ms: u64, log: &Heard) {
    let (member, clock, log) = (member(world, tab), Rc::clone(&world.clock), Rc::clone(log));
    let say = move |text: &str| log.borrow_mut().push(format!("{} {text}", tab.0));
    world.spawn(Some(tab), async move {
        let lock = member.lock("lead", steal).await.unwrap();
        say("has it");
        let rest = clock.sleep(ms);
        futures_util::future::select(lock.lost(), rest).await;
        say("ends");
        drop(lock);
    });
    world.advance(10);
}

#[test]
fn messages_keep_their_order_and_do_not_come_back() {
    let world = world();
    let [a, b, c] = [0, 1, 2].map(|tab| member(&world, TabId(tab)));
    let heard = [&a, &b, &c].map(|each| listen(&world, TabId(0), each));
    let said: Vec<String> = (0..50).map(|number| number.to_string()).collect();
    for text in &said {
        a.say(text.clone());
    }
    world.advance(0);
    assert!(heard[1].borrow().is_empty(), "a message takes time");
    world.advance(3);
    assert_eq!((&*heard[1].borrow(), &*heard[2].borrow()), (&said, &said));
    assert!(heard[0].borrow().is_empty());
    drop(c);
    b.say("late".into());
    world.advance(3);
    assert_eq!((heard[0].borrow().len(), heard[2].borrow().len()), (1, 50));
}

#[test]
fn a_frozen_tab_hears_later_and_a_killed_one_never() {
    let world = world();
    let [a, b, c] = [0, 1, 2].map(|tab| member(&world, TabId(tab)));
    let heard_b = listen(&world, TabId(1), &b);
    let heard_c = listen(&world, TabId(2), &c);
    world.advance(1);
    world.freeze(TabId(1));
    world.kill(TabId(2));
    a.say("hello".into());
    world.advance(1_000);
    assert!(heard_b.borrow().is_empty());
    world.thaw(TabId(1));
    world.advance(0);
    assert_eq!(*heard_b.borrow(), ["hello"]);
    assert!(heard_c.borrow().is_empty());
}

#[test]
fn a_lock_goes_in_turn_and_with_its_tab() {
    let (world, log) = (world(), Heard::default());
    for tab in 0..4 {
        use_lock(&world, TabId(tab), false, 1_000, &log);
    }
    assert_eq!(world.browser.holder("lead"), Some(TabId(0)));
    // The third gives up while it waits.
    world.kill(TabId(2));
    world.kill(TabId(0));
    world.advance(5_000);
    assert_eq!(*log.borrow(), ["0 has it", "1 has it", "1 ends", "3 has it", "3 ends"]);
    assert_eq!(world.browser.holder("lead"), None);
}

#[test]
fn a_lock_that_outlives_its_tab_is_free() {
    let (world, log) = (world(), Heard::default());
    let member = member(&world, TabId(0));
    let kept = world.spawn(None, async move { member.lock("lead", false).await });
    world.advance(10);
    world.kill(TabId(0));
    use_lock(&world, TabId(1), false, 100, &log);
    assert_eq!(*log.borrow(), ["1 has it"]);
    drop(kept);
    assert_eq!(world.browser.holder("lead"), Some(TabId(1)));
}

#[test]
fn a_stolen_lock_is_lost_and_its_queue_goes_on() {
    let (world, log) = (world(), Heard::default());
    use_lock(&world, TabId(0), false, 10_000, &log);
    use_lock(&world, TabId(1), false, 100, &log);
    world.freeze(TabId(0));
    use_lock(&world, TabId(2), true, 500, &log);
    assert_eq!(world.browser.holder("lead"), Some(TabId(2)));
    world.advance(5_000);
    world.thaw(TabId(0));
    world.advance(10);
    let all = ["0 has it", "2 has it", "2 ends", "1 has it", "1 ends", "0 ends"];
    assert_eq!(*log.borrow(), all);
}

#[test]
fn a_suspended_tab_has_a_last_turn() {
    let (world, log) = (world(), Heard::default());
    let peers = TabPeers::new(Rc::clone(&world.browser), TabId(0), true);
    let text = Rc::clone(&log);
    world.spawn(Some(TabId(0)), async move {
        loop {
            peers.running().await;
            text.borrow_mut().push("runs".into());
            peers.suspended().await;
            text.borrow_mut().push("sleeps".into());
        }
    });
    world.advance(0);
    world.suspend(TabId(0));
    world.advance(1_000);
    assert_eq!(*log.borrow(), ["runs", "sleeps"]);
    world.thaw(TabId(0));
    world.advance(0);
    assert_eq!(*log.borrow(), ["runs", "sleeps", "runs"]);
}

#[test]
fn what_a_killed_tab_has_sent_arrives_once() {
    let world = world();
    let session = Some(world.session(0));
    let tab = world.open(TabOptions { session, ..TabOptions::default() }).unwrap();
    let call = world.call(&tab, op::RestartApp { app: "a".into() }, Priority::Interactive);
    world.advance(10);
    world.kill(tab.id);
    world.advance(60_000);
    assert!(!call.is_done());
    let executed: Vec<(String, u32)> = world.server.executed().into_iter().collect();
    assert_eq!(executed, [("PUT /api/apps/a/restart".to_owned(), 1)]);
}

#[test]
fn the_same_seed_is_the_same_run() {
    let run = |seed| {
        let server = ServerOptions { faults: 0.5, ..ServerOptions::default() };
        let world = World::new(WorldOptions { seed, server, ..WorldOptions::default() });
        let token = world.session(0).tokens.access_token.expose().to_owned();
        let replies: Vec<_> = (0..20)
            .map(|number| {
                let ask = Ask {
                    source: Source::Us,
                    method: "GET".into(),
                    path: format!("/api/apps/{number}"),
                    token: Some(token.clone()),
                };
                let reply = world.line.exchange(ask);
                let clock = Rc::clone(&world.clock);
                world.spawn(None, async move { (reply.await.status(), clock.now()) })
            })
            .collect();
        world.advance(60_000);
        replies.iter().map(|reply| reply.take().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(run(7), run(7));
    assert_ne!(run(7), run(8));
}
