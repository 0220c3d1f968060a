//! The files that choose versions for a build.

use leptos::prelude::*;

use crate::components::PageTitle;

/// The files that choose versions for a build.
#[component]
pub fn VersionsPage() -> impl IntoView {
    view! { <PageTitle title="Versions" purpose="The files that choose versions for a build." /> }
}
