//! What a client reports, as signals: the half that the console and the playground share.

use backoffice_client::{BudgetView, CallError, Client, EntryId, Event, Millis, SessionState};
use backoffice_contract::session::Credentials;
use gloo_timers::callback::Interval;
use leptos::ev;
use leptos::prelude::*;

use crate::page::page_wakes::is_visible;
use crate::page::runtime;

/// How many events of each kind there were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    journal: u64,
    budget: u64,
    session: u64,
}

/// A client and its signals. `Copy`; it lives as long as the view that made it.
#[derive(Clone, Copy)]
pub struct ClientSignals {
    client: StoredValue<Client, LocalStorage>,
    /// Changes with the budget, the month and the connection.
    budget_changes: Memo<u64>,
    /// Changes with every entry of the journal.
    journal_changes: Memo<u64>,
    /// The session: whether a user is signed in, and who.
    pub session: RwSignal<SessionState>,
    /// The remaining rate limit.
    pub budget: RwSignal<BudgetView>,
    /// The time in epoch milliseconds, updated once a second while the page is visible.
    pub now: RwSignal<Millis>,
    /// Whether the page is visible.
    pub visible: RwSignal<bool>,
}

impl ClientSignals {
    /// Makes a client by `make`, which hands it what it has to report its events to. `also` sees
    /// each event before the signals change; `on_new_user` is called when another user is signed
    /// in, or none.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn new(
        make: impl FnOnce(Box<dyn Fn(Event)>) -> Result<Client, String>,
        also: impl Fn(Event) + 'static,
        on_new_user: impl Fn() + 'static,
    ) -> Result<Self, String> {
        let counts = RwSignal::new(Counts::default());
        let client = make(Box::new(move |event| {
            also(event);
            // The view may be gone before the last answer comes.
            let _ = counts.try_update(|counts| match event {
                Event::Journal(_) => counts.journal += 1,
                Event::Budget | Event::Month | Event::Connection => counts.budget += 1,
                Event::Session => counts.session += 1,
            });
        }))?;
        let signals = Self {
            budget_changes: Memo::new(move |_| counts.with(|counts| counts.budget)),
            journal_changes: Memo::new(move |_| counts.with(|counts| counts.journal)),
            session: RwSignal::new(client.session()),
            budget: RwSignal::new(client.budget()),
            client: StoredValue::new_local(client),
            now: RwSignal::new(runtime::now()),
            visible: RwSignal::new(is_visible()),
        };
        signals.follow(counts, on_new_user);
        signals.tick();
        Ok(signals)
    }

    /// Turns the client's events into signals, one kind at a time, so that a page that shows the
    /// budget does not wake for the journal.
    fn follow(self, counts: RwSignal<Counts>, on_new_user: impl Fn() + 'static) {
        let session = Memo::new(move |_| counts.with(|counts| counts.session));
        Effect::new(move |_| {
            self.follow_budget();
            // Update the time first: a countdown must not start from the second before.
            self.now.set(runtime::now());
            self.budget.set(self.client().budget());
        });
        Effect::new(move |previous: Option<u64>| {
            let _ = session.get();
            let (current, user) = (self.client().session(), self.client().user());
            if previous.is_some_and(|previous| previous != user) {
                on_new_user();
            }
            if self.session.with_untracked(|shown| *shown != current) {
                self.session.set(current);
            }
            user
        });
    }

    fn tick(self) {
        let tick = StoredValue::new_local(Some(Interval::new(1_000, move || {
            if self.visible.try_get_untracked() == Some(true) {
                let _ = self.now.try_set(runtime::now());
            }
        })));
        on_cleanup(move || drop(tick.try_update_value(Option::take)));
        let seen = window_event_listener(ev::visibilitychange, move |_| {
            let _ = self.visible.try_set(is_visible());
            let _ = self.now.try_set(runtime::now());
        });
        on_cleanup(move || seen.remove());
    }

    /// Runs the calling effect or memo again with every entry of the journal that changes.
    pub fn follow_journal(self) {
        // Only a memo that is read follows its source; tracking it alone does not.
        let _ = self.journal_changes.get();
    }

    /// Runs the calling effect or memo again with every change of budget, month or connection.
    pub fn follow_budget(self) {
        let _ = self.budget_changes.get();
    }

    /// The client.
    #[must_use]
    pub fn client(self) -> Client {
        self.client.get_value()
    }

    /// Signs in.
    ///
    /// # Errors
    /// As the API says.
    pub async fn sign_in(self, credentials: Credentials) -> Result<(), CallError> {
        self.client().sign_in(credentials).await
    }

    /// Sends a waiting call now.
    pub fn retry_now(self, id: EntryId) {
        self.client().retry_now(id);
    }

    /// Agrees to a long wait.
    pub fn consent(self, id: EntryId) {
        self.client().consent(id);
    }
}
