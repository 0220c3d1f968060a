//! Processor and memory over time.

use leptos::prelude::*;

/// Processor and memory over time.
#[component]
pub fn MetricsPage() -> impl IntoView {
    view! { <p>"Processor and memory over time."</p> }
}
