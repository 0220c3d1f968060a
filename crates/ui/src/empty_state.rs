//! What a panel shows when there is nothing yet.

use leptos::prelude::*;

use super::{Icon, IconName};

/// Says what would be here, and how to get it.
#[component]
pub fn EmptyState(
    /// The icon.
    icon: IconName,
    /// What is missing, in a few words.
    #[prop(into)]
    title: Signal<String>,
    /// What would be here, and the way to it.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty__icon"><Icon name=icon /></span>
            <h3 class="empty__title">{title}</h3>
            <div class="empty__text">{children()}</div>
        </div>
    }
}
