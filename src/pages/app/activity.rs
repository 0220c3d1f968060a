//! What was done, and by whom.

use leptos::prelude::*;

/// What was done, and by whom.
#[component]
pub fn ActivityPage() -> impl IntoView {
    view! { <p>"What was done, and by whom."</p> }
}
