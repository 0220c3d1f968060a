//! The journal as a page.

use leptos::prelude::*;

use crate::components::{JournalList, PageTitle};

/// How many calls the client remembers.
const ALL: usize = 500;

/// Every call that this tab has made.
#[component]
pub fn RequestsPage() -> impl IntoView {
    view! {
        <PageTitle title="Requests" purpose="What this tab has asked of the API, and why calls wait." />
        <section class="card">
            <JournalList limit=ALL />
        </section>
    }
}
