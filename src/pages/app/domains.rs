//! Custom domains.

use leptos::prelude::*;

/// Custom domains.
#[component]
pub fn DomainsPage() -> impl IntoView {
    view! { <p>"Custom domains."</p> }
}
