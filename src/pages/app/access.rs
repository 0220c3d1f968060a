//! Who may work with the app.

use leptos::prelude::*;

/// Who may work with the app.
#[component]
pub fn AccessPage() -> impl IntoView {
    view! { <p>"Who may work with the app."</p> }
}
