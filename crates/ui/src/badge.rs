//! A state as an icon and a word.

use leptos::prelude::*;

use super::{Icon, IconName, Tone};

/// A state in its colour, always with an icon and a word.
#[component]
pub fn Badge(
    /// What the state means.
    #[prop(optional)]
    tone: Tone,
    /// Instead of the icon that goes with the tone.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// The word.
    children: Children,
) -> impl IntoView {
    view! {
        <span class=format!("badge badge--{}", tone.as_str())>
            <Icon name=icon.unwrap_or_else(|| tone.icon()) />
            {children()}
        </span>
    }
}
