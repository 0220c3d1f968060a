//! What the steps of the guide share: which app it is about, what is known of it, and
//! what was ticked. It asks the API for no more than the steps show.

use backoffice_contract::account::SshKey;
use backoffice_contract::app::{App, AppStatus};
use backoffice_contract::config::Configs;
use backoffice_contract::database::{Database, DatabaseState};
use backoffice_contract::op;
use backoffice_contract::release::Release;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::pages::app::shared::rollout::{Health, health};
use crate::pages::app::{AppContext, watch_for_release};
use crate::pages::guide::commands::Platform;
use crate::pages::guide::progress::{Facts, Migration, Step, current, migration};
use backoffice_ui::platform;
use backoffice_web_client::remembered::{name_for, recall, remember};
use backoffice_web_client::{Query, use_api, use_poll, use_query, use_query_within};

/// How old the list of apps may be, in milliseconds.
const APPS_AGE: u64 = 10 * 60 * 1_000;

/// How migrations are run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MigrateBy {
    Job,
    Ssh,
}

/// The guide, for its steps.
#[derive(Clone, Copy)]
pub(super) struct Guide {
    pub(super) platform: RwSignal<Platform>,
    /// The app that it is about; empty while none is chosen.
    pub(super) app: RwSignal<String>,
    pub(super) apps: Query<Vec<App>>,
    pub(super) keys: Query<Vec<SshKey>>,
    pub(super) releases: Query<Vec<Release>>,
    pub(super) databases: Query<Vec<Database>>,
    pub(super) context: AppContext,
    pub(super) facts: Memo<Facts>,
    pub(super) migrate_by: RwSignal<MigrateBy>,
    /// The jobs that were there before the migration that was started here.
    pub(super) migrating: RwSignal<Option<Vec<String>>>,
    /// Whether the last migration that was started here failed.
    pub(super) migration_failed: RwSignal<bool>,
    ticked: RwSignal<Vec<Step>>,
    email: StoredValue<String>,
}

/// The guide of the page.
pub(super) fn use_guide() -> Guide {
    expect_context()
}

/// Makes the guide for who is signed in.
pub(super) fn provide_guide() -> Guide {
    let api = use_api();
    let email = StoredValue::new(
        api.session.with_untracked(|session| session.email().unwrap_or_default().to_owned()),
    );
    let asked_for = use_query_map().with_untracked(|query| query.get("app"));
    let remembered: Option<String> =
        email.with_value(|email| recall(&name_for("guide.app", email)));
    let app = RwSignal::new(asked_for.or(remembered).unwrap_or_default());
    let word: Option<String> = recall("guide.platform");
    let platform = RwSignal::new(
        word.and_then(|word| Platform::of_word(&word))
            .unwrap_or_else(|| Platform::of_browser(&platform())),
    );
    let name = Memo::new(move |_| app.get());
    let chosen = move || Some(app.get()).filter(|app| !app.is_empty());
    let apps = use_query_within(APPS_AGE, || Some(op::ListApps {}));
    let status = use_query(move || chosen().map(|app| op::GetStatus { app }));
    let health = Memo::new(move |_| status.data().as_ref().map(health));
    let exists = Memo::new(move |_| match (status.data(), status.error()) {
        (Some(_), _) => Some(true),
        (None, Some(error)) if matches!(error.status(), Some(401 | 403 | 404)) => Some(false),
        _ => None,
    });
    let of_app = move || chosen().filter(|_| exists.get() == Some(true));
    let databases = use_query(move || of_app().map(|app| op::ListDatabases { app }));
    let releases = use_query(move || of_app().map(|app| op::ListReleases { app }));
    let database = Memo::new(move |_| databases.data().map(|list| database_state(&list)));
    let configs = use_query(move || {
        let has_database = matches!(database.get(), Some((_, true)));
        of_app().filter(|_| has_database).map(|app| op::ListConfigs { app })
    });
    let migrate_by = RwSignal::new(MigrateBy::Job);
    let keys =
        use_query(move || (migrate_by.get() == MigrateBy::Ssh).then_some(op::ListSshKeys {}));
    let expected = RwSignal::new(None);
    let context = AppContext {
        name,
        status,
        health,
        expected,
        scaling: RwSignal::new(false),
        maintenance: RwSignal::new(None),
    };
    provide_context(context);
    let ticked = RwSignal::new(Vec::new());
    let migrating = RwSignal::new(None::<Vec<String>>);
    let migration_failed = RwSignal::new(false);
    let facts = Memo::new(move |_| Facts {
        exists: chosen().and_then(|_| exists.get()),
        database: database.get(),
        database_url: configs.data().map(|configs| has_database_url(&configs)),
        deployed: releases.data().map(|releases| was_deployed(&releases)),
        building: expected.get().is_some(),
        health: health.get(),
        migrating: migrating.with(Option::is_some),
        ticked: ticked.get(),
    });
    let guide = Guide {
        platform,
        app,
        apps,
        keys,
        releases,
        databases,
        context,
        facts,
        migrate_by,
        migrating,
        migration_failed,
        ticked,
        email,
    };
    guide.remember_choices();
    guide.watch(status);
    watch_for_release(context);
    provide_context(guide);
    guide
}

/// Whether there is a database, and whether it can be used already.
fn database_state(list: &[Database]) -> (bool, bool) {
    let mut alive = list.iter().filter(|database| database.state != DatabaseState::Deleted);
    let available = alive.clone().any(|database| database.state == DatabaseState::Available);
    (alive.next().is_some(), available)
}

fn has_database_url(configs: &Configs) -> bool {
    configs.contains_key("DATABASE_URL")
}

/// Whether any release has code: those of config changes before the first deploy have none.
fn was_deployed(releases: &[Release]) -> bool {
    releases.iter().any(|release| !release.sha.is_empty())
}

impl Guide {
    /// The name that ticks are remembered under: some for the user, others for the app.
    fn ticks_name(self, of_user: bool) -> String {
        self.email.with_value(|email| {
            if of_user {
                name_for("guide.done", email)
            } else {
                let app = self.app.get_untracked();
                name_for("guide.done", &format!("{email}/{app}"))
            }
        })
    }

    fn remember_choices(self) {
        Effect::new(move |before: Option<Platform>| {
            let platform = self.platform.get();
            if before.is_some_and(|before| before != platform) {
                remember("guide.platform", &platform.word());
            }
            platform
        });
        Effect::new(move |before: Option<String>| {
            let app = self.app.get();
            self.email.with_value(|email| remember(&name_for("guide.app", email), &app));
            if before.as_ref().is_some_and(|before| *before != app) {
                self.context.expected.set(None);
            }
            self.migrating.set(None);
            self.migration_failed.set(false);
            let of_user: Vec<String> = recall(&self.ticks_name(true)).unwrap_or_default();
            let mut of_app: Vec<String> = recall(&self.ticks_name(false)).unwrap_or_default();
            // What was done before there was an app was done for the one that comes.
            if before.is_some_and(|before| before.is_empty()) {
                of_app.extend(self.words(false));
            }
            let is_in = |step: &Step| of_user.iter().chain(&of_app).any(|word| word == step.word());
            self.ticked.set(Step::ALL.into_iter().filter(is_in).collect());
            self.remember_ticks(false);
            app
        });
    }

    /// Reads the status again while it changes: while pods come up, while a migration
    /// runs, and after a deploy until the app is healthy or failing.
    fn watch(self, status: Query<AppStatus>) {
        let facts = self.facts;
        let in_transition = Memo::new(move |_| {
            facts.with(|facts| {
                let settled =
                    matches!(facts.health, Some(Health::Healthy | Health::Failing { .. }));
                let awaited = current(facts) == Some(Step::Verify) && !settled;
                let rolling = facts.health.as_ref().is_some_and(Health::in_transition);
                !facts.building && (rolling || awaited || facts.migrating)
            })
        });
        use_poll(status, in_transition);
        let creating =
            Memo::new(move |_| facts.with(|facts| matches!(facts.database, Some((true, false)))));
        use_poll(self.databases, creating);
        Effect::new(move |_| {
            let (Some(before), Some(status)) = (self.migrating.get(), status.data()) else {
                return;
            };
            match migration(&before, &status.pods) {
                Migration::UnderWay => {}
                Migration::Done => {
                    self.migrating.set(None);
                    self.tick(Step::Migrate, true);
                }
                Migration::Failed => {
                    self.migrating.set(None);
                    self.migration_failed.set(true);
                }
            }
        });
    }

    /// Says that a step is done, or is not after all.
    pub(super) fn tick(self, step: Step, is_done: bool) {
        self.ticked.update(|ticked| {
            ticked.retain(|other| *other != step);
            if is_done {
                ticked.push(step);
            }
        });
        self.remember_ticks(step.is_of_user());
    }

    /// What is ticked, of the user's steps or of the app's.
    fn words(self, of_user: bool) -> Vec<String> {
        self.ticked.with_untracked(|ticked| {
            let own = ticked.iter().filter(|step| step.is_of_user() == of_user);
            own.map(|step| step.word().to_owned()).collect()
        })
    }

    fn remember_ticks(self, of_user: bool) {
        remember(&self.ticks_name(of_user), &self.words(of_user));
    }
}
