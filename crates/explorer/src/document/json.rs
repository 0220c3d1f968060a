//! JSON that stays text: an object's members and an array's items as slices.
//!
//! Only the requested level is parsed, and the order of the text is kept.

use std::{borrow::Cow, fmt, ops::Range};

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Where a value is in a document's text, in bytes.
pub(crate) type Span = Range<usize>;

/// The members of an object, in the text's order. Empty for anything else.
#[derive(Default)]
pub(crate) struct Object<'a> {
    members: Vec<(Cow<'a, str>, &'a str)>,
}

impl<'a> Object<'a> {
    /// The members of the object that `raw` is.
    pub(crate) fn parse(raw: &'a str) -> Self {
        serde_json::from_str(raw).unwrap_or_default()
    }

    /// The value of a member as JSON text.
    pub(crate) fn get(&self, key: &str) -> Option<&'a str> {
        self.members.iter().find(|(name, _)| name == key).map(|(_, raw)| *raw)
    }

    /// The text of a member that is a string.
    pub(crate) fn text(&self, key: &str) -> Option<String> {
        self.get(key).and_then(string)
    }

    /// Whether a member is `true`.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.get(key) == Some("true")
    }

    /// A member that is an object; otherwise an empty object.
    pub(crate) fn object(&self, key: &str) -> Object<'a> {
        self.get(key).map(Object::parse).unwrap_or_default()
    }

    /// The items of a member that is an array.
    pub(crate) fn list(&self, key: &str) -> Vec<&'a str> {
        self.get(key).map(items).unwrap_or_default()
    }

    /// Names and values in the text's order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &'a str)> {
        self.members.iter().map(|(name, raw)| (name.as_ref(), *raw))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Object<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(Key(name)) = map.next_key()? {
            let raw: &RawValue = map.next_value()?;
            members.push((name, raw.get()));
        }
        Ok(Object { members })
    }
}

/// A member's name, borrowed if it has no escapes.
pub(crate) struct Key<'a>(pub(crate) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Key(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Key(Cow::Owned(text.to_owned())))
    }
}

/// The items of the array that `raw` is; empty for anything else.
pub(crate) fn items(raw: &str) -> Vec<&str> {
    let items: Vec<&RawValue> = serde_json::from_str(raw).unwrap_or_default();
    items.into_iter().map(RawValue::get).collect()
}

/// The string that `raw` is.
pub(crate) fn string(raw: &str) -> Option<String> {
    raw.starts_with('"').then(|| serde_json::from_str(raw).ok())?
}

/// The number that `raw` is.
pub(crate) fn number(raw: &str) -> Option<f64> {
    serde_json::from_str(raw).ok()
}

/// A scalar as people write it outside JSON: strings without quotes.
pub(crate) fn plain(raw: &str) -> String {
    string(raw).unwrap_or_else(|| raw.to_owned())
}

/// A string as JSON.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Whether two JSON texts have the same value.
pub(crate) fn same(one: &str, other: &str) -> bool {
    let value = |raw| serde_json::from_str::<serde_json::Value>(raw).ok();
    one == other || (value(one).is_some() && value(one) == value(other))
}

/// Why a text is not JSON, as the end of a sentence.
pub(crate) fn flaw(text: &str) -> Option<String> {
    let error = serde_json::from_str::<IgnoredAny>(text).err()?;
    Some(if text.trim().is_empty() {
        "the text is empty".to_owned()
    } else if error.is_eof() {
        "the text is incomplete".to_owned()
    } else {
        format!("see line {}, column {}", error.line(), error.column())
    })
}
