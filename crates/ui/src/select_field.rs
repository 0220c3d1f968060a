//! A choice between many options, in the browser's own list.

use leptos::prelude::*;

use super::field::FieldTexts;
use super::{Icon, IconName};

/// A labelled list to choose from, for more options than fit on cards. It is controlled:
/// the caller passes the value and gets the user's choice.
#[component]
pub fn SelectField(
    /// Its label.
    #[prop(into)]
    label: Signal<String>,
    /// The selected value.
    #[prop(into)]
    value: Signal<String>,
    /// Values with their names, in order.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// Called when the user selects another value.
    on_pick: Callback<String>,
    /// Keeps the label for assistive technology only.
    #[prop(optional)]
    hide_label: bool,
    /// Help that is always visible.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// The error, if the choice is invalid.
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
