//! The journal beside the page.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::journal::list::JournalList;
use crate::paths;
use backoffice_ui::Drawer;

/// How many calls the drawer shows; the page has them all.
const SHOWN: usize = 50;

/// The newest calls in a panel that can stay open while working.
#[component]
pub fn JournalDrawer(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <Drawer title="Requests" open=open>
            <JournalList limit=SHOWN />
            <p class="journal__more"><A href=paths::REQUESTS>"All requests"</A></p>
        </Drawer>
    }
}
