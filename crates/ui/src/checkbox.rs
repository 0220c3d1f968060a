//! A checkbox.

use leptos::prelude::*;

use super::field::FieldTexts;

/// A checkbox whose label is part of the click target.
#[component]
pub fn Checkbox(
    /// Its label.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is ticked.
    value: RwSignal<bool>,
    /// A hint.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// The error, if the value is invalid.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether it is disabled.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let texts = FieldTexts::new(hint, error);
    view! {
        <div class="checkbox">
            <input
                type="checkbox"
                id=texts.control()
                disabled=disabled
                aria-invalid=move || texts.invalid()
                aria-describedby=move || texts.described_by()
                prop:checked=value
                on:change:target=move |event| value.set(event.target().checked())
            />
            <div class="checkbox__text">
                <label for=texts.control()>{label}</label>
                {texts.below()}
            </div>
        </div>
    }
}
