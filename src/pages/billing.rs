//! What is paid, for what, and how.

use leptos::prelude::*;

use crate::components::PageTitle;

/// What is paid, for what, and how.
#[component]
pub fn BillingPage() -> impl IntoView {
    view! { <PageTitle title="Billing" purpose="What is paid, for what, and how." /> }
}
