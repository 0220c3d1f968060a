//! The demo account and its apps, so that a fresh sandbox has something to show. Everything
//! in it is made up, and was created as a user would do it: through the operations, at
//! times in the past.

use backoffice_contract::app::{CreateAppRequest, RunRequest, ScaleRequest};
use backoffice_contract::config::SetConfigsRequest;
use backoffice_contract::database::{CreateDatabaseRequest, ReadReplicaRequest};
use backoffice_contract::network::{
    AddDrainRequest, AddPermissionRequest, CanaryRequest, DomainRequest, Role,
};
use backoffice_contract::session::Tier;
use backoffice_contract::{ApiError, op};

use crate::engine::account::user::{self, Password};
use crate::engine::account::{card, ssh_keys};
use crate::engine::app::{
    access, apps, canaries, config_vars, database, domains, drains, release, scale,
};
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Answer, Reply};
use crate::engine::running::deploy::{self, Outcome, PushRequest};
use crate::engine::running::run;
use crate::engine::time::{DAY, HOUR, MINUTE};
use crate::engine::{Config, Millis, World, app};

/// The account that users sign in to with one click.
const EMAIL: &str = "demo@backoffice.example";
const PASSWORD: &str = "sandbox-demo";

/// The people with access to one of the demo's apps, with the same password.
const COLLEAGUE: &str = "sam@backoffice.example";
const AUDITOR: &str = "kim@backoffice.example";

/// Everything in the demo world is younger than this.
pub(super) const AGE: Millis = 130 * DAY;

/// Keys with a valid form, which no private keys belong to.
const SSH_KEYS: [&str; 2] = [
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDemoDemoDemoDemoDemoDemoDemoDemoDemoDemoDem demo@laptop",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFakeFakeFakeFakeFakeFakeFakeFakeFakeFakeFak demo@build-server",
];

mod extra;

pub use extra::Extra;

/// The app of the demo account that uses every feature.
const HERON: &str = "quiet-amber-heron";

/// Adds the demo account to a world.
pub(super) fn populate(world: &mut World, now: Millis) -> Result<(), Answer> {
    let born = now.saturating_sub(AGE);
    let password = Password::new(world, PASSWORD);
    let mut owner = user::create(world, EMAIL, password, Tier::Standard, 2_500, born);
    let user = owner.id;
    // A card that expires soon, with a number that ends in zeros and a five.
    let card = card::try_card(&"tok_amex".into(), born).map_err(ApiError::from)?;
    owner.card = Some(card.expiring(now.saturating_add(20 * DAY)));
    user::save(world, owner);
    for key in SSH_KEYS {
        ssh_keys::insert(world, user, key)?;
    }
    for colleague in [COLLEAGUE, AUDITOR] {
        let password = Password::new(world, PASSWORD);
        user::create(world, colleague, password, Tier::Free, 0, born);
    }
    let config = Config::default();
    let mut past = Past { world, config: &config, user, now };
    healthy(&mut past)?;
    stopped(&mut past)?;
    failing(&mut past)?;
    past.canary(25 * HOUR, HERON, "bold-misty-otter", 5)?;
    gone(&mut past)
}

/// Two healthy replicas, seven releases, a free database, and a standard one with backups,
/// a read replica, and a newer version to which it can be upgraded.
fn healthy(past: &mut Past<'_>) -> Result<(), Answer> {
    const APP: &str = HERON;
    past.create(45 * DAY, APP, "europe-west1")?;
    past.database(45 * DAY - 2 * MINUTE, APP)?;
    past.push(45 * DAY - 10 * MINUTE, APP, "First version", Outcome::Ok)?;
    past.run(45 * DAY - 14 * MINUTE, APP, &["mix", "ecto.migrate"])?;
    past.scale(44 * DAY, APP, 2, 0.5)?;
    past.set(
        40 * DAY,
        APP,
        &[
            ("PHX_HOST", "quiet-amber-heron.sandbox.example"),
            ("MAIL_FROM", "hello@backoffice.example"),
            ("FEATURE_SEARCH", "on"),
            ("SIGNING_SALT", "made-up-for-the-demo"),
        ],
    )?;
    past.domain(39 * DAY, APP, "heron.example")?;
    past.domain(39 * DAY - MINUTE, APP, "www.heron.example")?;
    past.let_in(38 * DAY, APP, COLLEAGUE, Role::Collaborator)?;
    past.push(30 * DAY, APP, "Search posts", Outcome::Ok)?;
    past.drain(29 * DAY, APP, "https://demo:made-up@logs.backoffice.example/ingest")?;
    past.let_in(21 * DAY, APP, AUDITOR, Role::Viewer)?;
    past.push(12 * DAY, APP, "Speed up the front page", Outcome::Ok)?;
    past.rollback(12 * DAY - 25 * MINUTE, APP, "4")?;
    past.push(3 * DAY, APP, "Speed up the front page, correctly", Outcome::Ok)?;
    past.run(3 * DAY - 5 * MINUTE, APP, &["mix", "ecto.migrate"])?;
    past.free_database(2 * DAY, APP)?;
    past.read_replica(36 * HOUR, APP)?;
    past.restart(26 * HOUR, APP)
}

/// Deployed once, switched off since.
fn stopped(past: &mut Past<'_>) -> Result<(), Answer> {
    const APP: &str = "idle-copper-newt";
    past.create(32 * DAY, APP, "us-east-1")?;
    past.push(32 * DAY - 20 * MINUTE, APP, "Prototype", Outcome::Ok)?;
    past.set(31 * DAY, APP, &[("PHX_HOST", "idle-copper-newt.sandbox.example")])?;
    past.push(20 * DAY, APP, "Second prototype", Outcome::Ok)?;
    past.scale(8 * DAY, APP, 0, 0.3)
}

/// The newest release needs more memory than it has; the previous one serves. The free
/// database has too many rows.
fn failing(past: &mut Past<'_>) -> Result<(), Answer> {
    const APP: &str = "bold-misty-otter";
    past.create(10 * DAY, APP, "v2018-us-central1")?;
    past.free_database(10 * DAY - MINUTE, APP)?;
    past.push(10 * DAY - 6 * MINUTE, APP, "Import orders", Outcome::Ok)?;
    past.push(5 * DAY, APP, "Export orders", Outcome::Ok)?;
    past.push(35 * MINUTE, APP, "Load all orders at once", Outcome::Unhealthy)?;
    let now = past.now;
    if let Some(mut app) = app::settled(past.world, APP, now) {
        let newest = app.version;
        for pod in app.pods.iter_mut().filter(|pod| pod.version == newest) {
            pod.last_end = Some("OOMKilled".to_owned());
        }
        database::limit(past.world, &app, now.saturating_sub(4 * HOUR));
        app::save(past.world, app);
    }
    Ok(())
}

/// Deleted since; only its invoices remain.
fn gone(past: &mut Past<'_>) -> Result<(), Answer> {
    const APP: &str = "early-silver-wren";
    past.create(125 * DAY, APP, "europe-west1")?;
    past.push(125 * DAY - 15 * MINUTE, APP, "Landing page", Outcome::Ok)?;
    past.scale(101 * DAY, APP, 2, 0.3)?;
    past.delete(58 * DAY, APP)
}

/// Runs operations at some time in the past.
struct Past<'a> {
    world: &'a mut World,
    config: &'a Config,
    user: u64,
    now: Millis,
}

impl<'a> Past<'a> {
    fn at(&self, ago: Millis) -> Context<'a> {
        Context {
            now: self.now.saturating_sub(ago),
            config: self.config,
            user: self.user,
            session: None,
            authorization: "",
        }
    }

    fn create(&mut self, ago: Millis, app: &str, region: &str) -> Result<(), Answer> {
        let body = CreateAppRequest {
            unique_name: Some(app.to_owned()),
            region: Some(region.to_owned()),
            ..Default::default()
        };
        apps::create(self.world, &self.at(ago), op::CreateApp { body }).map(drop)
    }

    fn push(
        &mut self,
        ago: Millis,
        app: &str,
        message: &str,
        outcome: Outcome,
    ) -> Result<(), Answer> {
        let request =
            PushRequest { message: Some(message.to_owned()), outcome, ..Default::default() };
        deploy::push(self.world, &self.at(ago), app, request)?;
        Ok(())
    }

    fn set(&mut self, ago: Millis, app: &str, configs: &[(&str, &str)]) -> Result<(), Answer> {
        let configs = configs.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect();
        let body = SetConfigsRequest { configs, avoid_restart: false };
        let app = app.to_owned();
        config_vars::set(self.world, &self.at(ago), op::SetConfigs { app, body }).map(drop)
    }

    fn scale(&mut self, ago: Millis, app: &str, replicas: u32, size: f64) -> Result<(), Answer> {
        let body = ScaleRequest { replicas: Some(replicas), size: Some(size) };
        let app = app.to_owned();
        scale::scale(self.world, &self.at(ago), op::ScaleApp { app, body }).map(drop)
    }

    fn delete(&mut self, ago: Millis, app: &str) -> Result<(), Answer> {
        let app = app.to_owned();
        apps::delete(self.world, &self.at(ago), op::DeleteApp { app }).map(drop)
    }

    fn restart(&mut self, ago: Millis, app: &str) -> Result<(), Answer> {
        let app = app.to_owned();
        scale::restart(self.world, &self.at(ago), op::RestartApp { app }).map(drop)
    }

    fn rollback(&mut self, ago: Millis, app: &str, version: &str) -> Result<(), Answer> {
        let op = op::RollbackRelease { app: app.to_owned(), version: version.to_owned() };
        release::rollback(self.world, &self.at(ago), op).map(drop)
    }

    fn run(&mut self, ago: Millis, app: &str, command: &[&str]) -> Result<(), Answer> {
        let body = RunRequest { command: command.iter().map(|word| (*word).to_owned()).collect() };
        let app = app.to_owned();
        run::run(self.world, &self.at(ago), op::RunCommand { app, body }).map(drop)
    }

    fn domain(&mut self, ago: Millis, app: &str, fqdn: &str) -> Result<(), Answer> {
        let body = DomainRequest { fqdn: fqdn.to_owned() };
        let app = app.to_owned();
        domains::add(self.world, &self.at(ago), op::AddDomain { app, body }).map(drop)
    }

    fn drain(&mut self, ago: Millis, app: &str, url: &str) -> Result<(), Answer> {
        let body = AddDrainRequest { url: url.into() };
        let app = app.to_owned();
        drains::add(self.world, &self.at(ago), op::AddDrain { app, body }).map(drop)
    }

    fn let_in(&mut self, ago: Millis, app: &str, email: &str, role: Role) -> Result<(), Answer> {
        let body = AddPermissionRequest { email: email.to_owned(), role: Some(role) };
        let app = app.to_owned();
        access::add(self.world, &self.at(ago), op::AddPermission { app, body }).map(drop)
    }

    fn canary(&mut self, ago: Millis, app: &str, other: &str, weight: u32) -> Result<(), Answer> {
        let body = CanaryRequest { canary: Some(other.to_owned()), weight: Some(weight) };
        let app = app.to_owned();
        canaries::set(self.world, &self.at(ago), op::SetCanary { app, body }).map(drop)
    }

    fn free_database(&mut self, ago: Millis, app: &str) -> Result<(), Answer> {
        let app = app.to_owned();
        database::create_free(self.world, &self.at(ago), op::CreateFreeDatabase { app }).map(drop)
    }

    fn database(&mut self, ago: Millis, app: &str) -> Result<(), Answer> {
        let version = Some("POSTGRES_15".to_owned());
        let body = CreateDatabaseRequest { size: 1.7, version, ..Default::default() };
        let app = app.to_owned();
        database::create(self.world, &self.at(ago), op::CreateDatabase { app, body }).map(drop)
    }

    fn read_replica(&mut self, ago: Millis, app: &str) -> Result<(), Answer> {
        let cx = self.at(ago);
        let app = app.to_owned();
        let databases = op::ListDatabases { app: app.clone() };
        let Reply::Data(databases) = database::list(self.world, &cx, databases)? else {
            return Ok(());
        };
        let standard = databases.into_iter().find(|database| database.tier == Tier::Standard);
        let database = standard.map(|database| database.id).unwrap_or_default();
        let body = ReadReplicaRequest { size: Some(0.6) };
        let op = op::CreateReadReplica { app, database, body };
        database::create_replica(self.world, &cx, op).map(drop)
    }
}

#[cfg(test)]
mod tests;
