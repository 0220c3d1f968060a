//! Announcements.

use leptos::prelude::*;

/// Announces `text` to assistive technology whenever it changes. It is in the page from the
/// start, because a region that appears together with its text is often not read.
#[component]
pub fn LiveRegion(
    /// The announcement; empty for none.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <span class="visually-hidden" role="status">{text}</span> }
}
