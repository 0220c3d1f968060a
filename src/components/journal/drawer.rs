//! The journal, in a drawer beside the page.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::components::journal::list::JournalList;
use crate::paths;
use backoffice_ui::Drawer;

/// Number of calls in the drawer; the page shows all of them.
const SHOWN: usize = 50;

/// The newest calls, in a panel that can stay open while the user works.
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
