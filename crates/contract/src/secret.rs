//! A string that must not be shown by accident.

use std::cell::Cell;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What stands in for a secret wherever one would otherwise be shown.
pub const REDACTED: &str = "<hidden>";

thread_local! {
    static REDACTING: Cell<bool> = const { Cell::new(false) };
}

/// A password, token, key, config value or connection string.
///
/// `Debug` and `Display` never print it. It is serialised in clear, because that
/// is what goes over the wire, except inside [`redacted`].
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Secret(String);

impl Secret {
    /// Wraps a value.
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value itself. Every caller is a place where a secret leaves its box.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The value as it is serialised: in clear, except inside [`redacted`].
    #[must_use]
    pub fn shown(&self) -> &str {
        if REDACTING.get() { REDACTED } else { &self.0 }
    }

    /// Whether there is no value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The length in bytes, which counts towards size limits and is no secret.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// Runs `build` with every [`Secret`] serialised as [`REDACTED`].
///
/// Redaction belongs to the type, so a request preview cannot forget a field.
pub fn redacted<T>(build: impl FnOnce() -> T) -> T {
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            REDACTING.set(self.0);
        }
    }
    let _restore = Restore(REDACTING.replace(true));
    build()
}

impl From<&str> for Secret {
    fn from(value: &str) -> Self {
        Self::new(value)
    }
}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.shown())
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::answer::lenient::string(deserializer).map(Self)
    }
}

#[cfg(feature = "openapi")]
impl schemars::JsonSchema for Secret {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Secret".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "password" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_shown_nowhere_but_on_the_wire() {
        let secret = Secret::new("hunter2");
        assert!(!format!("{secret:?} {secret}").contains("hunter2"));
        assert_eq!(serde_json::to_string(&secret).unwrap(), "\"hunter2\"");
        assert_eq!(redacted(|| serde_json::to_string(&secret).unwrap()), "\"<hidden>\"");
        assert_eq!(serde_json::to_string(&secret).unwrap(), "\"hunter2\"", "redaction ends");
    }
}
