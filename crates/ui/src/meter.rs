//! How much of something there is, as a bar.

use leptos::prelude::*;

use super::Tone;

/// A bar. Without a label it is decoration: text beside it says the same in numbers.
#[component]
pub fn Meter(
    /// How much there is.
    #[prop(into)]
    value: Signal<f64>,
    /// How much there can be.
    #[prop(into)]
    max: Signal<f64>,
    /// What it means.
    #[prop(optional, into)]
    tone: Signal<Tone>,
    /// Its name for assistive technology.
    #[prop(optional, into)]
    label: MaybeProp<String>,
) -> impl IntoView {
    let named = move || label.with(Option::is_some);
    // Through the style object: the content security policy forbids a style attribute.
    let width = move || {
        let max = max.get();
        let part = if max > 0.0 { value.get() / max } else { 0.0 };
        format!("{:.1}%", part.clamp(0.0, 1.0) * 100.0)
    };
    view! {
        <span
            class=move || format!("meter meter--{}", tone.get().as_str())
            role=move || named().then_some("progressbar")
            aria-hidden=move || (!named()).then_some("true")
            aria-label=move || label.get()
            aria-valuemin=move || named().then_some("0")
            aria-valuemax=move || named().then(|| max.get().to_string())
            aria-valuenow=move || named().then(|| value.get().to_string())
        >
            <span class="meter__fill" style:width=width></span>
        </span>
    }
}
