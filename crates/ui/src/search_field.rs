//! A field that filters a view.

use leptos::prelude::*;

/// A search field without a visible label.
#[component]
pub fn SearchField(
    /// Its accessible name and placeholder.
    #[prop(into)]
    label: Signal<String>,
    /// The typed text.
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
