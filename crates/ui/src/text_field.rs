//! One line of text.

use leptos::html;
use leptos::prelude::*;

use super::dom::{focus, focused};
use super::field::FieldTexts;
use super::{IconButton, IconName};

/// A labelled text field. A password has a button that shows it.
#[component]
pub fn TextField(
    /// Its label.
    #[prop(into)]
    label: Signal<String>,
    /// The typed text.
    value: RwSignal<String>,
    /// The kind of text, which determines a phone's keyboard.
    #[prop(optional)]
    kind: FieldKind,
    /// Help that is always visible.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// The error, if the text is invalid.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What browsers and password managers may fill in, as in HTML's `autocomplete`.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// A phone's keyboard, if the kind does not determine it.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// An example.
    #[prop(optional, into)]
    placeholder: MaybeProp<String>,
    /// Whether it is required.
    #[prop(optional)]
    required: bool,
    /// Whether it can only be read and copied.
    #[prop(optional, into)]
    readonly: Signal<bool>,
    /// For names, codes and commands.
    #[prop(optional)]
    mono: bool,
    /// Takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
    /// Takes the focus when an error appears, unless a field before it has done so. Do not
    /// use it for errors that appear while the user types in another field.
    #[prop(optional)]
    focus_on_error: bool,
) -> impl IntoView {
    let texts = FieldTexts::new(hint, error);
    let node = NodeRef::<html::Input>::new();
    let shown = RwSignal::new(false);
    let is_password = kind == FieldKind::Password;
    let exact = mono || kind != FieldKind::Text;
    Effect::new(move |_| {
        if let Some(node) = node.get().filter(|_| autofocus) {
            focus(&node);
        }
    });
    Effect::new(move |was: Option<bool>| {
        let is = error.with(Option::is_some);
        let at_another = || focused().is_some_and(|at| at.has_attribute("aria-invalid"));
        if focus_on_error
            && is
            && was == Some(false)
            && !at_another()
            && let Some(node) = node.get_untracked()
        {
            focus(&node);
        }
        is
    });
    let toggle = is_password.then(|| {
        let icon = Signal::derive(move || if shown.get() { IconName::EyeOff } else { IconName::Eye });
        let label = Signal::derive(move || if shown.get() { "Hide password" } else { "Show password" }.to_owned());
        view! {
            <span class="field__toggle">
                <IconButton icon label small=true on_click=move || shown.update(|shown| *shown = !*shown) />
            </span>
        }
    });
    let control = view! {
        <div class="field__control">
            <input
                class="input"
                class=("input--mono", mono)
                class=("input--toggle", is_password)
                id=texts.control()
                node_ref=node
                type=move || if shown.get() { "text" } else { kind.as_str() }
                autocomplete=autocomplete
                inputmode=inputmode
                placeholder=move || placeholder.get()
                autofocus=autofocus
                readonly=readonly
                autocapitalize=exact.then_some("off")
                spellcheck=exact.then_some("false")
                aria-required=required.then_some("true")
                aria-invalid=move || texts.invalid()
                aria-describedby=move || texts.described_by()
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            />
            {toggle}
        </div>
    };
    texts.wrap(label, control.into_any())
}

/// The kind of text in a field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FieldKind {
    /// Anything.
    #[default]
    Text,
    /// An email address.
    Email,
    /// A password, which is masked.
    Password,
}

impl FieldKind {
    /// The value of the `type` attribute.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Email => "email",
            Self::Password => "password",
        }
    }
}
