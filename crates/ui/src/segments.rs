//! One of a few, in one line.

use leptos::prelude::*;

/// Buttons beside one another, of which one is pressed in.
#[component]
pub fn Segments<T>(
    /// What is chosen.
    #[prop(into)]
    label: Signal<String>,
    /// Which one is chosen.
    value: RwSignal<T>,
    /// The choices with their names.
    items: Vec<(T, &'static str)>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let segment = move |(item, label): (T, &'static str)| {
        view! {
            <button
                class="segments__item"
                type="button"
                aria-pressed=move || (value.get() == item).to_string()
                on:click=move |_| value.set(item)
            >
                {label}
            </button>
        }
    };
    view! {
        <span class="segments" role="group" aria-label=label>
            {items.into_iter().map(segment).collect_view()}
        </span>
    }
}
