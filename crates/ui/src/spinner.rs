//! A turning ring.

use leptos::prelude::*;

/// Says "under way" to the eye; whoever shows it says it in words as well.
#[component]
pub fn Spinner() -> impl IntoView {
    view! {
        <svg class="spinner" viewBox="0 0 16 16" aria-hidden="true">
            <circle class="spinner__track" cx="8" cy="8" r="6"></circle>
            <path d="M8 2a6 6 0 0 1 6 6"></path>
        </svg>
    }
}
