//! What a panel shows when it could not be loaded.

use leptos::prelude::*;

use super::{Button, Icon, IconName};

/// What happened, and a button that tries again.
#[component]
pub fn ErrorPanel(
    /// What happened, in a few words.
    #[prop(into)]
    title: Signal<String>,
    /// What happened, and what can be done.
    #[prop(into)]
    message: Signal<String>,
    /// Tries again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <div class="error-panel" role="alert">
            <Icon name=IconName::Alert />
            <div class="error-panel__body">
                <p class="error-panel__title">{title}</p>
                <p class="error-panel__message">{message}</p>
            </div>
            {on_retry.map(|on_click| view! {
                <div class="error-panel__action">
                    <Button small=true icon=IconName::Refresh on_click>"Try again"</Button>
                </div>
            })}
        </div>
    }
}
