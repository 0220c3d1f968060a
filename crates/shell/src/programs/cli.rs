//! `gigalixir`, the platform's command-line client.
//!
//! One table defines the commands, their arguments and the operations that they call;
//! parsing, help and completion use it.

mod account;
mod app;
mod call;
mod command;
mod database;
mod help;
mod parse;
mod remote;
mod session;
mod signup;
pub(crate) mod table;

pub(crate) use remote::{Line, play};

use backoffice_client::CallError;
use backoffice_contract::{OperationId, Secret};
use futures_util::FutureExt as _;
use serde_json::{Map, Value};

use crate::event::Event;
use crate::language::io::Io;
use crate::nearest::nearest;
pub(crate) use command::{Command, Takes};
use command::{Does, Own};
use parse::Parsed;

/// The version whose behaviour the shell imitates.
const VERSION: &str = "1.16.1";

/// The fields that a line sets.
pub(crate) type Values = Map<String, Value>;

/// The exit code for a line that cannot be parsed.
const USAGE: u8 = 2;

/// Runs a line.
pub(crate) async fn run(io: &Io<'_>, words: &[String]) -> u8 {
    let words = match leading_options(io, words) {
        Ok(words) => words,
        Err(status) => return status,
    };
    let Some((name, rest)) = words.split_first() else {
        io.write(&help::all());
        return 0;
    };
    let Some(command) = table::find(name) else {
        io.notice("Usage: gigalixir [OPTIONS] COMMAND [ARGS]...");
        io.notice("Try 'gigalixir --help' for help.\n");
        io.notice(format!("Error: No such command '{name}'."));
        if let Some(meant) = nearest(name, table::names()) {
            io.notice(format!("Did you mean '{meant}'?"));
        }
        return USAGE;
    };
    if parse::wants_help(command, rest) {
        io.write(&help::of(command));
        return 0;
    }
    match parse::parse(command, rest) {
        Ok(parsed) => execute(io, command, parsed).boxed_local().await,
        Err(reason) => {
            io.notice(help::usage(command));
            io.notice(format!("Try 'gigalixir {} --help' for help.\n", command.name));
            io.notice(format!("Error: {reason}"));
            USAGE
        }
    }
}

/// Reads the options before the command.
fn leading_options<'a>(io: &Io<'_>, words: &'a [String]) -> Result<&'a [String], u8> {
    match words.split_first() {
        Some((word, _)) if word == "--help" || word == "-h" => {
            io.write(&help::all());
            Err(0)
        }
        Some((word, _)) if word == "--version" => {
            io.line(VERSION);
            Err(0)
        }
        Some((word, rest)) if word == "--env" => match rest.split_first() {
            Some((env, rest)) if env == "prod" => leading_options(io, rest),
            _ => Err(io.fail("Error: this shell only has the environment prod.")),
        },
        Some((word, rest)) if word == "--env=prod" => leading_options(io, rest),
        Some((word, _)) if word.starts_with('-') => {
            io.notice("Usage: gigalixir [OPTIONS] COMMAND [ARGS]...\n");
            io.notice(format!("Error: No such option: {word}"));
            Err(USAGE)
        }
        _ => Ok(words),
    }
}

async fn execute(io: &Io<'_>, command: &'static Command, parsed: Parsed) -> u8 {
    let mut io = io.clone();
    let mut values = parsed.values;
    if command.needs_app() && !values.contains_key("app") {
        match app::detect(&io) {
            Some(app) => values.insert("app".to_owned(), app.into()),
            None => {
                return io.fail(
                    "Error: No app given. Name it with -a, set GIGALIXIR_APP, or run \
                     this in a folder with the git remote gigalixir.",
                );
            }
        };
    }
    if let Some(text) = command.confirm
        && !parsed.confirmed
        && command.wants_confirmation(&values)
        && !io.confirm(text).await
    {
        io.notice("Aborted!");
        // The client exits with success if the user only answered no.
        return 0;
    }
    for (option, kind, text) in command.questions() {
        if !values.contains_key(option) {
            match io.ask(kind, text, None).await {
                Some(answer) => values.insert(option.to_owned(), answer.expose().into()),
                None => return io.fail("Aborted!"),
            };
        }
    }
    match command.does {
        Does::Call(operation, shows) => call::make(&io, operation, shows, values).await,
        Does::Own(own) => crate::programs::cli::own(&mut io, own, values).await,
    }
}

async fn own(io: &mut Io<'_>, own: Own, values: Values) -> u8 {
    match own {
        Own::Signup => signup::run(io).await,
        Own::Login => session::login(io, &values).await,
        Own::Logout => session::logout(io).await,
        Own::ActivateMfa => account::activate_mfa(io).await,
        Own::ResetApiKey => account::reset_api_key(io, &values).await,
        Own::RecoveryCodes => account::recovery_codes(io).await,
        Own::Create => app::create(io, values).await,
        Own::GitRemote => app::git_remote(io, &values),
        Own::Open => app::open(io, &values),
        Own::Logs => app::logs(io, &values).await,
        Own::Rollback => app::rollback(io, values).await,
        Own::CreateDatabase => database::create(io, values).await,
        Own::Psql => database::psql(io, &values).await,
        Own::Migrate => remote::migrate(io, &values).await,
        Own::RemoteRun => remote::run(io, &values).await,
        Own::Distillery => remote::distillery(io, &values).await,
        Own::Interactive => remote::interactive(io, &values).await,
        Own::Observer => remote::observer(io, &values).await,
        Own::Elsewhere => io.fail(
            "This command opens a page of the other provider, which this shell cannot do. Run it \
             in your terminal.",
        ),
        Own::Version => {
            io.line(VERSION);
            0
        }
        Own::Help => help::run(io, &values),
    }
}

/// Shows a failed call: the body of the answer, as the client does, and its meaning in
/// words.
fn report(io: &Io<'_>, error: &CallError) -> u8 {
    match error {
        CallError::SignedOut => unauthorized(io),
        CallError::Api(error) if error.status == 401 => unauthorized(io),
        CallError::Api(error) => {
            io.shell.show(Event::Note(error.text()));
            io.fail(error.encode().to_string())
        }
        error => io.fail(error.text()),
    }
}

fn unauthorized(io: &Io<'_>) -> u8 {
    io.fail(
        "Unauthorized: you are not signed in, or have no access to this app. Check its name or \
         pass -a, run gigalixir login, or look at your netrc file.",
    )
}

/// Text of a field; empty if there is none.
fn text<'a>(values: &'a Values, field: &str) -> &'a str {
    values.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// The fields of a request that has one field.
fn of_field(name: &str, value: &str) -> Values {
    let mut fields = Values::new();
    fields.insert(name.to_owned(), value.into());
    fields
}

/// Text of a field of an answer; empty if there is none.
fn field<'a>(answer: &'a Value, name: &str) -> &'a str {
    answer.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A field of an answer that must not be shown by accident.
fn secret(answer: &Value, name: &str) -> Option<Secret> {
    answer.get(name).and_then(Value::as_str).map(Secret::from)
}

/// Shows JSON as the client does: sorted keys, an empty line after it.
fn show_json(io: &Io<'_>, value: &Value) {
    match serde_json::to_string_pretty(value) {
        Ok(text) => io.line(format!("{text}\n")),
        Err(error) => io.notice(error.to_string()),
    }
}

/// The operations that a command calls, for explanations.
#[must_use]
pub fn operations(command: &str) -> Vec<OperationId> {
    table::find(command).map(Command::operations).unwrap_or_default()
}
