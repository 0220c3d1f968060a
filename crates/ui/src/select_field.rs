//! One of many, in the browser's own list.

use leptos::prelude::*;

use super::field::FieldTexts;
use super::{Icon, IconName};

/// A labelled list to choose from, for more choices than cards have room for. What is
/// chosen comes from outside; the choice goes out.
#[component]
pub fn SelectField(
    /// What it asks for.
    #[prop(into)]
    label: Signal<String>,
    /// The value of what is chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Values with their names, in order.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// Somebody chose another.
    on_pick: Callback<String>,
    /// Keeps the label for assistive technology only.
    #[prop(optional)]
    hide_label: bool,
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
                on:change:target=move |event| on_pick.run(event.target().value())
            >
                {move || options.get().into_iter().map(option).collect_view()}
            </select>
            <span class="field__chevron"><Icon name=IconName::ChevronDown /></span>
        </div>
    };
    let control = control.into_any();
    if hide_label {
        view! {
            <div class="field">
                <label class="visually-hidden" for=texts.control()>{label}</label>
                {control}
            </div>
        }
        .into_any()
    } else {
        texts.wrap(label, control).into_any()
    }
}
