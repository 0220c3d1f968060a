//! An app: its desired state, and everything that runs, ran or was built for it.

pub mod access;
pub mod activity;
pub mod apps;
pub mod canaries;
pub mod config_vars;
pub mod database;
pub mod domains;
pub mod drains;
pub mod names;
pub mod observer;
pub mod release;
pub mod scale;
pub mod stats;
pub mod status;

use backoffice_contract::ApiError;
use backoffice_contract::app;
use serde::{Deserialize, Serialize};

use crate::engine::app::access::Standing;
use crate::engine::protocol::handlers::Context;
use crate::engine::running::deploy::{self, Build};
use crate::engine::running::run::Job;
use crate::engine::{Millis, World, hash};

/// The alphabet of generated names: without vowels, so that they contain no words.
const ALPHABET: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";

/// How many changes of maintenance mode are remembered, for the log.
const MAX_MAINTENANCE_CHANGES: usize = 50;

/// An app.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct App {
    /// Distinguishes it from a later app with the same name.
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) owner: u64,
    pub(super) cloud: String,
    pub(super) region: String,
    pub(super) stack: String,
    pub(super) size: f64,
    /// Desired replicas.
    pub(super) replicas: u32,
    pub(super) maintenance: bool,
    /// The times at which maintenance mode was turned on or off, oldest first.
    #[serde(default)]
    pub(super) maintenance_changes: Vec<(Millis, bool)>,
    /// The seed of everything that looks random in it.
    pub(super) seed: u64,
    /// The number of the newest release.
    pub(super) version: u64,
    /// The number of the newest activity.
    pub(super) activities: u64,
    /// How often all pods were replaced.
    pub(super) generation: u64,
    /// How many pods and jobs were created.
    pub(super) serial: u64,
    /// The commit whose migrations have run.
    pub(super) migrated: Option<String>,
    pub(super) pods: Vec<Pod>,
    pub(super) jobs: Vec<Job>,
    pub(super) builds: Vec<Build>,
}

/// A container that serves requests. Its whole life is planned when it is created; a change
/// of plans only affects the future.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pod {
    pub(super) name: String,
    /// Pods that were started together have the same generation.
    pub(super) generation: u64,
    /// The release that it runs.
    pub(super) version: u64,
    /// The commit that it runs.
    pub(super) sha: String,
    /// When it starts.
    pub(super) from: Millis,
    /// When it passes its first health check.
    pub(super) ready: Option<Millis>,
    /// When it counts as unhealthy.
    pub(super) fails: Option<Millis>,
    /// When it stops getting traffic.
    pub(super) draining: Option<Millis>,
    /// Why its previous container ended, such as `OOMKilled`.
    pub(super) last_end: Option<String>,
}

impl App {
    /// The app as the API shows it.
    pub(super) fn wire(&self) -> app::App {
        app::App {
            unique_name: self.name.clone(),
            cloud: self.cloud.clone(),
            region: self.region.clone(),
            stack: self.stack.clone(),
            size: self.size,
            replicas: self.replicas,
        }
    }

    /// Turns maintenance mode on or off.
    pub(super) fn set_maintenance(&mut self, on: bool, now: Millis) {
        self.maintenance = on;
        if self.maintenance_changes.len() >= MAX_MAINTENANCE_CHANGES {
            self.maintenance_changes.remove(0);
        }
        self.maintenance_changes.push((now, on));
    }

    /// Whether maintenance mode was on at that time.
    pub(super) fn in_maintenance(&self, at: Millis) -> bool {
        self.maintenance_changes
            .iter()
            .rev()
            .find(|(since, _)| *since <= at)
            .is_some_and(|(_, on)| *on)
    }

    /// The key of a row that belongs to the app, in the order of `number`.
    pub(super) fn row(&self, number: u64) -> String {
        format!("{}{number:08}", self.rows())
    }

    /// The common beginning of the keys of all rows that belong to the app.
    pub(super) fn rows(&self) -> String {
        format!("{}/", self.name)
    }

    /// The name of the application in the code, as Mix would spell it.
    pub(super) fn code_name(&self) -> String {
        self.name.replace('-', "_")
    }

    /// The name of the module of the application in the code.
    pub(super) fn module(&self) -> String {
        self.name
            .split('-')
            .flat_map(|word| {
                let mut letters = word.chars();
                letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters)
            })
            .collect()
    }

    /// A piece of a generated name: always the same for the same `number`.
    pub(super) fn suffix(&self, number: u64, length: u64) -> String {
        let base = self.seed ^ hash::mix(number);
        (0..length)
            .filter_map(|at| {
                let index = hash::mix(base.wrapping_add(at)) % ALPHABET.len() as u64;
                ALPHABET.get(usize::try_from(index).ok()?).copied().map(char::from)
            })
            .collect()
    }

    /// The number of the next pod or job.
    pub(super) fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }
}

/// The app with this name, after settling everything that is due, if the caller may see it.
/// Callers without access get the same answer as for an app that does not exist.
pub(super) fn open(world: &mut World, cx: &Context<'_>, name: &str) -> Result<App, ApiError> {
    opened(world, cx, name).map(|(app, _)| app)
}

/// As [`open`], to change the app: read access is not enough.
pub(super) fn open_to_change(
    world: &mut World,
    cx: &Context<'_>,
    name: &str,
) -> Result<App, ApiError> {
    let (app, standing) = opened(world, cx, name)?;
    if standing >= Standing::Collaborator {
        return Ok(app);
    }
    let refusal = "You may look at this app, not change it. Its owner can give you the role \
                   COLLABORATOR.";
    Err(ApiError::new(403, refusal))
}

/// As [`open`], for actions that only the owner may take.
pub(super) fn open_as_owner(
    world: &mut World,
    cx: &Context<'_>,
    name: &str,
) -> Result<App, ApiError> {
    let (app, standing) = opened(world, cx, name)?;
    if standing == Standing::Owner {
        Ok(app)
    } else {
        Err(ApiError::new(403, "Only the owner of the app may do this."))
    }
}

fn opened(world: &mut World, cx: &Context<'_>, name: &str) -> Result<(App, Standing), ApiError> {
    settled(world, name, cx.now)
        .and_then(|app| access::standing(world, &app, cx.user).map(|standing| (app, standing)))
        .ok_or_else(|| ApiError::new(404, format!("There is no app `{name}`.")))
}

/// The app with this name, after settling everything that is due.
pub(super) fn settled(world: &mut World, name: &str, now: Millis) -> Option<App> {
    let app = world.apps.get(name)?.clone();
    Some(deploy::settle(world, app, now))
}

pub(super) fn save(world: &mut World, app: App) {
    world.apps.insert(app.name.clone(), app);
}
