//! What the console remembers for somebody between visits: choices and progress, never
//! anything secret. It is in local storage; where that is blocked, nothing is kept.

use gloo_storage::{LocalStorage, Storage as _};
use serde::Serialize;
use serde::de::DeserializeOwned;

const PREFIX: &str = "backoffice.";

/// gloo-storage throws when storage is blocked, so ask the browser first.
fn available() -> bool {
    web_sys::window().is_some_and(|window| matches!(window.local_storage(), Ok(Some(_))))
}

/// What was remembered under a name, if it is there and can be read.
#[must_use]
pub fn recall<T: DeserializeOwned>(name: &str) -> Option<T> {
    available().then(|| LocalStorage::get(format!("{PREFIX}{name}")).ok()).flatten()
}

/// Remembers a value under a name.
pub fn remember<T: Serialize>(name: &str, value: &T) {
    if available() {
        // A full storage costs what was remembered, and nothing else.
        let _kept = LocalStorage::set(format!("{PREFIX}{name}"), value);
    }
}

/// The name of what belongs to one user of this browser. It holds a digest, so that
/// whoever looks into the storage does not read addresses there.
#[must_use]
pub fn name_for(what: &str, email: &str) -> String {
    // FNV-1a, 64 bits: it keeps users apart, and keeps nothing secret.
    let digest = email.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |digest, byte| {
        (digest ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{what}.{digest:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_kept_apart_and_not_named() {
        let name = name_for("guide", "ada@example.com");
        assert_ne!(name, name_for("guide", "grace@example.com"));
        assert!(name.starts_with("guide.") && !name.contains("ada"), "{name}");
    }
}
