//! Text for assistive technology only.

use leptos::prelude::*;

/// Hides its children from the eye, and from nobody else.
#[component]
pub fn VisuallyHidden(
    /// The text.
    children: Children,
) -> impl IntoView {
    view! { <span class="visually-hidden">{children()}</span> }
}
