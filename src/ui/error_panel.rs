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
    /// What helps support: the id of the request, the status.
    #[prop(optional, into)]
    details: Signal<Vec<String>>,
    /// Tries again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
    /// What that button says.
    #[prop(default = "Try again".into(), into)]
    retry_label: Signal<String>,
) -> impl IntoView {
    let details = move || {
        let lines = details.get();
        (!lines.is_empty()).then(|| {
            view! {
                <ul class="error-panel__details">
                    {lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
                </ul>
            }
        })
    };
    view! {
        <div class="error-panel" role="alert">
            <Icon name=IconName::Alert />
            <div class="error-panel__body">
                <p class="error-panel__title">{title}</p>
                <p class="error-panel__message">{message}</p>
                {details}
            </div>
            {on_retry.map(|on_click| view! {
                <div class="error-panel__action">
                    <Button small=true icon=IconName::Refresh on_click>{retry_label}</Button>
                </div>
            })}
        </div>
    }
}
