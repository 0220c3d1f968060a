//! Size, stack, maintenance, and deleting the app.

use leptos::prelude::*;

/// Size, stack, maintenance, and deleting the app.
#[component]
pub fn SettingsPage() -> impl IntoView {
    view! { <p>"Size, stack, maintenance, and deleting the app."</p> }
}
