//! Commands that go to a running container by SSH.
//!
//! The calls before the connection are the client's. The sandbox simulates the connection
//! itself; with a real API, the shell shows the command instead.

use backoffice_client::Millis;
use backoffice_contract::{Method, OperationId, argv, percent_encode};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::event::Event;
use crate::language::io::Io;
use crate::programs::cli::{Values, field, of_field, report, text};

/// The output of a command in a container, and its timing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Output {
    pub(crate) lines: Vec<Line>,
    exit_code: u8,
}

/// A line of the output.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Line {
    /// Milliseconds since the beginning.
    after_ms: Millis,
    pub(crate) text: String,
}

pub(super) async fn migrate(io: &Io<'_>, values: &Values) -> u8 {
    let command = match text(values, "migration_app") {
        "" => "gigalixir_run migrate".to_owned(),
        app => format!("gigalixir_run migrate -m {}", argv::quote(app)),
    };
    let Some(address) = connect(io, values).await else { return 1 };
    remote(io, values, &address, &command, &["mix".into(), "ecto.migrate".into()]).await
}

pub(super) async fn run(io: &Io<'_>, values: &Values) -> u8 {
    let words = words(values);
    let quoted: Vec<String> = words.iter().map(|word| argv::quote(word)).collect();
    let Some(address) = connect(io, values).await else { return 1 };
    let command = format!("gigalixir_run shell -- {}", quoted.join(" "));
    remote(io, values, &address, &command, &words).await
}

pub(super) async fn distillery(io: &Io<'_>, values: &Values) -> u8 {
    let app = of_field("app", text(values, "app"));
    let release = match io.shell.call(OperationId::GetLatestRelease, app).await {
        Ok(release) => release,
        Err(error) => return report(io, &error),
    };
    let Some(address) = connect(io, values).await else { return 1 };
    let program = format!("bin/{}", field(&release, "customer_app_name"));
    let words: Vec<String> = [program].into_iter().chain(words(values)).collect();
    let command = format!("gigalixir_run shell -- {}", words.join(" "));
    remote(io, values, &address, &command, &words).await
}

pub(super) async fn interactive(io: &Io<'_>, values: &Values) -> u8 {
    if connect(io, values).await.is_none() {
        return 1;
    }
    io.fail(
        "This command needs a terminal, which this shell is not. Run it in your terminal; for a \
         single command, use gigalixir ps:run.",
    )
}

pub(super) async fn observer(io: &Io<'_>, values: &Values) -> u8 {
    for operation in [OperationId::GetObserverCommands, OperationId::GetSshIp] {
        if let Err(error) = io.shell.call(operation, of_field("app", text(values, "app"))).await {
            return report(io, &error);
        }
    }
    io.fail("Observer opens its own windows. Run this in your terminal.")
}

fn words(values: &Values) -> Vec<String> {
    let words = values.get("command").and_then(Value::as_array).into_iter().flatten();
    words.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Checks that there is a key, and gets the address to connect to.
async fn connect(io: &Io<'_>, values: &Values) -> Option<String> {
    match io.shell.call(OperationId::ListSshKeys, Values::new()).await {
        Ok(keys) if keys.as_array().is_none_or(Vec::is_empty) => {
            io.fail(
                "You have no SSH key on the platform. Add one with gigalixir \
                 account:ssh_keys:add \"$(cat ~/.ssh/id_rsa.pub)\".",
            );
            return None;
        }
        Ok(_) => {}
        Err(error) => {
            report(io, &error);
            return None;
        }
    }
    let app = of_field("app", text(values, "app"));
    match io.shell.call(OperationId::GetSshIp, app).await {
        Ok(address) => Some(field(&address, "ssh_ip").to_owned()),
        Err(error) => {
            report(io, &error);
            None
        }
    }
}

/// Runs a command in a container of the sandbox.
async fn remote(
    io: &Io<'_>,
    values: &Values,
    address: &str,
    command: &str,
    words: &[String],
) -> u8 {
    let options = match text(values, "ssh_opts") {
        "" => String::new(),
        options => format!("{options} "),
    };
    let program =
        Some(text(values, "ssh_cmd")).filter(|program| !program.is_empty()).unwrap_or("ssh");
    let ssh = format!("{program} {options}-t root@{address} {command}");
    if !io.shell.host.simulated {
        return io
            .fail(format!("Web pages cannot connect by SSH. Run this in your terminal: {ssh}"));
    }
    io.shell.show(Event::Note(format!("By SSH: {ssh}")));
    let target = format!("/sandbox/apps/{}/ssh", percent_encode(text(values, "app")));
    let body = json!({ "command": words });
    match io.shell.control::<Output>(Method::POST, &target, Some(&body)).await {
        Ok(output) => {
            play(io, &output.lines, |text| io.line(text)).await;
            output.exit_code
        }
        Err(reason) => io.fail(reason),
    }
}

/// Shows lines at their times; returns how long that took, in milliseconds.
pub(crate) async fn play(io: &Io<'_>, lines: &[Line], mut show: impl FnMut(&str)) -> Millis {
    let mut at = 0;
    for line in lines {
        if line.after_ms > at {
            io.shell.host.runtime.sleep(line.after_ms - at).await;
            at = line.after_ms;
        }
        show(&line.text);
    }
    at
}
