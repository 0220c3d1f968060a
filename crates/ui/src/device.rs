//! What kind of machine the browser runs on, as far as it says so.

use leptos::prelude::window;

/// The browser's word for its machine; empty where it keeps that to itself.
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
