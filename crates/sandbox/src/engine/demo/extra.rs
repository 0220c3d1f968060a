//! Additions to the demo account, for measuring and testing how a console handles large
//! amounts.

use backoffice_contract::app::CreateAppRequest;
use backoffice_contract::config::SetConfigsRequest;
use backoffice_contract::op;
use backoffice_contract::region::{CLOUDS, STACKS};

use crate::engine::account::user;
use crate::engine::app::names;
use crate::engine::app::{apps, config_vars};
use crate::engine::demo::{EMAIL, HERON, Outcome, Past};
use crate::engine::protocol::reply::Answer;
use crate::engine::time::{DAY, HOUR, MINUTE, SECOND};
use crate::engine::{Config, Millis, World};

/// The additional releases are created between these two times before now, because the rest
/// of the demo world is at rest when they begin.
const RELEASES_FROM: Millis = 25 * HOUR;
const RELEASES_UNTIL: Millis = HOUR;

/// How many releases there are per deploy; the others are config changes.
const DEPLOY_EVERY: u32 = 5;

/// The variable that the other additional releases change.
const SWITCHES: [&str; 4] = ["CACHE_SECONDS", "FEATURE_TAGS", "MAX_UPLOAD", "PAGE_SIZE"];

/// Sizes of replicas of the additional apps.
const SIZES: [f64; 5] = [0.3, 0.5, 1.0, 2.0, 0.2];

/// How much more of everything the demo account gets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extra {
    /// More apps, with generated names, in all states, places and sizes.
    pub apps: u32,
    /// More releases of `quiet-amber-heron`, up to [`Extra::MOST_RELEASES`].
    pub releases: u32,
    /// More config variables of `quiet-amber-heron`, up to [`Extra::MOST_CONFIGS`].
    pub configs: u32,
}

impl Extra {
    /// The limit for apps.
    pub const MOST_APPS: u32 = 100_000;
    /// The limit for releases: some of them need a build, which takes time.
    pub const MOST_RELEASES: u32 = 5_000;
    /// The limit for config variables: all variables of an app must fit into 32 kB.
    pub const MOST_CONFIGS: u32 = 3_000;
}

impl World {
    /// Gives the demo account of a fresh world more of everything; returns whether all of
    /// it fits. The same world and numbers give the same rows.
    #[must_use]
    pub fn add_to_demo(&mut self, extra: Extra, now: Millis) -> bool {
        let Some(user) = user::by_email(self, EMAIL).map(|user| user.id) else { return false };
        let now = self.time(now);
        let config = Config::default();
        let mut past = Past { world: self, config: &config, user, now };
        let added = add_releases(&mut past, extra.releases)
            .and_then(|()| add_configs(&mut past, extra.configs))
            .and_then(|()| add_apps(&mut past, extra.apps));
        added.is_ok()
    }
}

fn add_releases(past: &mut Past<'_>, count: u32) -> Result<(), Answer> {
    let span = RELEASES_FROM - RELEASES_UNTIL;
    for number in 1..=count {
        let ago = RELEASES_FROM - span * Millis::from(number) / Millis::from(count);
        if number % DEPLOY_EVERY == 0 {
            past.push(ago, HERON, &format!("Change {number}"), Outcome::Ok)?;
        } else {
            let index = usize::try_from(number).unwrap_or_default() % SWITCHES.len();
            let name = SWITCHES.get(index).copied().unwrap_or_default();
            past.set(ago, HERON, &[(name, &number.to_string())])?;
        }
    }
    Ok(())
}

/// All in one release. Short names and values, so that many fit.
fn add_configs(past: &mut Past<'_>, count: u32) -> Result<(), Answer> {
    if count == 0 {
        return Ok(());
    }
    let configs = (1..=count).map(|at| (format!("V{at:04}"), at.to_string().into())).collect();
    let body = SetConfigsRequest { configs, avoid_restart: false };
    let cx = past.at(RELEASES_UNTIL - MINUTE);
    config_vars::set(past.world, &cx, op::SetConfigs { app: HERON.to_owned(), body }).map(drop)
}

/// In the order of their names, which is the order of the table: this adds rows at the end
/// of the table rather than between others.
fn add_apps(past: &mut Past<'_>, count: u32) -> Result<(), Answer> {
    let regions: Vec<&str> =
        CLOUDS.iter().flat_map(|cloud| cloud.regions).map(|region| region.id).collect();
    for (at, name) in (0_u32..).zip(names::spread(count)) {
        let name = if past.world.apps.contains(&name) { format!("{name}-more") } else { name };
        let pick = |of: usize| usize::try_from(at).unwrap_or_default() % of.max(1);
        let body = CreateAppRequest {
            unique_name: Some(name.clone()),
            region: regions.get(pick(regions.len())).map(|region| (*region).to_owned()),
            stack: STACKS.iter().cycle().nth(pick(7)).map(|stack| (*stack).to_owned()),
            ..Default::default()
        };
        // All younger than the account, one second apart in the order of their names.
        let ago = 30 * DAY - SECOND * Millis::from(at);
        apps::create(past.world, &past.at(ago), op::CreateApp { body })?;
        // Two thirds have been deployed, and half of those are stopped again.
        if at % 3 != 0 {
            past.push(ago - MINUTE, &name, "First version", Outcome::Ok)?;
            let replicas = u32::try_from(pick(6)).unwrap_or_default().saturating_sub(1);
            let size = SIZES.get(pick(SIZES.len())).copied().unwrap_or(0.3);
            past.scale(ago - 5 * MINUTE, &name, replicas, size)?;
        }
    }
    Ok(())
}
