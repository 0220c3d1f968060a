//! A value that is shown only when asked for.

use leptos::prelude::*;

use super::CopyButton;
use super::reveal::use_reveal;

/// Dots in place of the value, which is not in the document until it is revealed, and
/// leaves it after 30 seconds or as soon as the window is left. It can be copied without
/// being shown. The dots do not tell its length.
#[component]
pub fn SecretValue(
    /// The value.
    #[prop(into)]
    value: Signal<String>,
    /// What it is, for the names of the buttons.
    #[prop(into)]
    label: Signal<String>,
    /// Shown together with others.
    #[prop(optional, into)]
    all_shown: Signal<bool>,
) -> impl IntoView {
    let reveal = use_reveal();
    let what = Signal::derive(move || format!("without showing: {}", label.get()));
    view! {
        <span class="secret">
            {move || {
                let (all, one) = (all_shown.get(), reveal.is_shown());
                let shown = all || one;
                let class = if shown { "secret__text" } else { "secret__text secret__text--masked" };
                let text = if shown { value.get() } else { "••••••••••••".to_owned() };
                view! {
                    <span class=class aria-hidden=(!shown).then_some("true")>{text}</span>
                    {(!shown).then(|| view! { <span class="visually-hidden">"Hidden"</span> })}
                    // What is shown with others is hidden with them.
                    {(!all).then(|| reveal.button(one, &label.get()))}
                }
            }}
            <CopyButton text=value what />
        </span>
    }
}
