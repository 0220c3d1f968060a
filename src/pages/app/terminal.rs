//! What needs a terminal.

use leptos::prelude::*;

/// What needs a terminal.
#[component]
pub fn TerminalPage() -> impl IntoView {
    view! { <p>"What needs a terminal."</p> }
}
