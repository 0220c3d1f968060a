//! A spinning ring.

use leptos::prelude::*;

/// Shows that something is in progress. It is only visual: the caller says it in words,
/// too.
#[component]
pub fn Spinner() -> impl IntoView {
    view! {
        <svg class="spinner" viewBox="0 0 16 16" aria-hidden="true">
            <circle class="spinner__track" cx="8" cy="8" r="6"></circle>
            <path d="M8 2a6 6 0 0 1 6 6"></path>
        </svg>
    }
}
