//! A message inside a page.

use leptos::children::ViewFn;
use leptos::prelude::*;

use super::{Icon, Tone};

/// A message with a title and actions.
#[component]
pub fn Note(
    /// Its meaning.
    #[prop(default = Tone::Info)]
    tone: Tone,
    /// The message in a few words.
    #[prop(into)]
    title: Signal<String>,
    /// Buttons on the right.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// The rest of the message.
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
