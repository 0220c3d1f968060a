//! A button that is only an icon.

use leptos::prelude::*;

use super::{ButtonVariant, Icon, IconName};

/// A square button. Its label is its name and its tooltip.
#[component]
pub fn IconButton(
    /// The icon.
    #[prop(into)]
    icon: Signal<IconName>,
    /// What it does.
    #[prop(into)]
    label: Signal<String>,
    /// How much it calls for attention.
    #[prop(default = ButtonVariant::Quiet)]
    variant: ButtonVariant,
    /// For use in rows, heads of cards and fields.
    #[prop(optional)]
    small: bool,
    /// Whether it is pressed in, for one that switches something.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// What pressing it does.
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
