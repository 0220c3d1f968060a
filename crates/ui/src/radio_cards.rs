//! One of a few, each with a line that says what it is.

use leptos::prelude::*;

use super::field::FieldTexts;

/// Cards of which one is chosen.
#[component]
pub fn RadioCards(
    /// What is chosen.
    #[prop(into)]
    legend: Signal<String>,
    /// The name that the radio buttons share; no other group of the page has it.
    name: &'static str,
    /// The value of the card that is chosen.
    value: RwSignal<String>,
    /// The cards.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// Help that is there before a mistake is made.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let texts = FieldTexts::new(hint, error);
    let card = move |choice: Choice| {
        let own = choice.value.clone();
        let picked = choice.value.clone();
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name=name
                    value=choice.value
                    prop:checked=move || value.with(|value| *value == own)
                    on:change=move |_| value.set(picked.clone())
                />
                <span class="choice__text">
                    <span class="choice__title">{choice.title}</span>
                    <span class="choice__detail">{choice.detail}</span>
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="choices" aria-describedby=move || texts.described_by()>
            <legend class="choices__legend">{legend}</legend>
            <div class="choices__grid">
                {move || choices.get().into_iter().map(card).collect_view()}
            </div>
            {texts.below()}
        </fieldset>
    }
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    value: String,
    title: String,
    detail: String,
}

impl Choice {
    /// A card with its value, its name and a line that says what it is.
    #[must_use]
    pub fn new(
        value: impl Into<String>,
        title: impl Into<String>,
        detail: impl Into<String>,
    ) -> Self {
        Self { value: value.into(), title: title.into(), detail: detail.into() }
    }
}
