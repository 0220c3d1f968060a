//! Several lines of text.

use leptos::html;
use leptos::prelude::*;

use super::dom::focus;
use super::field::FieldTexts;

/// Labelled text of several lines. It grows with what is typed.
#[component]
pub fn TextArea(
    /// What it asks for.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// Help that is there before a mistake is made.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with what is typed.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// An example.
    #[prop(optional, into)]
    placeholder: MaybeProp<String>,
    /// How many lines it shows at least.
    #[prop(default = 4)]
    rows: u32,
    /// It must not stay empty.
    #[prop(optional)]
    required: bool,
    /// For keys, values and code, which no browser should correct.
    #[prop(optional)]
    mono: bool,
    /// Takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let texts = FieldTexts::new(hint, error);
    let node = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        if let Some(node) = node.get().filter(|_| autofocus) {
            focus(&node);
        }
    });
    let control = view! {
        <div class="field__control">
            <textarea
                class="input"
                class=("input--mono", mono)
                id=texts.control()
                node_ref=node
                rows=rows.to_string()
                style=("--rows", rows.to_string())
                placeholder=move || placeholder.get()
                autofocus=autofocus
                autocapitalize=mono.then_some("off")
                autocomplete="off"
                spellcheck=mono.then_some("false")
                aria-required=required.then_some("true")
                aria-invalid=move || texts.invalid()
                aria-describedby=move || texts.described_by()
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            ></textarea>
        </div>
    };
    texts.wrap(label, control.into_any())
}
