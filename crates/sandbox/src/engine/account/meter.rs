//! Costs: the replicas and standard databases of paying accounts.
//!
//! A meter knows the current monthly price, since when it applies, and the costs of each
//! calendar month before. Every function that changes a price calls [`follow`]; a cost is
//! then a function of its meter and of the time of the read.

use serde::{Deserialize, Serialize};

use crate::engine::account::user;
use crate::engine::app::App;
use crate::engine::app::{database, release};
use crate::engine::{Millis, World, app, time};
use backoffice_contract::prices;

/// How long months are kept.
const KEPT_MONTHS: usize = 24;
const KEPT: Millis = (KEPT_MONTHS as Millis + 1) * 31 * time::DAY;

/// Something that costs money, or did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Meter {
    pub(crate) app: String,
    /// The id of the database; `None` for the app's replicas.
    pub(crate) database: Option<String>,
    /// The current amount.
    pub(crate) now: Rate,
    since: Millis,
    /// The usage before `since`, newest month last.
    months: Vec<Month>,
}

/// An amount.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rate {
    pub(crate) replicas: u32,
    /// Tenths of the unit of size.
    pub(crate) tenths: u64,
    /// Cents per month, for all of it.
    pub(crate) cents: u64,
}

/// The usage in a calendar month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Month {
    /// When it began.
    pub(crate) from: Millis,
    /// Cents per month times milliseconds.
    pub(crate) cent_ms: u64,
    /// Tenths of a size times replicas times milliseconds.
    pub(crate) tenth_ms: u64,
}

impl Month {
    /// The costs in cents, rounded to the nearest: the monthly price times the part of the
    /// month.
    pub(crate) fn cents(&self) -> u64 {
        let length = time::next_month(self.from).saturating_sub(self.from).max(1);
        self.cent_ms.saturating_add(length / 2) / length
    }

    /// The platform's unit of billing.
    pub(crate) fn replica_size_seconds(&self) -> u64 {
        self.tenth_ms / 10 / time::SECOND
    }
}

impl Meter {
    /// The months until `now`, including the month of `now`.
    pub(crate) fn months(&self, now: Millis) -> Vec<Month> {
        let mut meter = self.clone();
        meter.advance(now);
        meter.months
    }

    /// Adds the usage until `to`.
    fn advance(&mut self, to: Millis) {
        if self.now.cents == 0 {
            self.since = self.since.max(to);
        }
        // Skip old months at once, however far the clock was advanced.
        self.since = self.since.max(to.saturating_sub(KEPT));
        while self.since < to {
            let from = time::month_start(self.since);
            let end = time::next_month(self.since).min(to);
            let span = end.saturating_sub(self.since);
            if self.months.last().is_none_or(|month| month.from != from) {
                self.months.push(Month { from, cent_ms: 0, tenth_ms: 0 });
            }
            if let Some(month) = self.months.last_mut() {
                let size = u64::from(self.now.replicas) * self.now.tenths;
                month.cent_ms = month.cent_ms.saturating_add(span.saturating_mul(self.now.cents));
                month.tenth_ms = month.tenth_ms.saturating_add(span.saturating_mul(size));
            }
            self.since = end;
        }
        let surplus = self.months.len().saturating_sub(KEPT_MONTHS);
        self.months.drain(..surplus);
    }
}

/// The meters of a user.
pub(crate) fn of(world: &World, user: u64) -> impl Iterator<Item = &Meter> {
    world.meters.iter().filter(move |(key, _)| key.starts_with(&rows(user))).map(|(_, row)| row)
}

/// Records the costs of the app and its databases from `at` on. Call it after every
/// operation that may change them.
pub(crate) fn follow(world: &mut World, app: &App, at: Millis) {
    let pays = user::get(world, app.owner).is_ok_and(|user| !user.is_free());
    let runs = release::runnable(world, app).is_some();
    let replicas = Rate {
        replicas: app.replicas,
        tenths: prices::tenths(app.size),
        cents: prices::replicas_cents(app.replicas, app.size),
    };
    set(world, app, None, if pays && runs { replicas } else { Rate::default() }, at);
    let rates = database::rates(world, app);
    // Things that no longer exist cost nothing from now on.
    let gone = metered_databases(world, app)
        .into_iter()
        .filter(|id| !rates.iter().any(|(there, _)| there == id))
        .map(|id| (id, Rate::default()));
    for (id, rate) in gone.chain(rates.clone()) {
        set(world, app, Some(id), if pays { rate } else { Rate::default() }, at);
    }
}

/// The databases of an app that have a meter.
fn metered_databases(world: &World, app: &App) -> Vec<String> {
    let rows = row(app, "");
    let of_app = world.meters.with_prefix(&rows);
    of_app.filter_map(|(_, meter)| meter.database.clone()).collect()
}

/// Records the costs of all apps of a user from `at` on.
pub(crate) fn follow_all(world: &mut World, user: u64, at: Millis) {
    for app in apps(world, user, at) {
        follow(world, &app, at);
    }
}

/// The apps of a user, after settling everything that is due.
fn apps(world: &mut World, user: u64, now: Millis) -> Vec<App> {
    let owned = world.apps.iter().filter(|(_, app)| app.owner == user);
    let names: Vec<String> = owned.map(|(name, _)| name.to_owned()).collect();
    names.iter().filter_map(|name| app::settled(world, name, now)).collect()
}

/// Settles everything that is due, so that the meters include it.
pub(crate) fn settle(world: &mut World, user: u64, now: Millis) {
    apps(world, user, now);
}

/// Records that an app with all its databases is gone.
pub(crate) fn close(world: &mut World, app: &App, at: Millis) {
    let databases = metered_databases(world, app).into_iter().map(Some);
    for database in std::iter::once(None).chain(databases) {
        set(world, app, database, Rate::default(), at);
    }
}

/// Removes the meters of a closed account.
pub(crate) fn forget(world: &mut World, user: u64) {
    let rows = rows(user);
    world.meters.remove_where(|key, _| key.starts_with(&rows));
}

fn set(world: &mut World, app: &App, database: Option<String>, rate: Rate, at: Millis) {
    let key = row(app, database.as_deref().unwrap_or_default());
    let known = world.meters.get(&key);
    if known.map_or(rate == Rate::default(), |known| known.now == rate) {
        return;
    }
    let mut meter = known.cloned().unwrap_or_else(|| Meter {
        app: app.name.clone(),
        database,
        now: Rate::default(),
        since: at,
        months: Vec::new(),
    });
    meter.advance(at);
    meter.now = rate;
    world.meters.insert(key, meter);
}

fn rows(user: u64) -> String {
    format!("{}/", user::key(user))
}

fn row(app: &App, what: &str) -> String {
    format!("{}{}/{what}", rows(app.owner), app.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-24 and the first of that month.
    const NOW: Millis = 1_795_543_698_000;

    fn meter(cents: u64, since: Millis) -> Meter {
        let now = Rate { replicas: 2, tenths: 5, cents };
        Meter { app: "a".into(), database: None, now, since, months: Vec::new() }
    }

    #[test]
    fn a_whole_month_costs_the_price_of_a_month_however_long_it_is() {
        let january = time::month_start(NOW + 60 * time::DAY);
        let meter = meter(5_000, time::month_start(NOW));
        let months = meter.months(january + 40 * time::DAY);
        let cents: Vec<u64> = months.iter().map(Month::cents).collect();
        // November, December, January, and nine days of 28 in February.
        assert_eq!(cents, [5_000, 5_000, 5_000, 5_000 * 9 / 28]);
        assert_eq!(months[0].replica_size_seconds(), 30 * 86_400);
        assert_eq!(months[1].replica_size_seconds(), 31 * 86_400);
    }

    #[test]
    fn an_invoice_of_the_platform_comes_out() {
        // May 2017 has 31 days: 43,944 replica-size-seconds cost 82 cents.
        let may = 1_494_543_454_000;
        let mut meter = meter(5_000, may);
        meter.now = Rate { replicas: 1, tenths: 10, cents: 5_000 };
        let month = &meter.months(may + 43_944 * time::SECOND)[0];
        assert_eq!((month.replica_size_seconds(), month.cents()), (43_944, 82));
    }

    #[test]
    fn looking_changes_nothing_and_any_clock_can_be_looked_at() {
        let meter = meter(5_000, NOW);
        let before = meter.clone();
        assert!(meter.months(Millis::MAX / 2).len() <= KEPT_MONTHS);
        assert!(meter.months(0).is_empty());
        assert_eq!(meter, before);
    }
}
