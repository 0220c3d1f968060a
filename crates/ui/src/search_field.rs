//! A field that narrows down what is shown.

use leptos::prelude::*;

/// A search field without a label of its own above it.
#[component]
pub fn SearchField(
    /// What is searched, which is its name and its placeholder.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
) -> impl IntoView {
    view! {
        <input
            class="input input--search"
            type="search"
            aria-label=label
            placeholder=label
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            prop:value=value
            on:input:target=move |event| value.set(event.target().value())
        />
    }
}
