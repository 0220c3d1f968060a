//! A link that looks like a button.

use leptos::prelude::*;

use super::{ButtonVariant, Icon, IconName};

/// A link with the looks of a button, for going somewhere.
#[component]
pub fn LinkButton(
    /// Where to.
    #[prop(into)]
    href: Signal<String>,
    /// How much it calls for attention.
    #[prop(optional)]
    variant: ButtonVariant,
    /// Before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// Opens in a new tab, which learns nothing about this one.
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
