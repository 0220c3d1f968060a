//! Remembers the budget and the month in local storage, so that a reload, and a tab
//! that is opened later, know them. Tokens never come here: see `session_store`.

use backoffice_client::Memory;
use gloo_storage::{LocalStorage, Storage as _};

const PREFIX: &str = "backoffice.";

/// Local storage; where that is blocked, nothing is remembered.
pub(super) struct BrowserMemory;

/// gloo-storage throws when storage is blocked, so ask the browser first.
fn available() -> bool {
    web_sys::window().is_some_and(|window| matches!(window.local_storage(), Ok(Some(_))))
}

impl Memory for BrowserMemory {
    fn recall(&self, name: &str) -> Option<String> {
        if available() { LocalStorage::get(format!("{PREFIX}{name}")).ok() } else { None }
    }

    fn remember(&self, name: &str, text: &str) {
        if available() {
            // A full storage costs what was remembered, and nothing else.
            let _kept = LocalStorage::set(format!("{PREFIX}{name}"), text);
        }
    }
}
