//! Where log lines are sent on to.

use leptos::prelude::*;

/// Where log lines are sent on to.
#[component]
pub fn DrainsPage() -> impl IntoView {
    view! { <p>"Where log lines are sent on to."</p> }
}
