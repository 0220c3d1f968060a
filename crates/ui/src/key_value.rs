//! Names with values, as a description list.

use leptos::prelude::*;

/// One name with its value; belongs into a `dl` of class `kv`.
#[component]
pub fn KeyValueRow(
    /// The name.
    #[prop(into)]
    label: Signal<String>,
    /// The value.
    children: Children,
) -> impl IntoView {
    view! {
        <dt>{label}</dt>
        <dd>{children()}</dd>
    }
}

/// A list of plain texts.
#[component]
pub fn KeyValue(
    /// Names and values.
    #[prop(into)]
    rows: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    view! {
        <dl class="kv">
            {move || rows.get().into_iter().map(|(label, value)| view! {
                <dt>{label}</dt>
                <dd>{value}</dd>
            }).collect_view()}
        </dl>
    }
}
