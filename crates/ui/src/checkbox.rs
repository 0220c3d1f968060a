//! Yes or no.

use leptos::prelude::*;

use super::field::FieldTexts;

/// A box to tick, with its text as part of the target.
#[component]
pub fn Checkbox(
    /// What ticking it means.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is ticked.
    value: RwSignal<bool>,
    /// What else to know.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// Why it cannot be as it is.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// It cannot be changed now.
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
