//! Text for assistive technology only.

use leptos::prelude::*;

/// Hides its children visually, but not from assistive technology.
#[component]
pub fn VisuallyHidden(
    /// The text.
    children: Children,
) -> impl IntoView {
    view! { <span class="visually-hidden">{children()}</span> }
}
