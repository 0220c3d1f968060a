//! A link that looks like a button.

use leptos::prelude::*;

use super::{ButtonVariant, Icon, IconName};

/// A link that looks like a button, for navigation.
#[component]
pub fn LinkButton(
    /// The address.
    #[prop(into)]
    href: Signal<String>,
    /// How prominent it is.
    #[prop(optional)]
    variant: ButtonVariant,
    /// The icon before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// Opens in a new tab, without a reference to this one.
    #[prop(optional)]
    external: bool,
    /// The text.
    children: Children,
) -> impl IntoView {
    view! {
        <a
            class=variant.class(false)
            href=href
            target=external.then_some("_blank")
            rel=external.then_some("noopener noreferrer")
        >
            {icon.map(|name| view! { <Icon name /> })}
            <span class="button__label">{children()}</span>
        </a>
    }
}
