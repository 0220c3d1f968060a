//! The kind of device that the browser runs on, if it says so.

use leptos::prelude::window;

/// The browser's name for its platform; empty if it does not reveal it.
#[must_use]
pub fn platform() -> String {
    window().navigator().platform().unwrap_or_default()
}

/// Whether the keyboard has a Command key.
#[must_use]
pub fn is_apple() -> bool {
    let platform = platform();
    platform.starts_with("Mac") || platform.starts_with("iP")
}
