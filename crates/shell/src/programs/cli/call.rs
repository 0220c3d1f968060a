//! Commands that are one call: fields become path, query and body.

use backoffice_client::CallError;
use backoffice_contract::OperationId;
use serde_json::Value;

use crate::language::io::Io;
use crate::programs::cli::command::Shows;
use crate::programs::cli::{Values, report, show_json};

/// Makes the call with these fields; returns the value of `data`.
pub(super) async fn send(
    io: &Io<'_>,
    operation: OperationId,
    values: &Values,
) -> Result<Value, CallError> {
    let data = io.shell.call(operation, values.clone()).await?;
    learn(io, operation, &data);
    Ok(data)
}

/// Makes the call and shows its result.
pub(super) async fn make(io: &Io<'_>, operation: OperationId, shows: Shows, values: Values) -> u8 {
    match send(io, operation, &values).await {
        Ok(data) => {
            match shows {
                Shows::Data => show_json(io, &data),
                Shows::Nothing => {}
                Shows::Notice(text) => io.notice(text),
                Shows::Text(template) => io.line(filled(template, &values)),
            }
            0
        }
        Err(error) => report(io, &error),
    }
}

/// A value as text.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn filled(template: &str, values: &Values) -> String {
    let mut out = template.to_owned();
    for (name, value) in values {
        out = out.replace(&format!("{{{name}}}"), &plain(value));
        if let Value::Array(words) = value {
            let words: Vec<String> = words.iter().map(plain).collect();
            out = out.replace(&format!("{{{name}...}}"), &words.join(" "));
        }
    }
    out
}

/// Remembers the names of apps, for completion.
fn learn(io: &Io<'_>, operation: OperationId, data: &Value) {
    let name = |app: &Value| app.get("unique_name").and_then(Value::as_str).map(str::to_owned);
    let mut state = io.shell.state.borrow_mut();
    match operation {
        OperationId::ListApps => {
            state.apps = data.as_array().into_iter().flatten().filter_map(name).collect();
        }
        OperationId::CreateApp => {
            let new = name(data).filter(|name| !state.apps.contains(name));
            state.apps.extend(new);
        }
        _ => {}
    }
}
