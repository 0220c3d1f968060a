//! Keys of the keyboard.

use leptos::prelude::*;

/// Keys one after another, or held together, each in its own frame.
#[component]
pub fn Keys(
    /// The keys, separated by spaces.
    #[prop(into)]
    keys: Signal<String>,
) -> impl IntoView {
    view! {
        <span class="keys">
            {move || keys.get().split_whitespace().map(|key| view! { <kbd>{key.to_owned()}</kbd> }).collect_view()}
        </span>
    }
}
