//! How old a panel's data is, and the button that reads it again.

use leptos::prelude::*;

use crate::components::frame::page_actions::{Offer, offer};
use backoffice_ui::words::time;
use backoffice_ui::{Button, ButtonVariant, IconName};
use backoffice_web_client::{Query, use_api};

/// "as of 12 s ago" with a refresh button that says what it costs.
#[component]
pub fn Stamp<T: Clone + Send + Sync + 'static>(
    /// The read that is stamped.
    query: Query<T>,
) -> impl IntoView {
    let now = use_api().now;
    // A poll that is held must not take the button away.
    let awaited = Signal::derive(move || query.awaited());
    let text = move || {
        query
            .fetched_at()
            .map(|at| format!("as of {}", time::ago(now.get().saturating_sub(at))))
            .unwrap_or_default()
    };
    offer(Offer::Refresh(Callback::new(move |()| query.refresh())));
    view! {
        <span class="stamp">{text}</span>
        <Button
            variant=ButtonVariant::Quiet
            small=true
            icon=IconName::Refresh
            pending=awaited
            title="Costs 1 request"
            on_click=Callback::new(move |()| query.refresh())
        >
            "Refresh"
        </Button>
    }
}
