//! Who tabs are and what they remember: through a change of address, a reload, a sleep, and
//! beside pages of another build.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

use backoffice_client::{
    CallError, Client, HttpRequest, HttpResponse, LocalBoxFuture, Lock, Member, Memory, Options,
    Peers as _, Priority, SessionState, SessionStore, StoredSession, Transport, TransportError,
};
use backoffice_contract::session::Credentials;
use backoffice_contract::{json, op};
use backoffice_simulation::clock::TabClock;
use backoffice_simulation::line::{ORIGIN, Wire};
use backoffice_simulation::memory::TabStore;
use backoffice_simulation::peers::TabPeers;
use backoffice_simulation::server::sessions::{ACCESS_LIFE, Count};
use backoffice_simulation::server::{Ask, ServerOptions, Source};
use backoffice_simulation::{Tab, TabId, TabOptions, Task, World, WorldOptions};
use futures_util::{FutureExt as _, StreamExt as _, stream};

/// The group of ada@example.com, as builds name it that know no account but by its address.
const GROUP: &str = "user-93010bec9bb0e160";
const NEW_ADDRESS: &str = "lovelace@example.com";

fn world() -> World {
    let server = ServerOptions { limit: 600, ..ServerOptions::default() };
    World::new(WorldOptions { server, ..WorldOptions::default() })
}

fn open(world: &World, session: Option<StoredSession>) -> Tab {
    world.open(TabOptions { session, ..TabOptions::default() }).unwrap()
}

/// Makes a call that is like no other, as equal reads are one.
fn read(world: &World, tab: &Tab) -> Task<Result<(), CallError>> {
    static CALLS: AtomicU32 = AtomicU32::new(0);
    let client = tab.client.clone();
    let app = CALLS.fetch_add(1, Ordering::Relaxed).to_string();
    world.spawn(Some(tab.id), async move {
        client.call(op::GetApp { app }, Priority::Interactive).await.map(drop)
    })
}

/// Makes one call in each tab, which all succeed.
#[track_caller]
fn all_read(world: &World, tabs: &[&Tab]) {
    let calls: Vec<_> = tabs.iter().map(|tab| read(world, tab)).collect();
    world.run_until(60_000, || calls.iter().all(Task::is_done));
    for call in calls {
        assert_eq!(call.take(), Some(Ok(())));
    }
}

fn sign_in(world: &World, tab: &Tab, email: &str) {
    let client = tab.client.clone();
    let credentials =
        Credentials { email: email.into(), password: "correct horse".into(), mfa_token: None };
    let done = world.spawn(Some(tab.id), async move { client.sign_in(credentials).await });
    world.run_until(60_000, || done.is_done());
    assert_eq!(done.take(), Some(Ok(())));
    world.advance(2_000);
}

fn ours(tab: &Tab) -> u32 {
    tab.client.month().unwrap().ours
}

fn email(tab: &Tab) -> Option<String> {
    tab.client.session().email().map(str::to_owned)
}

// A change of address.

#[test]
fn tabs_go_on_after_a_change_of_address() {
    let world = world();
    let session = Some(world.session(0));
    let tabs = [open(&world, session.clone()), open(&world, session)];
    world.advance(3_000);
    all_read(&world, &[&tabs[0], &tabs[1], &tabs[0]]);
    world.advance(2_000);
    tabs[0].client.rename(NEW_ADDRESS);
    world.advance(2_000);
    assert_eq!(email(&tabs[1]).as_deref(), Some(NEW_ADDRESS));
    let third = open(&world, tabs[0].store.load());
    world.advance(2_000);
    assert_eq!(ours(&third), 3, "the count of the month is the account's");
    assert_eq!(third.client.budget().pages, 3);
    assert_eq!(third.client.budget().limit, Some(600));
    for round in 1..=4 {
        world.advance(ACCESS_LIFE);
        all_read(&world, &[&third, &tabs[1], &tabs[0]]);
        let renewed = Count { renewals: round, reuses: 0, sign_outs: 0 };
        assert_eq!(world.server.sessions(), renewed);
    }
    for tab in tabs.iter().chain([&third]) {
        assert_eq!(email(tab).as_deref(), Some(NEW_ADDRESS));
        world.suspend(tab.id);
        world.kill(tab.id);
    }
    let next = open(&world, third.store.load());
    world.advance(3_000);
    assert_eq!(ours(&next), 3 + 4 * 3 + 3 + 4, "with the refused calls and the renewals");
    assert_eq!(next.client.budget().limit, Some(600));
}

#[test]
fn a_tab_that_slept_through_a_change_of_address_goes_on() {
    let world = world();
    let session = Some(world.session(0));
    let [awake, asleep] = [0, 1].map(|_| open(&world, session.clone()));
    world.advance(3_000);
    world.suspend(asleep.id);
    awake.client.rename(NEW_ADDRESS);
    world.advance(ACCESS_LIFE);
    all_read(&world, &[&awake]);
    world.thaw(asleep.id);
    world.advance(1_000);
    assert_eq!(email(&asleep).as_deref(), Some(NEW_ADDRESS));
    all_read(&world, &[&asleep, &awake]);
    assert_eq!(world.server.sessions(), Count { renewals: 1, reuses: 0, sign_outs: 0 });
    assert_eq!(asleep.client.budget().pages, 2);
}

#[test]
fn an_account_is_found_by_its_new_address_and_not_by_its_old_one() {
    let world = world();
    let renamed = open(&world, Some(world.session(0)));
    world.advance(3_000);
    all_read(&world, &[&renamed]);
    renamed.client.rename(NEW_ADDRESS);
    world.advance(2_000);
    let [same, other, again] = [0, 1, 2].map(|_| open(&world, None));
    sign_in(&world, &same, "Lovelace@example.com");
    assert_eq!((ours(&same), same.client.budget().pages), (1, 2));
    // Somebody else may have the address by now.
    sign_in(&world, &other, "ada@example.com");
    assert_eq!((ours(&other), other.client.budget().pages), (0, 1));
    all_read(&world, &[&other]);
    sign_in(&world, &again, "ada@example.com");
    assert_eq!((ours(&again), again.client.budget().pages), (1, 2));
    // The address goes back to where it was.
    renamed.client.rename("ada2@example.com");
    renamed.client.rename(NEW_ADDRESS);
    world.advance(2_000);
    let back = open(&world, None);
    sign_in(&world, &back, NEW_ADDRESS);
    assert_eq!((ours(&back), back.client.budget().pages), (1, 3));
}

#[test]
fn tabs_of_two_sign_ins_share_limit_and_month() {
    let world = world();
    let [one, two] = [0, 1].map(|_| open(&world, None));
    sign_in(&world, &one, "ada@example.com");
    sign_in(&world, &two, "ADA@example.com");
    all_read(&world, &[&one, &two, &two]);
    world.advance(1_000);
    assert_eq!((ours(&one), ours(&two)), (3, 3));
    assert_eq!(one.client.budget().pages, 2);
}

#[test]
fn a_tab_takes_part_in_a_session_whose_address_has_changed() {
    let world = world();
    let tab = open(&world, Some(StoredSession { serial: 1, ..world.session(0) }));
    world.advance(3_000);
    tab.client.rename(NEW_ADDRESS);
    let guest = open(&world, None);
    world.advance(3_000);
    let client = guest.client.clone();
    let joined = world.spawn(Some(guest.id), async move {
        let nearby = client.sessions_nearby().await;
        client.adopt(nearby.first().unwrap()).await
    });
    world.advance(3_000);
    assert_eq!(joined.take(), Some(Ok(())));
    assert_eq!(email(&guest).as_deref(), Some(NEW_ADDRESS));
    assert_eq!(guest.client.budget().pages, 2);
}

// What is remembered.

/// A memory that counts how often it is written to.
#[derive(Default)]
struct Notebook {
    texts: RefCell<BTreeMap<String, String>>,
    written: Cell<u32>,
}

impl Memory for Notebook {
    fn recall(&self, name: &str) -> Option<String> {
        self.texts.borrow().get(name).cloned()
    }

    fn remember(&self, name: &str, text: &str) {
        self.written.set(self.written.get() + 1);
        self.texts.borrow_mut().insert(name.to_owned(), text.to_owned());
    }
}

/// Makes a tab with this memory and transport, which does not share.
fn tab_with(
    world: &World,
    id: u32,
    session: Option<StoredSession>,
    memory: &Rc<Notebook>,
    transport: Rc<dyn Transport>,
) -> Tab {
    let (id, store) = (TabId(id), Rc::new(TabStore::new(session)));
    let client = Client::new(Options {
        base_url: ORIGIN.into(),
        shown_url: ORIGIN.into(),
        transport,
        runtime: Rc::new(TabClock::new(Rc::clone(&world.clock), 0, world.chance())),
        sessions: Rc::clone(&store) as Rc<dyn SessionStore>,
        peers: Rc::new(TabPeers::new(Rc::clone(&world.browser), id, true)),
        memory: Rc::clone(memory) as Rc<dyn Memory>,
        on_event: Box::new(|_| {}),
    })
    .unwrap();
    Tab { id, client, store }
}

/// Opens a tab with this memory.
fn open_with(world: &World, id: u32, session: Option<StoredSession>, memory: &Rc<Notebook>) -> Tab {
    let wire = Rc::new(Wire(Rc::clone(&world.line)));
    let tab = tab_with(world, id, session, memory, wire);
    let sharing = tab.client.clone();
    world.spawn(Some(tab.id), async move { sharing.share().await });
    tab
}

#[test]
fn the_first_day_and_the_count_survive_a_load() {
    let world = world();
    let session = Some(world.session(0));
    let tab = open(&world, session.clone());
    world.advance(1_000);
    // The world is at 24 November.
    tab.client.set_first_day(26);
    all_read(&world, &[&tab, &tab, &tab]);
    world.advance(2_000);
    world.kill(tab.id);
    let next = open(&world, session);
    // As a page does that shows the month before anything else.
    assert!(next.client.month().is_some());
    world.advance(3_000);
    let month = next.client.month().unwrap();
    assert_eq!((month.first_day, month.ours), (26, 3));
}

#[test]
fn what_another_build_remembers_is_read_and_left_alone() {
    let (world, memory) = (world(), Rc::new(Notebook::default()));
    let theirs = r#"{"bucket":{"limit":[]},"month":{"first_day":26,"ours":7,"colour":1}}"#;
    memory.remember(GROUP, theirs);
    let tab = open_with(&world, 0, Some(world.session(0)), &memory);
    world.advance(3_000);
    let month = tab.client.month().unwrap();
    assert_eq!((month.first_day, month.ours), (26, 0), "they do not say of which month that is");
    let theirs = theirs.replace("\"ours\"", "\"began_at\":1792972800000,\"ours\"");
    world.kill(tab.id);
    let memory = Rc::new(Notebook::default());
    memory.remember(GROUP, &theirs);
    let tab = open_with(&world, 1, Some(world.session(0)), &memory);
    world.advance(3_000);
    all_read(&world, &[&tab]);
    world.advance(3_000);
    assert_eq!(ours(&tab), 8, "although the rest cannot be read");
    assert_eq!(memory.recall(GROUP).as_deref(), Some(theirs.as_str()));
}

#[test]
fn the_memory_is_written_once_a_second_and_when_the_page_is_left() {
    let (world, memory) = (world(), Rc::new(Notebook::default()));
    let session = Some(world.session(0));
    let tab = open_with(&world, 0, session.clone(), &memory);
    world.advance(1_000);
    let before = memory.written.get();
    let calls: Vec<_> = (0..100)
        .map(|_| {
            world.advance(100);
            read(&world, &tab)
        })
        .collect();
    world.run_until(60_000, || calls.iter().all(Task::is_done));
    let written = memory.written.get() - before;
    // Budget and month, for the ten seconds and the last answers.
    assert!((2..=30).contains(&written), "{written}");
    world.suspend(tab.id);
    world.kill(tab.id);
    let next = open_with(&world, 1, session, &memory);
    world.advance(3_000);
    assert_eq!(ours(&next), 100);
}

/// An API that lets nobody sign in for ten minutes.
struct Refuses(Cell<u32>);

impl Transport for Refuses {
    fn send(
        &self,
        _: HttpRequest,
    ) -> LocalBoxFuture<'static, Result<HttpResponse, TransportError>> {
        self.0.set(self.0.get() + 1);
        let headers = [("retry-after", "600"), ("x-ratelimit-limit", "5")];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let body = stream::iter([Ok(b"{}".to_vec())]).boxed_local();
        std::future::ready(Ok(HttpResponse { status: 429, headers: headers.into(), body }))
            .boxed_local()
    }
}

#[test]
fn a_pause_of_sign_ins_survives_a_load() {
    let (world, memory) = (world(), Rc::new(Notebook::default()));
    let api = Rc::new(Refuses(Cell::new(0)));
    for id in 0..2 {
        // The sign-in page does not share.
        let tab = tab_with(&world, id, None, &memory, Rc::clone(&api) as Rc<dyn Transport>);
        let client = tab.client.clone();
        let credentials = Credentials {
            email: format!("user-{id}@example.com"),
            password: "correct horse".into(),
            mfa_token: None,
        };
        world.spawn(Some(tab.id), async move { client.sign_in(credentials).await });
        world.advance(60_000);
        assert_eq!(api.0.get(), 1, "after load {id}");
        world.kill(tab.id);
    }
}

// Sleep.

/// A tab whose session was replaced in its storage while it slept.
fn slept(world: &World, stored: Option<&StoredSession>) -> Tab {
    let tab = open(world, Some(world.session(ACCESS_LIFE)));
    world.advance(3_000);
    world.suspend(tab.id);
    match stored {
        Some(stored) => tab.store.save(stored),
        None => tab.store.clear(),
    }
    world.thaw(tab.id);
    world.advance(1_000);
    tab
}

#[test]
fn a_page_that_comes_back_goes_on_with_the_session_that_is_stored() {
    let world = world();
    let newer = StoredSession { serial: 5, ..world.session(0) };
    let tab = slept(&world, Some(&newer));
    all_read(&world, &[&tab]);
    assert_eq!(world.server.sessions(), Count::default(), "the old session is not renewed");
    assert_eq!(tab.store.load().unwrap().tokens, newer.tokens);
}

#[test]
fn a_page_that_comes_back_to_another_account_is_that_account() {
    let world = world();
    let other = StoredSession { email: "bob@example.com".into(), serial: 5, ..world.session(0) };
    let tab = slept(&world, Some(&other));
    assert_eq!(email(&tab).as_deref(), Some("bob@example.com"));
    all_read(&world, &[&tab]);
    assert_eq!(ours(&tab), 1);
}

#[test]
fn a_page_that_comes_back_after_its_tab_has_signed_out_is_signed_out() {
    let world = world();
    assert_eq!(slept(&world, None).client.session(), SessionState::SignedOut);
}

/// A tab whose renewal token was used elsewhere, and which has to renew its session now.
fn spent(world: &World, stored: Option<&StoredSession>) -> Tab {
    let session = world.session(ACCESS_LIFE);
    let renewal = session.tokens.renewal_token.expose().to_owned();
    let tab = open(world, Some(session));
    world.advance(3_000);
    let ask = Ask {
        source: Source::Us,
        method: "POST".into(),
        path: "/api/session/renew".into(),
        token: Some(renewal),
    };
    world.spawn(None, world.line.exchange(ask));
    world.advance(3_000);
    if let Some(stored) = stored {
        tab.store.save(stored);
    }
    tab
}

#[test]
fn a_refused_renewal_takes_only_the_session_away_that_it_was_about() {
    let world = world();
    let other = StoredSession { email: "bob@example.com".into(), serial: 5, ..world.session(0) };
    for stored in [None, Some(&other)] {
        let tab = spent(&world, stored);
        let call = read(&world, &tab);
        world.advance(10_000);
        assert!(!call.is_done());
        assert!(matches!(tab.client.session(), SessionState::Expired { .. }));
        assert_eq!(tab.store.load().as_ref(), stored);
        world.kill(tab.id);
    }
}

#[test]
fn a_newer_session_in_the_storage_is_used_instead_of_a_renewal() {
    let world = world();
    let newer = StoredSession { serial: 5, ..world.session(0) };
    let tab = spent(&world, Some(&newer));
    all_read(&world, &[&tab]);
    assert_eq!(world.server.sessions(), Count { renewals: 1, reuses: 0, sign_outs: 0 });
}

#[test]
fn a_change_of_address_does_not_replace_a_newer_session() {
    let world = world();
    let tab = open(&world, Some(world.session(0)));
    let newer = StoredSession { serial: 5, ..world.session(0) };
    tab.store.save(&newer);
    tab.client.rename(NEW_ADDRESS);
    assert_eq!(tab.store.load(), Some(newer));
}

// Renewals among tabs.

/// Three tabs whose session has to be renewed, but which have used their limit up.
fn without_budget() -> (World, [Tab; 3]) {
    let server = ServerOptions {
        limit: 3,
        window: 600_000,
        left_at_start: 600_000,
        ..ServerOptions::default()
    };
    let world = World::new(WorldOptions { server, ..WorldOptions::default() });
    let age = ACCESS_LIFE - 90_000;
    let obtained_at = world.clock.now() - age;
    let session = Some(StoredSession { obtained_at, ..world.session(age) });
    let tabs = [0, 1, 2].map(|_| open(&world, session.clone()));
    world.advance(3_000);
    all_read(&world, &[&tabs[0], &tabs[0], &tabs[0]]);
    world.advance(40_000);
    (world, tabs)
}

#[test]
fn a_renewal_is_not_taken_over_because_another_tab_is_silent() {
    let (world, [renews, waits, silent]) = without_budget();
    world.freeze(silent.id);
    let _first = read(&world, &renews);
    world.advance(2_000);
    assert_eq!(world.browser.holder("renewal"), Some(renews.id));
    let _second = read(&world, &waits);
    for _ in 0..60 {
        world.advance(1_000);
        assert_eq!(world.browser.holder("renewal"), Some(renews.id));
    }
}

#[test]
fn a_renewal_of_a_tab_that_does_not_answer_is_taken_over() {
    let (world, [renews, waits, _]) = without_budget();
    let _first = read(&world, &renews);
    world.advance(2_000);
    world.freeze(renews.id);
    let _second = read(&world, &waits);
    world.advance(30_000);
    assert_eq!(world.browser.holder("renewal"), Some(waits.id));
}

// A page of another build, which the test plays.

struct Page {
    member: Rc<dyn Member>,
    heard: Rc<RefCell<Vec<String>>>,
}

impl Page {
    const TAB: TabId = TabId(77);

    /// Joins the group of the account.
    fn join(world: &World) -> Self {
        let peers = TabPeers::new(Rc::clone(&world.browser), Self::TAB, true);
        let member: Rc<dyn Member> = Rc::from(peers.join(GROUP).unwrap());
        let heard = Rc::new(RefCell::new(Vec::new()));
        let (log, mut stream) = (Rc::clone(&heard), member.hear());
        world.spawn(Some(Self::TAB), async move {
            while let Some(message) = stream.next().await {
                log.borrow_mut().push(message);
            }
        });
        Self { member, heard }
    }

    /// Says something in the form that older builds have.
    fn say(&self, name: &str, content: &str) {
        self.member.say(format!(r#"{{"{name}":{content},"from":77}}"#));
    }

    fn tell(&self, session: &StoredSession) {
        self.say("Session", &json::write(session).unwrap());
    }

    /// Takes a lock of the group.
    fn lock(&self, world: &World, name: &str) -> Task<Option<Box<dyn Lock>>> {
        let lock = self.member.lock(name, false);
        let task = world.spawn(Some(Self::TAB), lock);
        world.advance(10);
        task
    }

    /// The number of the latest question about the session, once it is asked.
    fn question(&self, world: &World) -> u64 {
        let asked = || {
            let heard = self.heard.borrow();
            heard.iter().rev().filter(|text| text.contains("\"Sync\"")).find_map(|text| {
                let (_, rest) = text.split_once("\"nonce\":")?;
                let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
                digits.parse().ok().filter(|nonce| *nonce > 0)
            })
        };
        assert!(world.run_until(10_000, || asked().is_some()));
        asked().unwrap()
    }
}

#[test]
fn another_build_shares_the_session_and_neither_takes_the_lead_from_the_other() {
    let world = world();
    let session = world.session(ACCESS_LIFE);
    let page = Page::join(&world);
    let lead = page.lock(&world, "lead").take().unwrap().unwrap();
    let lost = world.spawn(None, lead.lost());
    let tab = open(&world, Some(session));
    world.advance(100);
    // It leads, and says so in a form that nobody else can read.
    page.say("State", r#"{"term":1,"colour":"blue"}"#);
    world.advance(10_000);
    assert!(!lost.is_done(), "it leads its own group");
    assert_eq!(tab.client.budget().pages, 1);
    let newer = StoredSession { serial: 5, ..world.session(0) };
    page.tell(&newer);
    world.advance(100);
    all_read(&world, &[&tab]);
    assert_eq!(world.server.sessions(), Count::default());
    assert_eq!(tab.store.load().unwrap().tokens, newer.tokens);
    // One lock for renewals, whatever the build.
    let renewal = page.lock(&world, "renewal").take().unwrap().unwrap();
    world.advance(ACCESS_LIFE);
    let call = read(&world, &tab);
    world.advance(10_000);
    assert!(!call.is_done());
    drop(renewal);
    let nonce = page.question(&world);
    let newest = StoredSession { serial: 6, ..world.session(0) };
    let newest_text = json::write(&newest).unwrap();
    page.say("Synced", &format!(r#"{{"nonce":{nonce},"session":{newest_text}}}"#));
    world.advance(1_000);
    assert_eq!(call.take(), Some(Ok(())));
    assert_eq!(world.server.sessions(), Count::default());
}

#[test]
fn an_answer_to_another_page_is_not_taken_for_ones_own() {
    let world = world();
    let session = world.session(ACCESS_LIFE);
    let (page, tab) = (Page::join(&world), open(&world, Some(session.clone())));
    world.advance(100);
    page.tell(&session);
    page.say("Hello", r#"{"queue":[],"out":[]}"#);
    world.advance(5_000);
    let call = read(&world, &tab);
    let nonce = page.question(&world);
    page.say("Synced", &format!(r#"{{"nonce":{nonce},"session":null,"to":5}}"#));
    world.advance(100);
    let newer = json::write(&StoredSession { serial: 5, ..world.session(0) }).unwrap();
    page.say("Synced", &format!(r#"{{"nonce":{nonce},"session":{newer}}}"#));
    world.advance(10_000);
    assert_eq!(call.take(), Some(Ok(())));
    assert_eq!(world.server.sessions(), Count::default());
}

#[test]
fn calls_go_on_with_a_newer_session_while_another_tab_still_holds_the_renewal() {
    let world = world();
    let (page, tab) = (Page::join(&world), open(&world, Some(world.session(ACCESS_LIFE))));
    let _held = page.lock(&world, "renewal").take().unwrap().unwrap();
    world.advance(3_000);
    let call = read(&world, &tab);
    world.advance(5_000);
    assert!(!call.is_done());
    page.tell(&StoredSession { serial: 5, ..world.session(0) });
    world.advance(5_000);
    assert_eq!(call.take(), Some(Ok(())));
    assert_eq!(world.server.sessions(), Count::default());
}
