//! One of many, from a list that opens.

use leptos::prelude::*;

use super::field::FieldTexts;
use super::{Icon, IconName};

/// A labelled list to choose from, for more choices than cards have room for.
#[component]
pub fn SelectField(
    /// What it asks for.
    #[prop(into)]
    label: Signal<String>,
    /// The value of what is chosen.
    value: RwSignal<String>,
    /// Values with their names, in order.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// Help that is there before a mistake is made.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let texts = FieldTexts::new(hint, error);
    let option = move |(own, name): (String, String)| {
        let picked = own.clone();
        view! {
            <option value=own prop:selected=move || value.with(|value| *value == picked)>{name}</option>
        }
    };
    let control = view! {
        <div class="field__control">
            <select
                class="select"
                id=texts.control()
                aria-invalid=move || texts.invalid()
                aria-describedby=move || texts.described_by()
                on:change:target=move |event| value.set(event.target().value())
            >
                {move || options.get().into_iter().map(option).collect_view()}
            </select>
            <span class="field__chevron"><Icon name=IconName::ChevronDown /></span>
        </div>
    };
    texts.wrap(label, control.into_any())
}
