//! The journal of requests as a page.

use leptos::prelude::*;

use crate::components::{JournalList, PageTitle};

/// Number of calls that the client remembers.
const ALL: usize = 500;

/// Every call that this tab has made.
#[component]
pub fn RequestsPage() -> impl IntoView {
    view! {
        <PageTitle title="Requests" purpose="This tab's API requests, and why some are waiting." />
        <section class="card">
            <JournalList limit=ALL />
        </section>
    }
}
