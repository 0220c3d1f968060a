//! Read replicas: copies of a standard database with their own addresses.

use backoffice_contract::database::{Database as WireDatabase, DatabaseState};
use backoffice_contract::{Secret, op, rules};

use crate::engine::account::meter;
use crate::engine::app;
use crate::engine::app::activity;
use crate::engine::app::database::{Database, Replica, Standard, open, open_standard};
use crate::engine::protocol::handlers::Context;
use crate::engine::protocol::reply::{Outcome, Reply, check};
use crate::engine::time::MINUTE;
use crate::engine::{Millis, World};

const CREATION: Millis = 6 * MINUTE;

const NONE: &str = "A free database has no read replicas. Create a standard one to have them.";

/// Lists the replicas, oldest first.
pub(crate) fn list(
    world: &mut World,
    cx: &Context<'_>,
    op: op::ListReadReplicas,
) -> Outcome<op::ListReadReplicas> {
    let app = app::open(world, cx, &op.app)?;
    let standard = open_standard(world, &app, &op.database, cx.now, NONE)?.clone();
    let database = open(world, &app, &op.database, cx.now)?;
    let replicas = standard.replicas.iter();
    Ok(Reply::Data(
        replicas.map(|copy| copy.wire(database, &standard, &app.name, cx.now)).collect(),
    ))
}

/// Creates a replica, by default with the size of its database.
pub(crate) fn create(
    world: &mut World,
    cx: &Context<'_>,
    op: op::CreateReadReplica,
) -> Outcome<op::CreateReadReplica> {
    let mut app = app::open_to_change(world, cx, &op.app)?;
    let random = world.random_hex::<8>();
    let standard = open_standard(world, &app, &op.database, cx.now, NONE)?;
    let size = op.body.size.unwrap_or(standard.size);
    check("size", rules::database_size(size))?;
    standard.running()?;
    let id = format!("{}-replica-{random}", app.name);
    let summary = format!("Created read replica {id}.");
    standard.replicas.push(Replica {
        id,
        host: format!("{random}.db.sandbox.example"),
        size,
        available_at: cx.now.saturating_add(CREATION),
    });
    activity::note(world, &mut app, cx, &summary);
    meter::follow(world, &app, cx.now);
    app::save(world, app);
    Ok(Reply::Data(Default::default()))
}

impl Replica {
    /// It has user, password and version of its database.
    fn wire(
        &self,
        database: &Database,
        standard: &Standard,
        app: &str,
        now: Millis,
    ) -> WireDatabase {
        let ready = now >= self.available_at;
        WireDatabase {
            id: self.id.clone(),
            state: if ready { DatabaseState::Available } else { DatabaseState::Creating },
            host: self.host.clone(),
            url: Secret::new(database.url(&self.host)),
            size: Some(self.size),
            version: Some(standard.version.clone()),
            high_availability: None,
            ..database.wire(app)
        }
    }
}
