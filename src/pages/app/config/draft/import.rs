//! Variables from elsewhere: `.env` text, or a JSON object; and back.

use std::collections::BTreeMap;

use backoffice_contract::Secret;
use backoffice_contract::config::Configs;
use backoffice_contract::dotenv::Document;
use serde_json::Value;

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The variables.
    pub values: Configs,
    /// The same as raw text, with its comments where it had some.
    pub text: Secret,
}

/// Reads `.env` text, or JSON when it begins with `{`.
///
/// # Errors
/// As sentences, all at once. They repeat no value.
pub fn read_import(text: &str) -> Result<Imported, Vec<String>> {
    let trimmed = text.trim_start_matches('\u{feff}').trim();
    if trimmed.is_empty() {
        return Err(vec!["There is nothing in it.".to_owned()]);
    }
    let document =
        if trimmed.starts_with('{') { from_json(trimmed)? } else { Document::parse(text) };
    let faults = document.faults(|_| false);
    if !faults.is_empty() {
        return Err(faults.iter().map(ToString::to_string).collect());
    }
    let values = document.values();
    if values.is_empty() {
        return Err(vec!["There is no variable in it.".to_owned()]);
    }
    Ok(Imported { values, text: document.to_string().into() })
}

fn from_json(text: &str) -> Result<Document, Vec<String>> {
    let read: BTreeMap<String, Value> = serde_json::from_str(text)
        .map_err(|fault| vec![format!("Line {}: This is not a JSON object.", fault.line())])?;
    let mut document = Document::default();
    let mut faults = Vec::new();
    for (name, value) in read {
        let value = match value {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            Value::Bool(flag) => flag.to_string(),
            _ => {
                faults.push(format!("{name}: A value has to be text, a number, true or false."));
                continue;
            }
        };
        match backoffice_contract::rules::config_key(&name) {
            Ok(()) => document.set(&name, &value),
            Err(rule) => faults.push(format!("{name}: The name {rule}")),
        }
    }
    if faults.is_empty() { Ok(document) } else { Err(faults) }
}

/// Variables as a JSON object.
#[must_use]
pub fn to_json(values: &Configs) -> String {
    let plain: BTreeMap<&str, &str> =
        values.iter().map(|(name, value)| (name.as_str(), value.expose())).collect();
    // Maps of text can always be written.
    serde_json::to_string_pretty(&plain).unwrap_or_default() + "\n"
}
