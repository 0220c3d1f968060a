//! Commands about databases that are more than one call.

use backoffice_contract::OperationId;
use backoffice_contract::database::DatabaseState;
use serde_json::{Value, json};

use crate::language::io::Io;
use crate::programs::cli::{Values, call, field, of_field, report, show_json, text};

pub(super) async fn create(io: &Io<'_>, mut values: Values) -> u8 {
    if values.remove("free").is_some() {
        if values.contains_key("cloud") || values.contains_key("region") {
            return io
                .fail("A free database is always on gcp in us-central1: leave out -c and -r.");
        }
        values.retain(|field, _| field == "app");
        return match call::send(io, OperationId::CreateFreeDatabase, &values).await {
            Ok(data) => {
                show_json(io, &data);
                0
            }
            Err(error) => report(io, &error),
        };
    }
    values.entry("size").or_insert(json!(0.6));
    match call::send(io, OperationId::CreateDatabase, &values).await {
        Ok(_) => {
            io.notice(
                "The database is being created, which takes a few minutes. See gigalixir pg.",
            );
            0
        }
        Err(error) => report(io, &error),
    }
}

/// A browser cannot connect to a database: the shell shows the command that would, without
/// its password.
pub(super) async fn psql(io: &Io<'_>, values: &Values) -> u8 {
    let app = of_field("app", text(values, "app"));
    let databases = match io.shell.call(OperationId::ListDatabases, app).await {
        Ok(databases) => databases,
        Err(error) => return report(io, &error),
    };
    let available = |database: &&Value| {
        DatabaseState::from(field(database, "state")) == DatabaseState::Available
    };
    let Some(database) = databases.as_array().into_iter().flatten().find(available) else {
        return io.fail("No database accepts connections. See gigalixir pg.");
    };
    let connection = json!({
        "host": database.get("host"),
        "port": database.get("port"),
        "database": database.get("database"),
        "username": database.get("username"),
    });
    show_json(io, &connection);
    io.fail(
        "This shell cannot connect to databases. In your terminal, the same command starts \
         psql.",
    )
}
