//! Password, second factor, API key and sessions.

use leptos::prelude::*;

use crate::components::PageTitle;

/// Password, second factor, API key and sessions.
#[component]
pub fn SecurityPage() -> impl IntoView {
    view! { <PageTitle title="Security" purpose="Password, second factor, API key and sessions." /> }
}
