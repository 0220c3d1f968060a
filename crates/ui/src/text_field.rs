//! One line of text.

use leptos::html;
use leptos::prelude::*;

use super::dom::{focus, focused};
use super::field::FieldTexts;
use super::{IconButton, IconName};

/// A labelled line of text. A password can be shown by a button.
#[component]
pub fn TextField(
    /// What it asks for.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    value: RwSignal<String>,
    /// What is typed into it, which decides on the keyboard of a phone.
    #[prop(optional)]
    kind: FieldKind,
    /// Help that is there before a mistake is made.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with what is typed.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What the browser and password managers may fill in.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// The keyboard of a phone, where the kind does not say it.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// An example.
    #[prop(optional, into)]
    placeholder: MaybeProp<String>,
    /// It must not stay empty.
    #[prop(optional)]
    required: bool,
    /// Can be read and copied, not changed.
    #[prop(optional, into)]
    readonly: Signal<bool>,
    /// For names, codes and commands.
    #[prop(optional)]
    mono: bool,
    /// Takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
    /// Takes the focus when an error appears, unless a field before it has done so. Not
    /// for errors that appear while something else is typed.
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

/// What is typed into a field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FieldKind {
    /// Anything.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A password, which is not shown.
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
