//! A button that is only an icon.

use leptos::prelude::*;

use super::{ButtonVariant, Icon, IconName};

/// A square button. Its label is its accessible name and its tooltip.
#[component]
pub fn IconButton(
    /// The icon.
    #[prop(into)]
    icon: Signal<IconName>,
    /// What it does.
    #[prop(into)]
    label: Signal<String>,
    /// How prominent it is.
    #[prop(default = ButtonVariant::Quiet)]
    variant: ButtonVariant,
    /// Smaller, for rows, card headers and fields.
    #[prop(optional)]
    small: bool,
    /// Whether it is pressed, for a toggle button.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// Called when it is pressed.
    #[prop(into)]
    on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            class=format!("{} button--icon", variant.class(small))
            type="button"
            title=label
            aria-label=label
            aria-pressed=pressed.map(|pressed| move || pressed.get().to_string())
            on:click=move |_| on_click.run(())
        >
            {move || view! { <Icon name=icon.get() /> }}
        </button>
    }
}
