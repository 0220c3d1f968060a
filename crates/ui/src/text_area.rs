//! Several lines of text.

use leptos::html;
use leptos::prelude::*;

use super::dom::focus;
use super::field::FieldTexts;

/// A labelled text area that grows with its text.
#[component]
pub fn TextArea(
    /// Its label.
    #[prop(into)]
    label: Signal<String>,
    /// The typed text.
    value: RwSignal<String>,
    /// Help that is always visible.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// The error, if the text is invalid.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// An example.
    #[prop(optional, into)]
    placeholder: MaybeProp<String>,
    /// Minimum number of visible lines.
    #[prop(default = 4)]
    rows: u32,
    /// Whether it is required.
    #[prop(optional)]
    required: bool,
    /// For keys, values and code, which the browser should not correct.
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
