//! Deserializers that accept what servers of this family really send: numbers as
//! strings, strings as numbers, `null` for anything, booleans as `"True"`.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::answer::json;

/// Any scalar as text; `null`, arrays and objects become the empty string.
///
/// # Errors
/// Only when the input is not valid in its own format.
pub fn string<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Value::deserialize(deserializer).map(|value| scalar_text(&value).unwrap_or_default())
}

/// As [`string`], with `null` and the empty string as `None`.
///
/// # Errors
/// Only when the input is not valid in its own format.
pub fn opt_string<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    string(deserializer).map(|text| Some(text).filter(|text| !text.is_empty()))
}

/// A number, or text that holds one; anything else is zero.
///
/// # Errors
/// Only when the input is not valid in its own format.
pub fn float<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    opt_float(deserializer).map(Option::unwrap_or_default)
}

/// A number, or text that holds one; anything else is `None`.
///
/// # Errors
/// Only when the input is not valid in its own format.
pub fn opt_float<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    Value::deserialize(deserializer).map(|value| number(&value))
}

/// A whole number, or text that holds one, or a number with a fraction of zero;
/// anything else is zero.
///
/// # Errors
/// Only when the input is not valid in its own format.
pub fn integer<'de, D, N>(deserializer: D) -> Result<N, D::Error>
where
    D: Deserializer<'de>,
    N: TryFrom<i64> + Default,
{
    opt_integer(deserializer).map(Option::unwrap_or_default)
}

/// As [`integer`], with anything that is no whole number as `None`.
///
/// # Errors
/// Only when the input is not valid in its own format.
pub fn opt_integer<'de, D, N>(deserializer: D) -> Result<Option<N>, D::Error>
where
    D: Deserializer<'de>,
    N: TryFrom<i64>,
{
    let value = Value::deserialize(deserializer)?;
    let whole = value.as_i64().or_else(|| {
        number(&value).filter(|n| n.fract() == 0.0 && n.abs() < 9e15).map(|n| n as i64)
    });
    Ok(whole.and_then(|n| N::try_from(n).ok()))
}

/// `true`, `"true"`, `"True"`, `1` and `"1"`; anything else is false.
///
/// # Errors
/// Only when the input is not valid in its own format.
pub fn boolean<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    opt_boolean(deserializer).map(Option::unwrap_or_default)
}

/// As [`boolean`], with what is no boolean as `None`. The platform's command-line
/// client sends `follow=True`, Python's spelling.
///
/// # Errors
/// Only when the input is not valid in its own format.
pub fn opt_boolean<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    let text = string(deserializer)?.to_ascii_lowercase();
    Ok(match text.as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    })
}

/// A list; `null` is empty, and an element that cannot be read at all is left out
/// rather than costing the page the others.
///
/// # Errors
/// Only when the input is not valid in its own format.
pub fn list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    Ok(match Value::deserialize(deserializer)? {
        Value::Array(items) => {
            items.into_iter().filter_map(|item| serde_json::from_value(item).ok()).collect()
        }
        _ => Vec::new(),
    })
}

/// A value of its type's own shape, or the default when it has another.
///
/// # Errors
/// Only when the input is not valid in its own format.
pub fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    Ok(serde_json::from_value(Value::deserialize(deserializer)?).unwrap_or_default())
}

pub(crate) fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn number(value: &Value) -> Option<f64> {
    value
        .as_f64()
        .or_else(|| value.as_str().and_then(|text| json::number(text.trim())))
        .filter(|number| number.is_finite())
}
