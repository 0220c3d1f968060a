//! A whole number within bounds, by pulling, typing or picking.

use leptos::html;
use leptos::prelude::*;

use super::Segments;
use super::field::FieldTexts;

/// A slider with a field for the exact number and buttons for usual ones. What is typed
/// counts as soon as it is a number within the bounds; leaving the field shows the
/// number that counts.
#[component]
pub fn Slider(
    /// What it asks for.
    #[prop(into)]
    label: Signal<String>,
    /// The number.
    value: RwSignal<u32>,
    /// The least and the greatest number.
    bounds: (u32, u32),
    /// What the number counts, after the field.
    unit: &'static str,
    /// Usual numbers with their names.
    #[prop(optional)]
    presets: Vec<(u32, &'static str)>,
    /// Help that is there before a mistake is made.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with the number.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let (least, greatest) = bounds;
    let field = NodeRef::<html::Input>::new();
    let broken = RwSignal::new(false);
    let shown = Signal::derive(move || {
        broken
            .get()
            .then(|| format!("Type a whole number from {least} to {greatest}."))
            .or_else(|| error.get())
    });
    let texts = FieldTexts::new(hint, shown);
    let pick = move |text: &str| {
        let number = text.trim().parse().ok().filter(|number| (least..=greatest).contains(number));
        broken.set(number.is_none());
        if let Some(number) = number {
            value.set(number);
        }
    };
    let settle = move |_| {
        broken.set(false);
        if let Some(field) = field.get_untracked() {
            field.set_value(&value.get_untracked().to_string());
        }
    };
    let field_label = Signal::derive(move || format!("{} in {unit}", label.get()));
    let control = view! {
        <div class="slider">
            <input
                class="slider__range"
                type="range"
                id=texts.control()
                min=least
                max=greatest
                step="1"
                aria-valuetext=move || format!("{} {unit}", value.get())
                aria-describedby=move || texts.described_by()
                prop:value=move || value.get().to_string()
                on:input:target=move |event| pick(&event.target().value())
            />
            <span class="slider__number">
                <input
                    class="input"
                    inputmode="numeric"
                    autocomplete="off"
                    node_ref=field
                    aria-label=field_label
                    aria-invalid=move || texts.invalid()
                    aria-describedby=move || texts.described_by()
                    prop:value=move || value.get().to_string()
                    on:input:target=move |event| pick(&event.target().value())
                    on:change=settle
                />
                <span aria-hidden="true">{unit}</span>
            </span>
        </div>
        {(!presets.is_empty()).then(|| view! {
            <Segments label=Signal::derive(move || format!("{}: usual values", label.get())) value items=presets />
        })}
    };
    texts.wrap(label, control.into_any())
}
