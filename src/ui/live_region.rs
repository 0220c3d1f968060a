//! Announcements.

use leptos::prelude::*;

/// Says `text` to assistive technology whenever it changes. It is in the page from the
/// start, since a region that appears together with its text is often not read.
#[component]
pub fn LiveRegion(
    /// What is said; an empty text says nothing.
    #[prop(into)]
    text: Signal<String>,
    /// Interrupts what is being read. For failures only.
    #[prop(optional)]
    assertive: bool,
) -> impl IntoView {
    let role = if assertive { "alert" } else { "status" };
    view! { <span class="visually-hidden" role=role>{text}</span> }
}
