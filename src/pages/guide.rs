//! The way from nothing to a running app, step by step.

use leptos::prelude::*;

use crate::components::PageTitle;

/// The way from nothing to a running app, step by step.
#[component]
pub fn GuidePage() -> impl IntoView {
    view! { <PageTitle title="Guide" purpose="The way from nothing to a running app, step by step." /> }
}
