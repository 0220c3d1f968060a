//! Announcements.

use leptos::prelude::*;

/// Says `text` to assistive technology whenever it changes. It is in the page from the
/// start, since a region that appears together with its text is often not read.
#[component]
pub fn LiveRegion(
    /// What is said; an empty text says nothing.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <span class="visually-hidden" role="status">{text}</span> }
}
