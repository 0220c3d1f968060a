//! A button in a row of a long list.

use leptos::prelude::*;

use super::{ButtonVariant, Icon, IconName};

/// A small quiet button without reactive state: a list creates and drops hundreds of them
/// while it is scrolled or filtered, and reactive state would have to be tracked. A row
/// that changes replaces its button.
#[component]
pub fn RowButton(
    /// The icon before the text.
    #[prop(optional)]
    icon: Option<IconName>,
    /// The text.
    text: &'static str,
    /// Its accessible name, which is unique among the rows.
    label: String,
    /// Whether it is disabled, for an obvious reason.
    #[prop(optional)]
    disabled: bool,
    /// Called when it is pressed.
    on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            class=ButtonVariant::Quiet.class(true)
            type="button"
            aria-label=label
            aria-disabled=disabled.then_some("true")
            on:click=move |_| {
                if !disabled {
                    on_click.run(());
                }
            }
        >
            {icon.map(|name| view! { <Icon name /> })}
            <span class="button__label">{text}</span>
        </button>
    }
}
