//! A message inside of a page.

use leptos::children::ViewFn;
use leptos::prelude::*;

use super::{Icon, Tone};

/// A message with a title, and what can be done about it.
#[component]
pub fn Note(
    /// What it means.
    #[prop(default = Tone::Info)]
    tone: Tone,
    /// The message in a few words.
    #[prop(into)]
    title: Signal<String>,
    /// Buttons at the right.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// The rest of it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class=format!("note note--{}", tone.as_str())>
            <Icon name=tone.icon() />
            <div class="note__body">
                <p class="note__title">{title}</p>
                {children.map(|children| children())}
            </div>
            {actions.map(|actions| view! { <div class="note__actions">{actions.run()}</div> })}
        </div>
    }
}
