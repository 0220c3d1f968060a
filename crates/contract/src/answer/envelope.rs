//! The success envelope `{"success": true, "message": "", "data": …}`.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};

use crate::answer::lenient;

/// An answer whose `data` says nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Nothing {}

impl Serialize for Nothing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        json!({}).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Nothing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self {})
    }
}

/// An answer whose `data` is a sentence: a bare string, or `{"message": …}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Message(pub String);

impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let text = value.get("message").unwrap_or(&value);
        Ok(Self(lenient::scalar_text(text).unwrap_or_default()))
    }
}

/// Wraps `data` as a server of this family does.
#[must_use]
pub fn wrap(data: Value) -> Value {
    json!({ "success": true, "message": "", "data": data })
}

/// Reads the `data` of a success. An empty body, a body without `data` and a
/// `data` of null read as the type's empty value, since several endpoints answer so;
/// elements of a list that cannot be read are left out.
///
/// # Errors
/// When the body is no JSON, or `data` cannot be read as `T` at all.
pub fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, serde_json::Error> {
    let value = if body.iter().all(u8::is_ascii_whitespace) {
        Value::Null
    } else {
        serde_json::from_slice(body)?
    };
    let data = match value {
        Value::Object(mut fields) => fields.remove("data").unwrap_or_default(),
        other => other,
    };
    if data.is_null() {
        for empty in [json!({}), json!([])] {
            if let Ok(read) = serde_json::from_value(empty) {
                return Ok(read);
            }
        }
    }
    match (serde_json::from_value(data.clone()), data) {
        // One bad element must not cost the page the others.
        (Err(_), Value::Array(items)) => {
            let readable = |item: &Value| serde_json::from_value::<T>(json!([item])).is_ok();
            serde_json::from_value(items.into_iter().filter(readable).collect())
        }
        (read, _) => read,
    }
}
