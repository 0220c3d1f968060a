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
    let is_shown = Memo::new(move |_| all_shown.get() || reveal.is_shown());
    let shown = move || {
        if is_shown.get() {
            view! { <span class="secret__text">{value}</span> }.into_any()
        } else {
            view! {
                <span class="secret__text secret__text--masked" aria-hidden="true">"••••••••••••"</span>
                <span class="visually-hidden">"Hidden"</span>
            }
            .into_any()
        }
    };
    let what = Signal::derive(move || format!("without showing: {}", label.get()));
    view! {
        <span class="secret">
            {shown}
            // What is shown with others is hidden with them.
            {move || (!all_shown.get()).then(|| reveal.button(label))}
            <CopyButton text=value what />
        </span>
    }
}
